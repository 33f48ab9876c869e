"""The journey of a person who is already open, if there is one under way, and what it claims."""

from allervers.accompaniment import reading
from allervers.accompaniment.models import Journey


def live_journey(person, agent) -> Journey | None:
    """The journey under way with a team of the agent."""
    return reading.journeys_of(agent).filter(person__in=person.keys, ended_at=None).order_by("-opened_at", "id").first()


def claimed_in(journey) -> set[str]:
    """The rights with a live claim in this journey."""
    return {line.claim.right for line in reading.claim_lines(journey) if line.standing.is_live}


def live_claims(person, agent) -> dict[str, reading.ClaimLine]:
    """Right → its live claim in the journey under way."""
    journey = live_journey(person, agent)
    found = reading.with_everything(Journey.objects.filter(pk=journey.pk)).get() if journey else None
    lines = reading.claim_lines(found) if found else []
    return {line.claim.right: line for line in lines if line.standing.is_live}
