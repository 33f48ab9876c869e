"""A journey: opened with the person's agreement, led by somebody they chose, ended when they wish."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from allervers.accompaniment.choices import Ending
from allervers.accompaniment.models import Journey
from allervers.accompaniment.ops.claims import keep_first_meeting
from allervers.accompaniment.ops.taking import (
    PURPOSE,
    person_of,
    reach,
    refuse_future,
    refuse_stranger,
    same_or_conflict,
    take,
)
from allervers.accounts.reading import is_in
from allervers.accounts.rules import may, require
from allervers.base import clock, journal
from allervers.base.errors import Refused
from allervers.base.ops import op
from allervers.people import access

if TYPE_CHECKING:
    from allervers.accounts.models import Agent, Team
    from allervers.people.models import Agreement, Person


@op
def open_journey(
    *,
    id: UUID | None = None,
    person_id: UUID,
    team: Team,
    lead: Agent,
    lead_chosen_by_person_on: date,
    what_matters: str = "",
    by: Agent,
) -> Journey:
    """Begin to stand beside a person who agreed to it, with the lead they chose. Raises Refused, Conflict."""
    require(by, "lead_journey")
    person = reach(person_id, by)
    told = {
        "person_id": person.pk, "team": team, "lead": lead,
        "lead_chosen_by_person_on": lead_chosen_by_person_on, "what_matters": what_matters.strip(),
    }  # fmt: skip
    if id and (known := Journey.objects.filter(pk=id).first()):
        return same_or_conflict(known, told, "Ce parcours")
    refuse_stranger(by, team)
    _refuse_second(person, team)
    _refuse_lead(lead, team, lead_chosen_by_person_on)
    journey = Journey(
        **({"id": id} if id else {}), **told, agreement=_agreement(person, team), opened_at=clock.now(), opened_by=by
    )
    journey.checked()
    journal.write("accompaniment.journey_opened", by=by, about=journey, person=person.pk, team=team.pk, lead=lead.pk)
    return journey


@op
def change_lead(*, journey: Journey, lead: Agent, lead_chosen_by_person_on: date, by: Agent) -> Journey:
    """Pass the lead to somebody else of the team, whom the person chose."""
    journey = take(journey, by)
    if journey.lead_id == lead.pk and journey.lead_chosen_by_person_on == lead_chosen_by_person_on:
        journal.nothing_changed()
        return journey
    _refuse_lead(lead, journey.team, lead_chosen_by_person_on)
    before = journey.lead_id
    journey.lead, journey.lead_chosen_by_person_on = lead, lead_chosen_by_person_on
    journey.checked()
    journal.write(
        "accompaniment.lead_changed", by=by, about=journey, person=journey.person_id, before=before, lead=lead.pk
    )
    return journey


@op
def write_what_matters(*, journey: Journey, what_matters: str, by: Agent) -> Journey:
    """Write again, in the person's words, what they want from this journey."""
    journey = take(journey, by)
    if journey.what_matters == what_matters.strip():
        journal.nothing_changed()
        return journey
    journey.what_matters = what_matters.strip()
    journey.checked()
    journal.write("accompaniment.what_matters_written", by=by, about=journey, person=journey.person_id)
    return journey


@op
def end_journey(*, journey: Journey, ending: str, by: Agent) -> Journey:
    """End the journey, as the person wishes: on their own, handed over, stopped, gone elsewhere."""
    journey = take(journey, by, ended=True)
    if journey.ended_at and journey.ending == ending:
        journal.nothing_changed()
        return journey
    if ending not in Ending.values:
        raise Refused(
            "unknown-ending",
            why="Dites comment le parcours finit.",
            remedy=f"Choisissez parmi : {', '.join(str(label) for label in Ending.labels)}.",
        )
    keep_first_meeting(journey)
    journey.ended_at, journey.ended_by, journey.ending = clock.now(), by, ending
    journey.checked()
    journal.write("accompaniment.journey_ended", by=by, about=journey, person=journey.person_id, ending=ending)
    return journey


@op
def reopen_journey(*, journey: Journey, by: Agent) -> Journey:
    """Take a journey up again, with the person's live agreement."""
    journey = take(journey, by, ended=True)
    if not journey.ended_at:
        journal.nothing_changed()
        return journey
    person = reach(person_of(journey), by)
    _refuse_second(person, journey.team)
    journey.agreement = _agreement(person, journey.team)
    journey.ended_at, journey.ended_by, journey.ending = None, None, ""
    journey.checked()
    journal.write("accompaniment.journey_reopened", by=by, about=journey, person=journey.person_id)
    return journey


def _agreement(person: Person, team: Team) -> Agreement:
    """The person's live agreement to be accompanied by this team. Raises Refused."""
    live = access.live_agreements(clock.today()).filter(person__in=person.keys, team=team, purpose=PURPOSE)
    agreement = live.order_by("-answered_at").first()
    if agreement is None:
        raise Refused(
            "no-agreement",
            why=f"La personne n'a pas donné son accord pour être accompagnée par l'équipe « {team} ».",
            remedy="Proposez-lui l'accompagnement et écrivez sa réponse. Un non est une réponse.",
        )
    return agreement


def _refuse_second(person: Person, team: Team) -> None:
    if Journey.objects.filter(person__in=person.keys, team=team, ended_at=None).exists():
        raise Refused(
            "journey-under-way",
            why="Cette personne a déjà un parcours en cours avec cette équipe.",
            remedy="Ouvrez le parcours en cours.",
        )


def _refuse_lead(lead: Agent, team: Team, chosen_on: date) -> None:
    if not may(lead, "lead_journey") or not is_in(lead, team):
        raise Refused(
            "cannot-lead",
            why=f"{lead} ne peut pas être référent ou référente d'un parcours de l'équipe « {team} ».",
            remedy="Proposez à la personne un ou une professionnelle de terrain, ou un référent de cette équipe.",
        )
    refuse_future(chosen_on, "Le choix du référent")
