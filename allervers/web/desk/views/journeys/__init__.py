"""Parcours: the claims and steps of a person, until the right is open."""

from django.urls import path

from allervers.web.desk.views.journeys import gestures, page

ONE = "parcours/<uuid:journey_id>"

addresses = [
    path("parcours", page.journeys, name="journeys"),
    path("personnes/<uuid:person_id>/parcours", page.new, name="journey-new"),
    path(ONE, page.journey, name="journey"),
    path(f"{ONE}/demande", gestures.claim, name="journey-claim"),
    path(f"{ONE}/pas", gestures.step, name="journey-step"),
    path(f"{ONE}/referent", gestures.lead, name="journey-lead"),
    path(f"{ONE}/fin", gestures.end, name="journey-end"),
    path(f"{ONE}/reprendre", gestures.reopen, name="journey-reopen"),
    path("demandes/<uuid:claim_id>/fait", gestures.event, name="journey-event"),
    path("demandes/<uuid:claim_id>/retirer", gestures.remove_claim, name="journey-claim-remove"),
    path("faits/<uuid:event_id>/annuler", gestures.strike, name="journey-event-strike"),
    path("pas/<uuid:step_id>", gestures.change_step, name="journey-step-change"),
]
