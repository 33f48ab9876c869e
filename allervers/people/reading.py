"""What is written about a person already opened, over the records reunited; each asks for the purpose it serves."""

from __future__ import annotations

from django.db.models import QuerySet

from allervers.base import clock
from allervers.people import household
from allervers.people.choices import Purpose
from allervers.people.models import Agreement, CloseOne, Fact, Person, Refusal, Saying
from allervers.people.rules import State, agreement_state


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
    rows = Agreement.objects.filter(person__in=person.keys).select_related("team", "recorded_by", "withdrawn_by")
    return [(one, agreement_state(one, clock.today())) for one in rows]


def refusals_of(person: Person) -> QuerySet[Refusal]:
    """Every refusal, those lifted included, latest first."""
    _require_opened(person, Purpose.RECORD, Purpose.RIGHTS, Purpose.JOURNEY, Purpose.CONTACT)
    return Refusal.objects.filter(person__in=person.keys).select_related("recorded_by", "lifted_by")


def sayings_of(person: Person) -> QuerySet[Saying]:
    """What the person said and still wants kept, latest first."""
    _require_opened(person, Purpose.RECORD, Purpose.JOURNEY)
    return Saying.objects.filter(person__in=person.keys, removed_at=None).select_related("recorded_by")


def close_circle_of(person: Person) -> QuerySet[CloseOne]:
    """Those the person counts on."""
    _require_opened(person, Purpose.RECORD, Purpose.JOURNEY)
    return CloseOne.objects.filter(person__in=person.keys, removed_at=None)


def reunited_with(person: Person) -> QuerySet[Person]:
    """The records reunited with this one."""
    _require_opened(person, Purpose.RECORD)
    return person.merged.all()


def _require_opened(person: Person, *purposes: str) -> None:
    """A person opened for one purpose is not read for another. Raises ValueError: the caller opened the wrong door."""
    if person.opened_for not in purposes:
        asked = ", ".join(str(purpose) for purpose in purposes)
        raise ValueError(f"opened for {person.opened_for or 'nothing'!r}, read for {asked}: open the person for that.")
