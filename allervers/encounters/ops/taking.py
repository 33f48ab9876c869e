"""Who may touch an encounter, and the row held while it is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from allervers.accounts.models import Agent, Membership, Role, Team
from allervers.accounts.rules import require
from allervers.base import clock
from allervers.base.errors import Refused
from allervers.encounters.models import Assessment, Encounter
from allervers.people import access

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from allervers.people.models import Person


def take(encounter: Encounter, by: Agent, *, struck: bool = False) -> Encounter:
    """The encounter as it is now, held until the op ends, if the agent may change it. Raises Refused."""
    require(by, "record_encounter")
    held = Encounter.objects.visible_to(by).select_for_update(of=("self",)).select_related("outing", "team", "area")
    fresh = held.filter(pk=encounter.pk).first()
    if fresh is None:
        raise Refused(
            "not-visible",
            why="Cette rencontre n'existe pas, ou elle est d'une équipe où vous n'êtes pas.",
            remedy="Revenez à vos rencontres, ou demandez à l'équipe qui l'a écrite.",
        )
    if fresh.struck_at and not struck:
        raise Refused(
            "struck",
            why="Cette rencontre est annulée.",
            remedy="Rétablissez-la d'abord, puis recommencez.",
        )
    return fresh


def refuse_stranger(by: Agent, team: Team, day: date) -> None:
    """Refuse who was not in the team, neither that day nor now; the coordination may write for any team."""
    if by.role == Role.COORDINATOR:
        return
    that_day = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    now = Q(since__lte=clock.today(), until=None)
    if not Membership.objects.filter(that_day | now, agent=by, team=team).exists():
        raise Refused(
            "not-your-team",
            why=f"Vous n'êtes pas dans l'équipe « {team} ».",
            remedy="Choisissez une de vos équipes, ou faites mettre l'équipe à jour.",
        )


def reach_people(ids: Iterable[UUID], by: Agent) -> list[Person]:
    """The persons, each through the door; merged ones as the person kept, once. Raises Refused.

    One alone has the op's own line; several have each their own, since a line concerns one person.
    """
    asked = list(dict.fromkeys(ids))
    door = access.reach_person if len(asked) == 1 else access.open_person
    reached = (door(pk, by=by, purpose="record") for pk in asked)
    return list({person.pk: person for person in reached}.values())


def sole(people: Iterable[Person]) -> UUID | None:
    """The person a line of the journal concerns: the only one, or nobody in particular."""
    keys = [person.pk for person in people]
    return keys[0] if len(keys) == 1 else None


def the_same(prefix: str, person_id: UUID) -> Q:
    """Those written under this key, or under any record reunited with it (as `prefix` reaches them)."""
    return Q(**{f"{prefix or 'pk'}__in": access.keys_of(person_id)})


def computed_for(person_id: UUID) -> QuerySet[Assessment]:
    """The computations of a person, under whichever record, held until the op ends."""
    theirs = Assessment.objects.filter(the_same("person", person_id)).order_by().values("pk")
    return Assessment.objects.filter(pk__in=theirs).select_for_update(of=("self",)).order_by("pk")
