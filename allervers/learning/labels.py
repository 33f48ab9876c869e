"""What the cells of a split are called, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from allervers.accompaniment.rights import name_of
from allervers.accounts.models import Team
from allervers.base import clock
from allervers.learning.periods import Period, in_french
from allervers.learning.scope import buckets
from allervers.outreach.models import Outing
from allervers.rights.catalogue import ORDER
from allervers.territory.models import Area

UNSAID: Final = {
    "area": "Commune non dite",
    "outing": "Hors sortie",
    "team": "Équipe non dite",
    "right": "Droit non dit",
}


def of(split: str, keys: Iterable[str], period: Period) -> dict[str, str]:
    """Labels by key, in order; every week and month of the period, and only the areas, outings, teams, rights seen."""
    if split in ("week", "month"):
        return {str(place): bucket.label for place, bucket in enumerate(buckets(period, split))}
    seen = set(keys)
    known = {"area": areas, "outing": outings, "team": teams, "right": rights}[split](seen - {""})
    return known | ({"": UNSAID[split]} if "" in seen else {})


def areas(keys: set[str]) -> dict[str, str]:
    return {str(one.pk): one.name for one in Area.objects.filter(pk__in=keys).order_by("name", "code")}


def teams(keys: set[str]) -> dict[str, str]:
    return {str(one.pk): one.name for one in Team.objects.filter(pk__in=keys).order_by("name")}


def outings(keys: set[str]) -> dict[str, str]:
    """By day: the kind, the place and the day."""
    found = Outing.objects.filter(pk__in=keys).select_related("place", "area").order_by("starts_at", "id")
    return {str(one.pk): f"{one}, {in_french(one.starts_at.astimezone(clock.PARIS).date())}" for one in found}


def rights(keys: set[str]) -> dict[str, str]:
    """In the order of the catalogue."""
    return {key: name_of(key) for key in [*(one for one in ORDER if one in keys), *sorted(keys - set(ORDER))]}
