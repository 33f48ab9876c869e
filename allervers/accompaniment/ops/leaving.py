"""When the person stops: their journeys end and say so; when they ask, everything about them is erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from allervers.accompaniment.choices import Ending
from allervers.accompaniment.models import Event, Journey, Step
from allervers.accompaniment.ops.claims import keep_first_meeting
from allervers.accompaniment.ops.taking import PURPOSE
from allervers.accounts.reading import teams_of
from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.ops import op
from allervers.encounters import ops as encounters
from allervers.people import access
from allervers.people import ops as people

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from allervers.accounts.models import Agent


@dataclass(frozen=True)
class Left:
    """What a departure changed, and what stays, in French, to be said to the person."""

    journeys: int
    claims: int
    kept: str


@op
def stand_down(*, person_id: UUID, by: Agent) -> Left:
    """End the journeys of the agent's teams that no live agreement carries any more. Called after a withdrawal.

    The agreement is gone, so it is not asked. What was written stays closed to everyone without a new agreement.
    """
    require(by, "write_person")
    mine = _theirs(person_id).filter(ended_at=None, team__in=teams_of(by).values("pk"))
    alive = access.live_agreements(clock.today()).filter(purpose=PURPOSE).values("pk")
    orphans = list(mine.exclude(agreement__in=alive).select_for_update(of=("self",)).order_by("opened_at", "id"))
    for journey in orphans:
        _end(journey, by)
    if orphans:
        journal.write("accompaniment.stood_down", by=by, about=orphans[0], person=person_id, journeys=len(orphans))
    else:
        journal.nothing_changed()
    claims = sum(journey.claims.count() for journey in orphans)
    return Left(len(orphans), claims, _said_after_standing_down(len(orphans), claims))


@op
def let_go(*, person_id: UUID, by: Agent) -> Left:
    """Erase a person, at their own request, everywhere. What was done stays counted, without them.

    Their words, facts, agreements, agreed steps and names go; claims keep a right, days and amounts that are nobody's.
    """
    require(by, "write_person")
    theirs = list(_theirs(person_id).select_for_update(of=("self",)).order_by("opened_at", "id"))
    claims = sum(_empty(journey, by) for journey in theirs)
    encounters.make_anonymous(person_id=person_id, by=by)
    about = theirs[0] if theirs else by
    journal.write("accompaniment.let_go", by=by, about=about, person=person_id, journeys=len(theirs), claims=claims)
    people.erase_person(person_id=person_id, by=by)  # refuses whoever may not, and then nothing above has happened
    return Left(len(theirs), claims, _said_after_letting_go(claims))


def _theirs(person_id: UUID) -> QuerySet[Journey]:
    """The journeys of a person, under whichever record they were written."""
    return Journey.objects.filter(person__in=access.keys_of(person_id))


def _end(journey: Journey, by: Agent) -> None:
    keep_first_meeting(journey)
    journey.ended_at, journey.ended_by, journey.ending = clock.now(), by, Ending.PERSON_ENDED
    journey.checked()


def _empty(journey: Journey, by: Agent) -> int:
    """Take the person out of a journey; answers how many claims stay counted."""
    keep_first_meeting(journey)
    Step.objects.filter(journey=journey).delete()
    Event.objects.filter(claim__journey=journey).exclude(note="").update(note="")
    journey.what_matters = ""
    if not journey.ended_at:
        journey.ended_at, journey.ended_by, journey.ending = clock.now(), by, Ending.PERSON_ENDED
    journey.person = journey.agreement = None
    journey.checked()
    return journey.claims.update(assessment=None)


def _said_after_standing_down(journeys: int, claims: int) -> str:
    if not journeys:
        return "Aucun parcours n'était en cours : rien ne change."
    return (
        f"Le parcours est terminé. Demandes qui restent écrites : {claims}, fermées à tous, pour que la personne "
        "puisse les retrouver ; elle peut les faire effacer."
    )


def _demandes(claims: int) -> str:
    return f"{claims} demande{'s' * (claims > 1)}"


def _said_after_letting_go(claims: int) -> str:
    return (
        "Tout ce qui parlait de la personne est effacé : nom, paroles, faits, accords, pas convenus. Restent, sans "
        f"elle, le nombre de rencontres et {_demandes(claims)} (un droit, des dates, des montants), pour que les "
        "chiffres restent justes. Les demandes déjà déposées continuent auprès des organismes."
    )
