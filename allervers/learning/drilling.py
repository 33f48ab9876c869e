"""The facts behind a figure, for those allowed: the same rows, one by one.

Nobody is named beyond what the door lets through: names come from `people.access` for those who may open them, and the
coordination sees days and places, never a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, F, Min, UUIDField, Value
from django.db.models.expressions import Combinable

from allervers.accompaniment.choices import EventKind
from allervers.accompaniment.rights import name_of
from allervers.accounts.rules import may, require
from allervers.base import clock
from allervers.base.errors import Refused
from allervers.encounters.models import Contact, Outcome
from allervers.learning import labels
from allervers.learning.definitions import BY_ID, Definition
from allervers.learning.measures import DELAYS, MEASURES, Delay, Measure
from allervers.learning.periods import Period
from allervers.learning.scope import Scope, cell_of
from allervers.learning.sources import Rows, Source
from allervers.outreach.models import OutingKind
from allervers.people import access

if TYPE_CHECKING:
    from allervers.accounts.models import Agent, Team
    from allervers.outreach.models import Outing
    from allervers.territory.models import Area

PAGE: Final = 50


@dataclass(frozen=True)
class Line:
    """One fact: its day, what it is, where, what it adds to the figure, and whose it is when the agent may know."""

    id: UUID
    day: date
    says: str
    area: str
    weight: int | Decimal
    outing: UUID | None = None
    person: UUID | None = None
    name: str = ""


@dataclass(frozen=True)
class Behind:
    """The facts behind a figure: how many, what they add up to, and a page of them, latest first."""

    definition: Definition
    scope: Scope
    count: int
    weight: int | Decimal
    lines: list[Line]


@transaction.atomic
def facts_behind(
    figure: str,
    *,
    period: Period,
    split: str | None = None,
    key: str = "",
    area: Area | None = None,
    outing: Outing | None = None,
    team: Team | None = None,
    start: int = 0,
    size: int = PAGE,
    by: Agent,
) -> Behind:
    """The facts behind a figure, or behind its cell `key` of a split; `size` lines from `start`. Raises Refused."""
    require(by, "drill_figures")
    definition = BY_ID.get(figure)
    if definition is None:
        raise Refused(
            "unknown-figure", why="Ce chiffre n'existe pas.", remedy="Choisissez-le dans la page des chiffres."
        )
    scope = Scope(period, area, outing, team)
    count, weight = 0, nothing()
    told: list[dict[str, Any]] = []
    for part in definition.sum_of or (figure,):
        source, rows = rows_of(part, scope)
        if split:
            rows = of_cell(rows, source, split, key, period)
        many, added = totals(part, rows)
        told += page_of(part, source, rows, max(0, start - count), size - len(told))
        count, weight = count + many, weight + added
    return Behind(definition, scope, count, weight, dressed(told, by))


def nothing() -> int | Decimal:
    return 0


def rows_of(part: str, scope: Scope) -> tuple[Source, Rows]:
    """The rows that add something to one measure or delay."""
    if part in DELAYS:
        delay = DELAYS[part]
        return delay.source, scope.rows(delay.source).filter(**{f"{delay.start}__lte": F(delay.end)})
    measure = MEASURES[part]
    rows = scope.rows(measure.source).filter(measure.kept)
    return measure.source, rows.exclude(**{measure.weight: 0}) if measure.weight else rows


def of_cell(rows: Rows, source: Source, split: str, key: str, period: Period) -> Rows:
    """The rows of one cell of a split."""
    cell: Combinable | None = cell_of(source, split, period)
    if cell is None:
        return rows.none() if key else rows
    found: Rows = rows.annotate(cell=cell)
    if not key:
        return found.filter(cell__isnull=True)
    wanted = as_key(split, key)
    return rows.none() if wanted is None else found.filter(cell=wanted)


def as_key(split: str, key: str) -> UUID | int | str | None:
    """The key of a cell as its rows hold it: a place in the period, a right, a record; None when it is none."""
    if split in ("week", "month"):
        return int(key) if key.isdecimal() and len(key) < 6 else None
    if split == "right":
        return key
    try:
        return UUID(key)
    except ValueError:
        return None


def totals(part: str, rows: Rows) -> tuple[int, int | Decimal]:
    """How many facts, and what they add up to (for a delay, how many)."""
    if part in DELAYS:
        count = rows.count()
        return count, count
    measure = MEASURES[part]
    if measure.different:
        count = rows.values(measure.different).distinct().count()
        return count, count
    count = rows.count()
    if not measure.weight:
        return count, count
    weight = rows.aggregate(weight=measure.total)["weight"] or 0
    return count, Decimal(str(weight)).quantize(Decimal("0.01")) if BY_ID[part].unit == "euros" else int(weight)


# ---------------------------------------------------------------- lines


def page_of(part: str, source: Source, rows: Rows, start: int, size: int) -> list[dict[str, Any]]:
    """Some rows, latest first, with what a line needs."""
    if size <= 0:
        return []
    told = {
        "day": F(source.day),
        "where": source.commune,
        "outing_key": F(source.outing) if source.outing else Value(None, UUIDField()),
        "whose": F(source.person) if source.person else Value(None, UUIDField()),
        "right_id": F(source.right) if source.right else Value("", CharField()),
    }
    one = MEASURES.get(part)
    if one and one.different:
        rows = rows.filter(pk__in=rows.order_by().values(one.different).annotate(first=Min("pk")).values("first"))
    extra = EXTRA.get(source_name(part), ())
    fields = [*told_fields(one, DELAYS.get(part)), *extra]
    found = rows.annotate(**{f"told_{name}": value for name, value in told.items()}).order_by("-told_day", "pk")
    names = [f"told_{name}" for name in told]
    return [{**row, "part": part} for row in found.values("pk", *names, *fields)[start : start + size]]


def told_fields(measure: Measure | None, delay: Delay | None) -> list[str]:
    if delay:
        return [delay.start, delay.end]
    return [measure.weight] if measure and measure.weight else []


def source_name(part: str) -> str:
    return (DELAYS.get(part) or MEASURES[part]).source_name


def dressed(rows: list[dict[str, Any]], by: Agent) -> list[Line]:
    """Rows as lines, with the names the agent may see, asked once."""
    areas = labels.areas({str(row["told_where"]) for row in rows if row["told_where"]})
    named: Mapping[UUID, str] = {}
    if may(by, "open_person"):
        named = access.names([row["told_whose"] for row in rows if row["told_whose"]], by=by, purpose="record")
    return [line_of(row, areas, named) for row in rows]


def line_of(row: Mapping[str, Any], areas: Mapping[str, str], named: Mapping[UUID, str]) -> Line:
    whose = row["told_whose"] if row["told_whose"] in named else None
    return Line(
        id=row["pk"],
        day=as_day(row["told_day"]),
        says=says(row),
        area=areas.get(str(row["told_where"]), labels.UNSAID["area"]),
        weight=weight_of(row),
        outing=row["told_outing_key"],
        person=whose,
        name=named[whose] if whose else "",
    )


def as_day(day: date | datetime) -> date:
    return day.astimezone(clock.PARIS).date() if isinstance(day, datetime) else day


def weight_of(row: Mapping[str, Any]) -> int | Decimal:
    if row["part"] in DELAYS:
        delay = DELAYS[row["part"]]
        return int((row[delay.end] - row[delay.start]).days)
    measure = MEASURES[row["part"]]
    return row[measure.weight] if measure.weight else 1


EXTRA: Final[dict[str, tuple[str, ...]]] = {
    "outings": ("kind",),
    "encounters": ("how", "outcome", "anonymous_count"),
    "decisions": ("kind",),
    "found": ("certainty",),
}


def says(row: Mapping[str, Any]) -> str:
    """What the fact is, in French, without a word of anybody's."""
    if "how" in row:
        parts: Iterable[str] = (str(Contact(row["how"]).label), str(Outcome(row["outcome"]).label))
        return "Rencontre : " + ", ".join(parts)
    if row["part"] in ("outings", "presence"):
        return f"Sortie : {OutingKind(row['kind']).label}"
    if row["told_right_id"]:
        what = str(EventKind(row["kind"]).label) if "kind" in row else BY_ID[row["part"]].label
        return f"{name_of(row['told_right_id'])} : {what.lower()}"
    return BY_ID[row["part"]].label
