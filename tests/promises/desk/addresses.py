"""Every address of the desk, and how it is written for one thing or another."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, reverse

from allervers.accounts.models import Role
from allervers.web.desk.urls import urlpatterns
from tests.promises.desk.world import World

PATTERNS: dict[str, URLPattern] = {str(one.name): one for one in urlpatterns}
UNKNOWN = "unknown"
ABOUT_SOMEBODY = ("person", "journey", "claim", "event", "step", "saying", "close", "refusal", "other")


def named(world: World, role: Role | None, whose: str, somebody: Mapping[str, Any]) -> dict[str, Any]:
    """What an address may name: things that are `whose` they are for this role, the keys about somebody."""
    seen_by = role or Role.PRACTITIONER
    own_outing = "team" if whose == "own" else whose
    found: dict[str, Any] = {one: somebody.get(one, uuid4()) for one in ABOUT_SOMEBODY}
    found |= {
        "outing": world.outings.get((seen_by, own_outing), uuid4()),
        "encounter": world.encounters.get((seen_by, whose), uuid4()),
        "agent": uuid4() if whose == UNKNOWN else world.agents[Role.PEER_SUPPORTER].pk,
        "team": world.teams["ours"].pk,
        "place": uuid4() if whose == UNKNOWN else world.place.pk,
        "code": "97999" if whose == UNKNOWN else world.area.code,
        "figure": "unheard-of" if whose == UNKNOWN else "met_known",
        "purpose": "contact",
    }
    return found


def written(screen: str, names: Mapping[str, Any], query: str = "") -> str:
    """The address of a screen ("encounter-new of an outing" is at `encounter-new`) about these things."""
    name = screen.partition(" ")[0]
    wanted = {one: names[one.removesuffix("_id")] for one in PATTERNS[name].pattern.converters}
    address = reverse(name, kwargs=wanted)
    return f"{address}?{query.format(**names)}" if query else address
