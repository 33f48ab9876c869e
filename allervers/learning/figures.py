"""Figures of a period, computed by the database from dated facts: a fixed number of queries, whatever the numbers.

found = figures(period=Period.month(2026, 9), split="area")
found.total["met"], found.rows[0].label, found.rows[0]["rights_opened"]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, F

from allervers.learning import labels
from allervers.learning.definitions import ALL, BY_ID, Definition, Unit
from allervers.learning.measures import DELAYS, MEASURES, Delay, Measure
from allervers.learning.periods import Period
from allervers.learning.scope import Scope, split_by

if TYPE_CHECKING:
    from allervers.accounts.models import Team
    from allervers.outreach.models import Outing
    from allervers.territory.models import Area

Value = int | Decimal | None
CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class Median:
    """The middle of some numbers of days, and how many there were."""

    days: int | None
    of: int


@dataclass(frozen=True)
class Row:
    """One cell of a split: an area, a week…; `key` is "" for what nobody knows. `row["met"]` gives a figure."""

    key: str
    label: str
    values: Mapping[str, Value]
    medians: Mapping[str, Median]

    def __getitem__(self, figure: str) -> Value:
        """A count, an amount in € a month, minutes, or a median number of days (None when there is none)."""
        return self.medians[figure].days if figure in self.medians else self.values[figure]

    def counted(self, figure: str) -> int:
        """How many facts stand behind a figure: itself for a count, the number of delays for a median."""
        if figure in self.medians:
            return self.medians[figure].of
        return int(self.values[BY_ID[figure].hidden_with or figure] or 0)


@dataclass(frozen=True)
class Figures:
    """The figures of a scope: the total, and its rows when they were split."""

    scope: Scope
    split: str | None
    shown: tuple[Definition, ...]
    rows: tuple[Row, ...]
    total: Row

    @property
    def period(self) -> Period:
        return self.scope.period


def figures(
    *,
    period: Period,
    split: str | None = None,
    area: Area | None = None,
    outing: Outing | None = None,
    team: Team | None = None,
) -> Figures:
    """The figures of a period, perhaps of an area, an outing or a team, perhaps split (see `scope.SPLITS`)."""
    scope = Scope(period, area, outing, team)
    shown = tuple(one for one in ALL if split != "right" or tells_right(one))
    cells, whole = counted(scope, split)
    delays, all_delays = medians(scope, split)
    total = Row("", "Total", summed(whole), all_delays)
    if split is None:
        return Figures(scope, None, shown, (), total)
    names = labels.of(split, {*cells, *delays}, period)
    rows = tuple(
        Row(key, name, summed(cells.get(key, {})), {**NO_MEDIANS, **delays.get(key, {})}) for key, name in names.items()
    )
    return Figures(scope, split, shown, rows, total)


def tells_right(one: Definition) -> bool:
    """Whether the figure can be told right by right."""
    parts = one.sum_of or (one.id,)
    return all((MEASURES.get(part) or DELAYS[part]).source.right is not None for part in parts)


NO_MEDIANS: Final = dict.fromkeys(DELAYS, Median(None, 0))


# ---------------------------------------------------------------- counts and amounts


def counted(scope: Scope, split: str | None) -> tuple[dict[str, dict[str, Value]], dict[str, Value]]:
    """Every measure by cell and in all: one query a source, and one more for what does not add up."""
    cells: dict[str, dict[str, Value]] = defaultdict(dict)
    whole: dict[str, Value] = {}
    in_order = sorted(MEASURES.values(), key=lambda one: one.source_name)
    for _, group in groupby(in_order, key=lambda one: one.source_name):
        measures = list(group)
        for key, found in of_source(scope, measures, split).items():
            cells[key].update(found)
        whole |= in_all(scope, measures, cells if split else None)
    return (cells, whole) if split else ({}, whole)


def of_source(scope: Scope, measures: list[Measure], split: str | None) -> dict[str, dict[str, Value]]:
    """The measures of one source by cell, in one query; nothing when the figures are not split."""
    if split is None:
        return {}
    source = measures[0].source
    rows = split_by(scope.rows(source), source, split, scope.period).values("cell")
    totals: dict[str, Any] = {one.id: one.total for one in measures}
    cells = {key_of(row["cell"]): clean(row, measures) for row in rows.annotate(**totals)}
    return {key: found for key, found in cells.items() if any(found.values())}


def in_all(scope: Scope, measures: list[Measure], cells: Mapping[str, Mapping[str, Value]] | None) -> dict[str, Value]:
    """The measures of one source over the whole scope: the sum of their cells, asked anew where they do not add up."""
    asked = [one for one in measures if cells is None or not BY_ID[one.id].adds_up]
    whole: dict[str, Value] = {}
    if asked:
        totals: dict[str, Any] = {one.id: one.total for one in asked}
        whole = clean(scope.rows(measures[0].source).aggregate(**totals), asked)
    for one in measures:
        if one not in asked and cells is not None:
            whole[one.id] = sum((found.get(one.id) or 0 for found in cells.values()), start=nothing(one.id))
    return whole


def clean(row: Mapping[str, Any], measures: Iterable[Measure]) -> dict[str, Value]:
    """Amounts to the cent, counts as whole numbers, NULL as nothing."""
    return {one.id: cents(row[one.id]) if is_money(one.id) else int(row[one.id] or 0) for one in measures}


def cents(amount: Decimal | float | None) -> Decimal:
    return Decimal(str(amount or 0)).quantize(CENT, ROUND_HALF_UP)


def is_money(figure: str) -> bool:
    return BY_ID[figure].unit == Unit.EUROS


def nothing(figure: str) -> int | Decimal:
    return Decimal("0.00") if is_money(figure) else 0


def summed(found: Mapping[str, Value]) -> dict[str, Value]:
    """Every figure of a row, those that are sums of others included; nothing where nothing was found."""
    values: dict[str, Value] = {figure: found.get(figure, nothing(figure)) for figure in MEASURES}
    for one in ALL:
        if one.sum_of:
            values[one.id] = sum((int(values[part] or 0) for part in one.sum_of), start=0)
    return values


def key_of(cell: Any) -> str:
    """A cell's key as text; "" for what nobody knows."""
    return "" if cell is None else str(cell)


