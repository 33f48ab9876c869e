"""Rencontre: one tap for a meeting without a name; everything else optional; all of it can be taken back."""

from django.urls import path

from allervers.web.desk.views.encounters import changing, reading, recording

ONE = "rencontres/<uuid:encounter_id>"

addresses = [
    path("rencontres/nouvelle", recording.new, name="encounter-new"),
    path("sorties/<uuid:outing_id>/compter", recording.tally, name="encounter-tally"),
    path(ONE, reading.encounter, name="encounter"),
    path(f"{ONE}/corriger", changing.change, name="encounter-change"),
    path(f"{ONE}/annuler", changing.strike, name="encounter-strike"),
    path(f"{ONE}/retablir", changing.unstrike, name="encounter-unstrike"),
    path(f"{ONE}/nouvelles", changing.news, name="encounter-news"),
    path(f"{ONE}/nouvelles-pas-donnees", changing.no_news, name="encounter-news-undo"),
    path(f"{ONE}/joindre", changing.name, name="encounter-name"),
    path(f"{ONE}/detacher", changing.unname, name="encounter-unname"),
]
