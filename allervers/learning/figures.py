"""Figures of a period, computed by the database from dated facts: a fixed number of queries, whatever the numbers.

Each source is read once, its rows grouped by all that is asked; the splits and the total are sums of these groups.

found = figures(period=Period.month(2026, 9), split="area")
found.total["met"], found.rows[0].label, found.rows[0]["rights_opened"]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count

from allervers.learning import labels
from allervers.learning.definitions import ALL, BY_ID, Definition, Unit
from allervers.learning.measures import DELAYS, MEASURES, Delay, Measure
from allervers.learning.periods import Period
from allervers.learning.scope import Scope, split_by
from allervers.learning.sources import SOURCES, Rows

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
    return figures_by((split,), scope=Scope(period, area, outing, team))[split]


def figures_by(splits: Iterable[str | None], *, scope: Scope, once: bool = True) -> dict[str | None, Figures]:
    """The figures split in each of these ways (None: in all), each record read once for all of them.

    Without `once`, rows do not count different people, which no sum gives: the total alone does.
    """
    ways = tuple(dict.fromkeys(splits))
    told = read(scope, tuple(split for split in ways if split))
    whole = told.values(None).get("", {}) | different(scope, None).get("", {})
    total = Row("", "Total", summed(whole), {**NO_MEDIANS, **told.medians(None).get("", {})})
    return {split: split_of(told, split, total, once=once) for split in ways}


def split_of(told: Told, split: str | None, total: Row, *, once: bool) -> Figures:
    """The figures with the rows of one split."""
    if split is None:
        return Figures(told.scope, None, ALL, (), total)
    shown = tuple(one for one in ALL if (split != "right" or tells_right(one)) and (once or one.id not in DIFFERENT))
    cells, delays = told.values(split), told.medians(split)
    for key, found in (different(told.scope, split) if once else {}).items():
        cells.setdefault(key, {}).update(found)
    names = labels.of(split, {*cells, *delays}, told.scope.period)
    rows = tuple(
        Row(key, name, summed(cells.get(key, {})), {**NO_MEDIANS, **delays.get(key, {})}) for key, name in names.items()
    )
    return Figures(told.scope, split, shown, rows, total)


def tells_right(one: Definition) -> bool:
    """Whether the figure can be told right by right."""
    parts = one.sum_of or (one.id,)
    return all((MEASURES.get(part) or DELAYS[part]).source.right is not None for part in parts)


NO_MEDIANS: Final = dict.fromkeys(DELAYS, Median(None, 0))


# ---------------------------------------------------------------- read once, told several ways


@dataclass(frozen=True)
class Group:
    """Rows of a source alike in their cells and their delays: how many, what they add, the days they took."""

    cells: Mapping[str, str]
    times: int
    adds: Mapping[str, Value]
    took: Mapping[str, int]


@dataclass(frozen=True)
class Told:
    """What was read of a scope: the groups of each source."""

    scope: Scope
    groups: Mapping[str, list[Group]]

    def values(self, split: str | None) -> dict[str, dict[str, Value]]:
        """Cell → figure → its value; "" is the only cell when not split. Cells without anything are left out."""
        cells: dict[str, dict[str, Value]] = defaultdict(dict)
        for one in SUMS:
            for group in self.groups[one.told_by(split).source_name]:
                found = cells[group.cells[split] if split else ""]
                found[one.id] = (found.get(one.id) or nothing(one.id)) + (group.adds[one.id] or 0)
        return {key: found for key, found in cells.items() if any(found.values())}

    def medians(self, split: str | None) -> dict[str, dict[str, Median]]:
        """Cell → delay → its median, where there is one."""
        took: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        for one in DELAYS.values():
            for group in self.groups[one.source_name]:
                if one.id in group.took:
                    took[group.cells[split] if split else ""][one.id][group.took[one.id]] += group.times
        return {key: {name: median(days) for name, days in found.items()} for key, found in took.items()}


SUMS: Final = tuple(one for one in MEASURES.values() if not one.different)
DIFFERENT: Final = {one.id: one for one in MEASURES.values() if one.different}


def read(scope: Scope, splits: tuple[str, ...]) -> Told:
    """Every source, in one query each: its rows grouped by all that they are told by."""
    measures: dict[str, dict[str, Measure]] = defaultdict(dict)
    ways: dict[str, dict[str, None]] = defaultdict(dict)
    for split in (None, *splits):
        for one in (one.told_by(split) for one in SUMS):
            measures[one.source_name][one.id] = one
            ways[one.source_name] |= {split: None} if split else {}
    return Told(
        scope, {name: groups_of(scope, name, list(measures[name].values()), tuple(ways[name])) for name in measures}
    )


def groups_of(scope: Scope, name: str, measures: list[Measure], splits: tuple[str, ...]) -> list[Group]:
    """The rows of one source, grouped by the cells of these splits and by the days of its delays."""
    source, delays = SOURCES[name], [one for one in DELAYS.values() if one.source_name == name]
    rows = scope.rows(source)
    for split in splits:
        rows = split_by(rows, source, split, scope.period)
    days = {day for one in delays for day in (one.start, one.end)}
    totals = {"times": Count("pk"), **{one.id: one.total for one in measures}}
    told = grouped(rows, [*(f"cell_{split}" for split in splits), *sorted(days)], totals)
    return [group_of(row, measures, delays, splits) for row in told]


def grouped(rows: Rows, by: list[str], totals: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """One row for each value of `by`, or one in all, with these totals."""
    return rows.values(*by).annotate(**totals) if by else [rows.aggregate(**totals)]


def group_of(row: Mapping[str, Any], measures: list[Measure], delays: list[Delay], splits: tuple[str, ...]) -> Group:
    """A delay below zero (written in another order) is not one."""
    days = {one.id: (row[one.start], row[one.end]) for one in delays}
    return Group(
        {split: key_of(row[f"cell_{split}"]) for split in splits},
        row["times"],
        clean(row, measures),
        {name: (end - start).days for name, (start, end) in days.items() if start and end and start <= end},
    )


def different(scope: Scope, split: str | None) -> dict[str, dict[str, Value]]:
    """Cell → the figures that count different people: asked anew for each split, since no sum gives them."""
    cells: dict[str, dict[str, Value]] = defaultdict(dict)
    for one in DIFFERENT.values():
        rows = scope.rows(one.source)
        if split:
            rows = split_by(rows, one.source, split, scope.period)
        for row in grouped(rows, [f"cell_{split}"] if split else [], {one.id: one.total}):
            if row[one.id]:
                cells[key_of(row[f"cell_{split}"]) if split else ""][one.id] = row[one.id]
    return cells


# ---------------------------------------------------------------- values


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


def median(days: Mapping[int, int]) -> Median:
    """The length that half of them do not pass; the lower of two middles."""
    count = sum(days.values())
    passed = 0
    for length in sorted(days):
        passed += days[length]
        if passed * 2 >= count:
            return Median(length, count)
    return Median(None, 0)
