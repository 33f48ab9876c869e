"""Where and when the team met the person of a claim, said again when a meeting is noted, corrected or struck later.

A meeting may be written after the claim is opened: the figures do not depend on which was written first. Once a journey
is over nothing moves any more, and links that are erased move nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allervers.accompaniment.models import Claim, Journey
from allervers.base import clock
from allervers.encounters.models import Assessment, Encounter
from allervers.people import access

if TYPE_CHECKING:
    from allervers.people.models import Person


def origin_of(person: Person, journey: Journey, assessment: Assessment | None) -> dict[str, Any]:
    """Where and when the team met the person: at the computation's encounter, or the first time."""
    met = Encounter.objects.filter(people__in=person.keys, struck_at=None, team=journey.team)
    first = met.order_by("happened_at", "id").first()
    here = (assessment and assessment.encounter) or first
    return {
        "met_on": first and first.happened_at.astimezone(clock.PARIS).date(),
        "area_id": here.area_id if here else person.area_id,
        "outing_id": here and here.outing_id,
    }


def tell_origins(people: Iterable[UUID], **_: object) -> None:
    """Say again where the claims of these persons come from, over the records reunited: their meetings changed."""
    for person in set(people):
        alive = Claim.objects.filter(journey__person__in=access.keys_of(person), journey__ended_at=None)
        found = alive.select_related("journey__person__merged_into", "journey__team", "assessment__encounter")
        for claim in found.order_by("opened_at", "id"):
            _tell(claim)


def _tell(claim: Claim) -> None:
    whose = claim.journey.person
    assert whose is not None  # the journey is under way
    told = origin_of(whose.merged_into or whose, claim.journey, claim.assessment)
    if any(getattr(claim, name) != value for name, value in told.items()):
        Claim.objects.filter(pk=claim.pk).update(**told)
