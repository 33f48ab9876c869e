"""The journey of a person who is already open, if there is one under way."""

from allervers.accompaniment import reading
from allervers.accompaniment.models import Journey


def live_journey(person, agent) -> Journey | None:
    """The journey under way with a team of the agent."""
    return reading.journeys_of(agent).filter(person__in=person.keys, ended_at=None).first()


def claimed_in(journey) -> set[str]:
    """The rights with a live claim in this journey."""
    claims = journey.claims.prefetch_related("events")
    return {claim.right for claim in claims if reading.standing_of(claim).is_live}
