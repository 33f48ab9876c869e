"""Personne: find, write with them, read together, correct, withdraw, leave."""

from django.urls import path

from allervers.web.desk.views.people import gestures, leaving, listing, sheet

ONE = "personnes/<uuid:person_id>"

addresses = [
    path("personnes", listing.people, name="people"),
    path("personnes/nouvelle", listing.new, name="person-new"),
    path(ONE, sheet.person, name="person"),
    path(f"{ONE}/lecteurs", sheet.read_by, name="person-read-by"),
    path(f"{ONE}/corriger", gestures.change, name="person-change"),
    path(f"{ONE}/paroles", gestures.say, name="person-saying"),
    path(f"{ONE}/paroles/<uuid:saying_id>/retirer", gestures.unsay, name="person-saying-remove"),
    path(f"{ONE}/proches", gestures.note_close, name="person-close"),
    path(f"{ONE}/proches/<uuid:close_id>/retirer", gestures.remove_close, name="person-close-remove"),
    path(f"{ONE}/accords/<slug:purpose>", gestures.agreement, name="person-agreement"),
    path(f"{ONE}/accords/<slug:purpose>/retirer", leaving.withdraw, name="person-withdraw"),
    path(f"{ONE}/refus", gestures.refusal, name="person-refusal"),
    path(f"{ONE}/refus/<uuid:refusal_id>/lever", gestures.lift, name="person-refusal-lift"),
    path(f"{ONE}/reunir", leaving.merge, name="person-merge"),
    path(f"{ONE}/separer/<uuid:other_id>", leaving.unmerge, name="person-unmerge"),
    path(f"{ONE}/effacer", leaving.erase, name="person-erase"),
]