# ---------------------------------------------------------------- medians


def medians(scope: Scope, split: str | None) -> tuple[dict[str, dict[str, Median]], dict[str, Median]]:
    """The median of each delay by cell and in all: one query a delay, which gives how many took so many days."""
    cells: dict[str, dict[str, Median]] = defaultdict(dict)
    whole: dict[str, Median] = {}
    for one in DELAYS.values():
        took = histogram(scope, one, split)
        for key, days in took.items():
            cells[key][one.id] = median(days)
        together: dict[int, int] = defaultdict(int)
        for days in took.values():
            for length, times in days.items():
                together[length] += times
        whole[one.id] = median(together)
    return cells, whole


def histogram(scope: Scope, one: Delay, split: str | None) -> dict[str, dict[int, int]]:
    """By cell, how many claims took so many days; a delay below zero (written in another order) is not one."""
    rows = scope.rows(one.source).filter(**{f"{one.start}__lte": F(one.end)})
    if split:
        rows = split_by(rows, one.source, split, scope.period)
    told = rows.values(*(("cell",) if split else ()), one.start, one.end).annotate(times=Count("*"))
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in told:
        found[key_of(row.get("cell"))][(row[one.end] - row[one.start]).days] += row["times"]
    return found


def median(days: Mapping[int, int]) -> Median:
    """The length that half of them do not pass; the lower of two middles."""
    count = sum(days.values())
    passed = 0
    for length in sorted(days):
        passed += days[length]
        if passed * 2 >= count:
            return Median(length, count)
    return Median(None, 0)
