"""Correct an encounter, take it back, put a name in it or take it off, keep the promise of news."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from allervers.accounts.rules import require
from allervers.encounters import ops, reading
from allervers.web.desk.asking import attempt, carry_out, sent
from allervers.web.desk.forms.encounters import WhatWasSaid, as_written
from allervers.web.desk.views.encounters.recording import key_of


@require_http_methods(["GET", "POST"])
def change(request, encounter_id: UUID):
    """Write again what was written wrong."""
    seen = opened(request, encounter_id)
    if seen.words_hidden:
        messages.warning(request, "Vous ne pouvez pas corriger des mots que vous ne pouvez pas lire.")
        return redirect("encounter", encounter_id)
    one = seen.encounter
    form = WhatWasSaid(request.POST or None, initial=as_written(one, seen.known))
    if sent(request, form):
        told = form.words(seen.known) | {"encounter": one, "place": one.place}
        if attempt(form, ops.correct_encounter, **told, by=request.user):
            messages.success(request, "La rencontre est corrigée.")
            return redirect("encounter", encounter_id)
    return render(request, "desk/encounters/change.html", {"form": form, "one": one})


@require_POST
def strike(request, encounter_id: UUID):
    """It was written by mistake."""
    one = opened(request, encounter_id).encounter
    done = "La rencontre est enlevée des comptes. On peut la rétablir depuis sa page."
    carry_out(request, done, ops.strike_encounter, encounter=one, by=request.user)
    return redirect("outing", one.outing_id) if one.outing_id else redirect("encounter", one.pk)


@require_POST
def unstrike(request, encounter_id: UUID):
    """It was not a mistake after all."""
    one = opened(request, encounter_id).encounter
    carry_out(request, "La rencontre est rétablie.", ops.unstrike_encounter, encounter=one, by=request.user)
    return redirect("encounter", encounter_id)


@require_POST
def news(request, encounter_id: UUID):
    """The news asked for was given."""
    one = opened(request, encounter_id).encounter
    carry_out(request, "C'est noté : les nouvelles sont données.", ops.give_news, encounter=one, by=request.user)
    return redirect("today") if request.POST.get("back") == "today" else redirect("encounter", encounter_id)


@require_POST
def no_news(request, encounter_id: UUID):
    """It was not, after all."""
    one = opened(request, encounter_id).encounter
    carry_out(request, "C'est noté : les nouvelles restent à donner.", ops.undo_news, encounter=one, by=request.user)
    return redirect("encounter", encounter_id)


@require_POST
def name(request, encounter_id: UUID):
    """Join a person who agreed: the number of people met stays the same."""
    asked = {"encounter": opened(request, encounter_id).encounter, "by": request.user}
    if person := key_of(request.POST.get("person")):
        done = "La personne est jointe à la rencontre, avec son accord."
        carry_out(request, done, ops.name_people, people=[person], **asked)
    return redirect("encounter", encounter_id)


@require_POST
def unname(request, encounter_id: UUID):
    """Take a name off: the person is counted without a name again."""
    asked = {"encounter": opened(request, encounter_id).encounter, "by": request.user}
    if person := key_of(request.POST.get("person")):
        done = "Le nom est détaché : la personne reste comptée, sans nom."
        carry_out(request, done, ops.take_name_off, person_id=person, **asked)
    return redirect("encounter", encounter_id)


def opened(request, encounter_id: UUID) -> reading.Seen:
    """The encounter as the agent may see it. Raises Refused."""
    require(request.user, "record_encounter")
    return reading.open_encounter(encounter_id, by=request.user)
