"""Read encounters as an agent may see them: names through the door only, words only to those who may know who spoke."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from allervers.accounts.models import Role
from allervers.accounts.reading import is_in, teams_of
from allervers.accounts.rules import require
from allervers.base.errors import Refused
from allervers.encounters.models import Assessment, Encounter
from allervers.people import access

if TYPE_CHECKING:
    from allervers.accounts.models import Agent


@dataclass(frozen=True)
class Seen:
    """An encounter as one agent sees it.

    `people` holds key → name of those the agent may see now; `known` counts all those known, seen or not.
    `said` and `agreed` are empty, and `words_hidden` true, when the words would be those of somebody not to be seen.
    """

    encounter: Encounter
    people: dict[UUID, str]
    known: int
    said: str
    agreed: str
    words_hidden: bool

    @property
    def met(self) -> int:
        """How many people were met, with a name or without."""
        return self.encounter.anonymous_count + self.known


def visible_encounters(*, by: Agent) -> QuerySet[Encounter]:
    """Encounters the agent may list, latest first, not struck, ready to be paged and then given to `seen`."""
    return Encounter.objects.visible_to(by).live().with_everything()


def waiting_for_news(*, by: Agent, most: int) -> dict[UUID, list[UUID]]:
    """The first `most` encounters whose news is waited for → the keys of those known in each. Soonest first."""
    first = list(Encounter.objects.visible_to(by).waiting_for_news().values_list("pk", flat=True)[:most])
    there = _people_in(first)
    return {pk: there.get(pk, []) for pk in first}


def seen_in_order(keys: list[UUID], *, by: Agent) -> list[Seen]:
    """These encounters as the agent may see them, in this order."""
    rows = {row.pk: row for row in Encounter.objects.visible_to(by).with_everything().filter(pk__in=keys)}
    return seen([rows[key] for key in keys if key in rows], by=by)


def seen(encounters: Iterable[Encounter], *, by: Agent) -> list[Seen]:
    """Each encounter as the agent may see it, in three queries and one line of the journal for any number of them."""
    rows = list(encounters)
    there = _people_in([row.pk for row in rows])
    asked = {pk for keys in there.values() for pk in keys}
    names = access.names(asked, by=by, purpose="record") if asked else {}
    return [_seen(row, there.get(row.pk, []), names, by) for row in rows]


def open_encounter(encounter_id: UUID, *, by: Agent) -> Seen:
    """One encounter, struck or not. Unknown and forbidden answer alike. Raises Refused."""
    found = Encounter.objects.visible_to(by).with_everything().filter(pk=encounter_id).first()
    if found is None:
        raise Refused(
            "not-visible",
            why="Cette rencontre n'existe pas, ou elle est d'une équipe où vous n'êtes pas.",
            remedy="Revenez à vos rencontres, ou demandez à l'équipe qui l'a écrite.",
        )
    return seen([found], by=by)[0]


def encounters_of(person_id: UUID, *, by: Agent) -> QuerySet[Encounter]:
    """A person's encounters with the agent's teams, not struck, latest first; through the door. Raises Refused."""
    person = access.open_person(person_id, by=by, purpose="record")
    through = Encounter.people.through.objects.filter(person__in=person.keys).values("encounter")
    return visible_encounters(by=by).filter(pk__in=through)


def assessments_of(person_id: UUID, *, by: Agent) -> QuerySet[Assessment]:
    """A person's computations of rights by the agent's teams, latest first; through the door. Raises Refused."""
    person = access.open_person(person_id, by=by, purpose="rights")
    theirs = Assessment.objects.filter(person__in=person.keys, team__in=teams_of(by).values("pk"))
    return theirs.select_related("encounter", "team", "worked_out_by").prefetch_related("found")


def open_assessment(assessment_id: UUID, *, by: Agent) -> Assessment:
    """One computation: a person's through the door, one without a name by its team only. Raises Refused."""
    require(by, "work_out_rights")
    found = Assessment.objects.select_related("encounter", "team").filter(pk=assessment_id).first()
    if found and found.person_id:
        access.open_person(found.person_id, by=by, purpose="rights" if found.facts is not None else "record")
    elif found is None or not is_in(by, found.team):
        raise Refused(
            "not-visible",
            why="Ce calcul n'existe pas, ou il est d'une équipe où vous n'êtes pas.",
            remedy="Revenez à vos rencontres, ou refaites le calcul.",
        )
    return found


def _people_in(encounters: list[UUID]) -> dict[UUID, list[UUID]]:
    """Encounter → the keys of the persons in it, in one query."""
    through = Encounter.people.through.objects.filter(encounter__in=encounters)
    there: dict[UUID, list[UUID]] = defaultdict(list)
    for encounter, person in through.order_by("person_id").values_list("encounter_id", "person_id"):
        there[encounter].append(person)
    return there


def _seen(row: Encounter, keys: list[UUID], names: dict[UUID, str], by: Agent) -> Seen:
    people = {pk: names[pk] for pk in keys if pk in names}
    own = row.recorded_by_id == by.pk and by.role == Role.PEER_SUPPORTER
    hidden = len(people) < len(keys) and not own
    return Seen(
        encounter=row,
        people=people,
        known=len(keys),
        said="" if hidden else row.said,
        agreed="" if hidden else row.agreed,
        words_hidden=hidden and bool(row.said or row.agreed),
    )
