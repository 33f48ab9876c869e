"""What is written about a person already opened, over the records reunited, within what the door was opened for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from allervers.accounts import reading as accounts
from allervers.base import clock
from allervers.people import household
from allervers.people.choices import Purpose
from allervers.people.models import Agreement, CloseOne, Fact, Person, Refusal, Saying
from allervers.people.rules import State, agreement_state

if TYPE_CHECKING:
    from allervers.accounts.models import Agent, Team

TEAM_PURPOSES = (Purpose.RECORD, Purpose.RIGHTS, Purpose.JOURNEY, Purpose.CONTACT)


def facts_by_path(person: Person) -> dict[str, Fact]:
    """The facts of the household that stand, by path, latest known first heard; with their source and date."""
    _require_opened(person, Purpose.RIGHTS)
    live = Fact.objects.filter(person__in=person.keys, replaced_at=None)
    ranked = sorted(live, key=lambda fact: (fact.known_on, fact.person_id == person.pk))
    listed = [fact for fact in ranked if household.is_of_the_list(fact.path)]
    whose = listed[-1].person_id if listed else None
    standing = (fact for fact in ranked if fact not in listed or fact.person_id == whose)
    return {fact.path: fact for fact in standing}


def agreements_of(person: Person) -> list[tuple[Agreement, State]]:
    """Every answer ever given, with where it stands today."""
    _require_opened(person, Purpose.RECORD)
    return [(one, agreement_state(one, clock.today())) for one in _answers(person)]


def latest_agreements(person: Person, *, by: Agent) -> dict[tuple[str, Team], Agreement]:
    """The answer that stands for each purpose and each of the agent's teams: one still good if any, else the latest.

    What is shared is answered to a partner's team: those who keep the record see it, a partner only their own.
    """
    found: dict[tuple[str, Team], Agreement] = {}
    shared = Q(purpose=Purpose.SHARE, person__in=_keys_for(person, Purpose.RECORD))
    theirs = _answers(person).filter(Q(team__in=accounts.teams_of(by).values("pk")) | shared)
    for one in sorted(theirs, key=lambda answer: (_is_good(answer), answer.answered_at)):
        found[one.purpose, one.team] = one
    return found


def teams_agreed_to(person: Person, *, purpose: str, by: Agent) -> list[Team]:
    """Whose agreement the agent may take back with the person: their own teams' and, for what is shared, partners'."""
    latest = latest_agreements(person, by=by)
    return _by_name(team for (what, team), one in latest.items() if what == purpose and _is_good(one))


def other_teams_agreed_to(person: Person, *, purpose: str, by: Agent) -> list[Team]:
    """The teams that have this agreement and that the agent cannot answer for: the person tells them."""
    _require_opened(person, Purpose.RECORD)
    mine = teams_agreed_to(person, purpose=purpose, by=by)
    live = {one.team for one in _answers(person).filter(purpose=purpose) if _is_good(one)}
    return _by_name(live - set(mine))


def team_of(person: Person, *, by: Agent) -> Team:
    """Which of the agent's teams the person knows: the first that was agreed to for what the door was opened for."""
    theirs = _answers(person).filter(team__in=accounts.teams_of(by).values("pk"), purpose=person.opened_for)
    good = sorted((one for one in theirs if _is_good(one)), key=lambda answer: answer.answered_at)
    if not good:
        raise ValueError("team_of: open the person with people.access first.")
    return good[0].team


def refusals_of(person: Person) -> QuerySet[Refusal]:
    """Every refusal, those lifted included, latest first; none for a partner."""
    said = Refusal.objects.filter(person__in=_keys_for(person, *TEAM_PURPOSES))
    return said.select_related("recorded_by", "lifted_by")


def sayings_of(person: Person) -> QuerySet[Saying]:
    """What the person said and still wants kept, latest first; for those who keep the record or walk alongside."""
    keys = _keys_for(person, Purpose.RECORD, Purpose.JOURNEY)
    return Saying.objects.filter(person__in=keys, removed_at=None).select_related("recorded_by")


def close_circle_of(person: Person) -> QuerySet[CloseOne]:
    """Those the person counts on; for those who keep the record or walk alongside."""
    return CloseOne.objects.filter(person__in=_keys_for(person, Purpose.RECORD, Purpose.JOURNEY), removed_at=None)


def reunited_with(person: Person) -> QuerySet[Person]:
    """The records reunited with this one; for those who keep the record."""
    return Person.objects.filter(merged_into__in=_keys_for(person, Purpose.RECORD))


def _answers(person: Person) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(person__in=person.keys)
    return rows.select_related("team", "recorded_by", "withdrawn_by")


def _by_name(teams: Iterable[Team]) -> list[Team]:
    return sorted(teams, key=lambda team: team.name)


def _is_good(answer: Agreement) -> bool:
    return agreement_state(answer, clock.today()) is State.GIVEN


def _keys_for(person: Person, *purposes: str) -> list[UUID]:
    """The keys to read by, none where the door was opened for something else."""
    return person.keys if person.opened_for in purposes else []


def _require_opened(person: Person, *purposes: str) -> None:
    """A person opened for one purpose is not read for another. Raises ValueError: the caller opened the wrong door."""
    if person.opened_for not in purposes:
        asked = ", ".join(str(purpose) for purpose in purposes)
        raise ValueError(f"opened for {person.opened_for or 'nothing'!r}, read for {asked}: open the person for that.")
