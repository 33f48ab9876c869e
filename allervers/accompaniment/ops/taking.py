"""Who may touch a journey, and the row held while it is touched."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db.models import Model

from allervers.accompaniment.models import Claim, Journey
from allervers.accounts.reading import is_in
from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.errors import Conflict, Refused
from allervers.people import access

if TYPE_CHECKING:
    from allervers.accounts.models import Agent, Team
    from allervers.people.models import Person

PURPOSE = "journey"
Kept = TypeVar("Kept", bound=Model)


def take(journey: Journey, by: Agent, *, ended: bool = False) -> Journey:
    """The journey as it is now, held until the op ends, if its team and the person's agreement open it."""
    require(by, "lead_journey")
    fresh = Journey.objects.select_for_update(of=("self",)).select_related("team").filter(pk=journey.pk).first()
    if fresh is None or fresh.person_id is None or not is_in(by, fresh.team):
        raise not_visible()
    if not access.may_open(fresh.person_id, by=by, purpose=PURPOSE):
        raise not_visible()
    if fresh.ended_at and not ended:
        raise Refused(
            "journey-ended",
            why="Ce parcours est terminé.",
            remedy="Si la personne le souhaite, reprenez le parcours, puis recommencez.",
        )
    return fresh


def take_claim(claim: Claim, by: Agent) -> Claim:
    """The claim as it is now, its journey held, if the journey opens."""
    fresh = Claim.objects.select_related("journey").filter(pk=claim.pk).first()
    if fresh is None:
        raise not_visible()
    fresh.journey = take(fresh.journey, by)
    return fresh


def person_of(journey: Journey) -> UUID:
    """Whose journey it is. Raises Refused when it is nobody's any more."""
    if journey.person_id is None:
        raise not_visible()
    return journey.person_id


def reach(person_id: UUID, by: Agent) -> Person:
    """The person, for a write about their journey."""
    return access.reach_person(person_id, by=by, purpose=PURPOSE)


def not_visible() -> Refused:
    """The same words for what does not exist and for what is not theirs to open."""
    return Refused(
        "not-visible",
        why="Ce parcours n'existe pas, ou la personne n'a pas donné son accord à votre équipe.",
        remedy="Revenez à vos parcours, ou demandez à la personne ce qu'elle souhaite.",
    )


def refuse_stranger(by: Agent, team: Team) -> None:
    """Refuse to open a journey for a team one is not in."""
    if not is_in(by, team):
        raise Refused(
            "not-your-team",
            why=f"Vous n'êtes pas dans l'équipe « {team} ».",
            remedy="Choisissez une de vos équipes, ou passez le relais à cette équipe.",
        )


def refuse_future(day: date, what: str) -> None:
    """Refuse a day that has not come."""
    if day > clock.today():
        raise Refused(
            "in-the-future",
            why=f"{what} est daté du {day:%d/%m/%Y} : ce jour n'est pas encore venu.",
            remedy="Vérifiez la date.",
        )


def same_or_conflict(known: Kept, told: dict[str, Any], what: str) -> Kept:
    """What stands under this id, if it was told the same way. Raises Conflict."""
    if any(getattr(known, name) != value for name, value in told.items()):
        raise Conflict(
            "told-differently",
            why=f"{what} est déjà écrit autrement.",
            remedy="Ouvrez ce qui est déjà écrit, comparez, et corrigez ce qui doit l'être.",
        )
    journal.nothing_changed()
    return known
