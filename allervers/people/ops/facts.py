"""Facts of the household: said, seen on a document, come from a file; kept while the person agrees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.errors import Refused
from allervers.base.ops import op
from allervers.people import access, household, reading, told
from allervers.people.choices import Purpose
from allervers.people.models import Fact, Person
from allervers.rights.household import Fault, Faults
from allervers.rights.questions import plainly

if TYPE_CHECKING:
    from allervers.accounts.models import Agent


@op
def note_fact(
    *, person_id: UUID, path: str, value: Any, source: str, known_on: date | None = None, by: Agent
) -> list[Fact]:
    """Note one fact at its path in the household file; None: no longer known. Returns the facts written anew."""
    return _note(person_id, {path: value}, source, known_on, by)


@op
def note_facts(
    *, person_id: UUID, facts: Mapping[str, Any], source: str, known_on: date | None = None, by: Agent
) -> list[Fact]:
    """Note several facts at once, each at its path; None: no longer known. Returns the facts written anew."""
    return _note(person_id, facts, source, known_on, by)


@op
def note_household(
    *, person_id: UUID, document: Mapping[str, Any], source: str, known_on: date | None = None, by: Agent
) -> list[Fact]:
    """Note a whole household file: what changed is written anew, what it no longer says is no longer known."""
    person = _person_for_facts(person_id, by)
    before = reading.facts_by_path(person)
    wanted: dict[str, Any] = dict.fromkeys(before)
    return _write(person, wanted | household.facts_of(document), source, known_on, by)


def _note(person_id: UUID, facts: Mapping[str, Any], source: str, known_on: date | None, by: Agent) -> list[Fact]:
    return _write(_person_for_facts(person_id, by), facts, source, known_on, by)


def _person_for_facts(person_id: UUID, by: Agent) -> Person:
    require(by, "write_person")
    return access.reach_person(person_id, by=by, purpose=Purpose.RIGHTS)


def _write(person: Person, facts: Mapping[str, Any], source: str, known_on: date | None, by: Agent) -> list[Fact]:
    day = known_on or clock.today()
    told.refuse_a_future_day(day)
    before = {path: fact.value for path, fact in reading.facts_by_path(person).items()}
    wanted = _listed(facts)
    after = {path: value for path, value in (before | wanted).items() if value is not None}
    _refuse_what_is_no_household(wanted, after)
    changed = _changed(before, after, wanted)
    Fact.objects.filter(person__in=person.keys, path__in=changed, replaced_at=None).update(replaced_at=clock.now())
    written = [
        Fact(person=person, path=path, value=after[path], source=source, known_on=day, recorded_by=by)
        for path in sorted(changed)
        if path in after
    ]
    for fact in written:
        fact.checked()
    if not changed:
        journal.nothing_changed()
        return []
    journal.write("people.facts_noted", by=by, about=person, person=person.pk, facts=len(changed), source=source)
    return written


def _listed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts asked for; "children", a list of ages, says the whole list of children at once."""
    wanted = dict(facts)
    ages = wanted.pop("children", None)
    if ages is not None:
        wanted |= {f"people[child{number}].age": age for number, age in enumerate(ages, 1)}
        wanted["more_people"] = False
    return wanted


def _changed(before: Mapping[str, Any], after: Mapping[str, Any], wanted: Mapping[str, Any]) -> set[str]:
    """The paths to write anew: what changed or was said again; who lives there is written as one."""
    changed = {path for path in wanted if before.get(path) != after.get(path)}
    if any(household.is_of_the_list(path) for path in changed):
        changed |= {path for path in (*before, *after) if household.is_of_the_list(path)}
    return changed


def _refuse_what_is_no_household(wanted: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    if any(not household.is_path(path) for path in wanted):
        raise Refused(
            "not-a-fact",
            why="Ce fait n'a pas sa place dans la description d'un foyer.",
            remedy="Reprenez la question ; si elle revient, signalez-la à l'administration.",
        )
    if faults := _faults_of(after):
        raise Refused(
            "not-a-household",
            why=plainly(Faults(faults)),
            remedy="Corrigez ce qui est signalé avec la personne, puis recommencez.",
        )


def _faults_of(facts: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with these facts together; what somebody said holds on a day whose law is not known here too."""
    try:
        household.checked(facts, clock.today())
    except Faults as faults:
        return [fault for fault in faults.faults if fault.path != "day"]
    return []
