"""The list of journeys, the page of one, and its beginning."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from allervers.accompaniment import ops, reading
from allervers.accompaniment.choices import State
from allervers.accounts import reading as accounts
from allervers.accounts.rules import may, require
from allervers.base import clock
from allervers.encounters import reading as encounters
from allervers.people import access, wordings
from allervers.people import ops as people
from allervers.people import reading as written
from allervers.people.choices import Answer, Purpose
from allervers.rights.catalogue import all_rights
from allervers.web.desk.asking import attempt
from allervers.web.desk.forms import journeys as forms
from allervers.web.desk.listing import page_of
from allervers.web.desk.views.journeys.reading import claimed_in

A_PAGE = 30
TONES = {
    State.PAID: "good", State.RENEWED: "good", State.GRANTED: "wait", State.FILED: "wait", State.WAITING: "wait",
    State.APPEALED: "wait", State.DOCUMENTS_ASKED: "late", State.REFUSED: "no",
}  # fmt: skip


@require_safe
def journeys(request):
    """The journeys under way of the agent's teams."""
    require(request.user, "lead_journey")
    page = page_of(request, reading.journeys_under_way(by=request.user), A_PAGE)
    lines = reading.journey_lines(page, by=request.user)
    return render(
        request, "desk/journeys/list.html", {"page": page, "lines": lines, "people_address": reverse("people")}
    )


@require_safe
def journey(request, journey_id):
    """What is asked, where each claim stands, what comes next."""
    found, person = reading.open_journey(journey_id, by=request.user)
    return render(request, "desk/journeys/journey.html", context_of(found, person, request.user))


@require_http_methods(["GET", "POST"])
def new(request, person_id):
    """Begin, with the person's agreement and the lead they choose."""
    require(request.user, "lead_journey")
    person = access.open_person(person_id, by=request.user, purpose=Purpose.RECORD)
    has_agreed = access.may_open(person.pk, by=request.user, purpose=Purpose.JOURNEY)
    team = written.team_of(person, by=request.user)
    asked = [right for right in request.GET.getlist("right") if right in all_rights()]
    initial = {"id": uuid.uuid4(), "right": asked, "assessment": request.GET.get("assessment"), "lead": request.user.pk}
    form = forms.NewJourney(
        request.POST or None, leads=leads_of(team), rights=asked, has_agreed=has_agreed, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        begun = attempt(form, begin, person=person, team=team, asked=form.cleaned_data, by=request.user)
        if begun:
            messages.success(request, "Le parcours commence.")
            return redirect("journey", begun.pk)
    wording = "" if has_agreed else wordings.TEXTS[Purpose.JOURNEY]
    return render(request, "desk/journeys/new.html", {"person": person, "form": form, "wording": wording})


@transaction.atomic
def begin(*, person, team, asked, by):
    """The agreement where it was just given, the journey, the first claims: all or nothing."""
    if asked.get("agreed"):
        given = wordings.standard(Purpose.JOURNEY)
        people.record_agreement(
            person_id=person.pk, team=team, purpose=Purpose.JOURNEY, answer=Answer.GIVEN, agreement=given, by=by
        )
    begun = ops.open_journey(
        id=asked["id"], person_id=person.pk, team=team, lead=asked["lead"], lead_chosen_by_person_on=clock.today(),
        what_matters=asked["what_matters"], by=by,
    )  # fmt: skip
    assessment = encounters.open_assessment(asked["assessment"], by=by) if asked["assessment"] else None
    claimed = claimed_in(begun)
    for right in asked["right"]:
        if right not in claimed:
            ops.open_claim(journey=begun, right=right, assessment=assessment, by=by)
    return begun


def leads_of(team):
    """Those of the team whom the person may choose."""
    return accounts.members_of(team).filter(role__in=["practitioner", "journey_lead"])


def context_of(found, person, agent, **forms_shown) -> dict:
    """What the page of a journey shows."""
    lead_form = forms.ChangeLead(leads=leads_of(found.team), initial={"lead": found.lead_id})
    return {
        "journey": found,
        "person": person,
        "claims": [line_of(line) for line in reading.claim_lines(found)],
        "steps": found.steps.all(),
        "today": clock.today(),
        "may_write": may(agent, "lead_journey"),
        "refused": None,
        "claim_form": forms.NewClaim(auto_id="claim_%s"),
        "step_form": forms.NewStep(auto_id="step_%s"),
        "end_form": forms.End(auto_id="end_%s"),
        "lead_form": lead_form,
        **forms_shown,
    }


def line_of(line: reading.ClaimLine) -> dict:
    """One claim: its right, where it stands, what happened."""
    right = all_rights()[line.claim.right]
    low, high = line.claim.expected_low, line.claim.expected_high
    return {
        "claim": line.claim,
        "name": right.names.plain,
        "official": right.names.official,
        "sheet": right,
        "standing": line.standing,
        "tone": TONES.get(line.standing.code, ""),
        "late": line.late,
        "expected": {"low": low or 0, "likely": ((low or 0) + (high or 0)) / 2, "high": high or 0},
        "events": [event for event in line.claim.events.all() if event.struck_at is None],
    }
