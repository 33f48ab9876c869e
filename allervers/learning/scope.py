"""What figures are asked about: a period, perhaps an area, an outing or a team; and how they are split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Case, CharField, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from allervers.base.errors import Refused
from allervers.learning.periods import Bucket, Period, midnight
from allervers.learning.sources import Rows, Source

if TYPE_CHECKING:
    from allervers.accounts.models import Team
    from allervers.outreach.models import Outing
    from allervers.territory.models import Area

SPLITS: Final = {
    "area": "par commune",
    "outing": "par sortie",
    "team": "par équipe",
    "right": "par droit",
    "week": "par semaine",
    "month": "par mois",
}
UNKNOWN: Final = ""  # the key of the cell for rows that do not say


@dataclass(frozen=True)
class Scope:
    """The rows that count: of a period, and of an area, an outing or a team when given."""

    period: Period
    area: Area | None = None
    outing: Outing | None = None
    team: Team | None = None

    def rows(self, source: Source) -> Rows:
        """The rows of a source that fall in this scope; none when the source cannot tell."""
        found = source.rows().order_by().filter(self._days(source))
        if self.area:
            found = found.filter(self._there(source, self.area))
        for asked, path in ((self.outing, source.outing), (self.team, source.team)):
            if asked is not None:
                found = found.filter(**{path: asked.pk}) if path else found.none()
        return found

    def _days(self, source: Source) -> Q:
        if source.is_moment:
            return Q(**{f"{source.day}__gte": self.period.starts_at, f"{source.day}__lt": self.period.ends_at})
        return Q(**{f"{source.day}__gte": self.period.since, f"{source.day}__lte": self.period.until})

    def _there(self, source: Source, area: Area) -> Q:
        """In the first area that the row knows, or in an IRIS of it."""
        found, unsaid = Q(), Q()
        for path in source.areas:
            found |= unsaid & (Q(**{path: area.pk}) | Q(**{f"{path}__commune": area.pk}))
            unsaid &= Q(**{path: None})
        return found


def split_by(rows: Rows, source: Source, split: str, period: Period) -> Rows:
    """The rows with the key of their cell, as `cell_<split>`; NULL when their source cannot tell. Raises Refused."""
    if split not in SPLITS:
        raise Refused(
            "unknown-split",
            why="Ces chiffres ne se découpent pas ainsi.",
            remedy=f"Choisissez parmi : {', '.join(SPLITS.values())}.",
        )
    cell = cell_of(source, split, period)
    found: Rows = rows.annotate(**{f"cell_{split}": Value(None, CharField()) if cell is None else cell})
    return found


def cell_of(source: Source, split: str, period: Period) -> Combinable | None:
    """The expression of the cell's key: a key of the record, or the place of the week or month in the period."""
    if split == "area":
        return source.commune
    if split in ("week", "month"):
        return place_in(buckets(period, split), source)
    path: str | None = getattr(source, split)
    return F(path) if path else None


def place_in(found: list[Bucket], source: Source) -> Combinable:
    """Comparisons with the ends of the buckets, halving them each time: exact in Paris, and without a call per row."""
    ends: list[Any] = [midnight(one.end) if source.is_moment else one.end for one in found]
    return place_between(0, len(ends) - 1, ends, f"{source.day}__lt")


def place_between(first: int, last: int, ends: list[Any], before: str) -> Combinable:
    """The place of a row known to fall between these two, both included."""
    if first == last:
        return Value(first, IntegerField())
    middle = (first + last) // 2
    halves = (place_between(first, middle, ends, before), place_between(middle + 1, last, ends, before))
    return Case(When(**{before: ends[middle]}, then=halves[0]), default=halves[1], output_field=IntegerField())


def buckets(period: Period, split: str) -> list[Bucket]:
    return period.weeks() if split == "week" else period.months()
