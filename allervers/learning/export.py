"""Figures that leave: the few are hidden (see `suppression`), and what each figure counts goes with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from allervers.base import clock
from allervers.learning.definitions import Definition, Unit
from allervers.learning.figures import Figures, Row
from allervers.learning.periods import in_french
from allervers.learning.scope import SPLITS
from allervers.learning.suppression import HIDDEN, hidden_rows, is_few

Cell = int | Decimal | str | None
FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what starts so
LEGEND: Final = (
    f"« {HIDDEN} » : de 1 à 4, ou un nombre masqué pour que le petit d'à côté ne puisse pas être retrouvé par "
    "soustraction. Zéro est écrit zéro."
)


@dataclass(frozen=True)
class PublishedRow:
    """A row as it may leave: each figure's value, or `HIDDEN`, or None where there is nothing to say."""

    label: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Published:
    """Figures as they may leave."""

    columns: tuple[Definition, ...]
    rows: tuple[PublishedRow, ...]
    total: PublishedRow


def published(found: Figures) -> Published:
    """The same figures with the few hidden, and enough neighbours that nobody can work them out."""
    masks = {one.id: mask_of(one, found) for one in found.shown if not one.sum_of}
    for one in found.shown:
        if one.sum_of:  # shown only where all its parts are: it then adds nothing to what is known
            masks[one.id] = set().union(*(masks[part] for part in one.sum_of))
    rows = tuple(row_of(row, place, found, masks) for place, row in enumerate(found.rows))
    return Published(found.shown, rows, row_of(found.total, TOTAL, found, masks))


TOTAL: Final = -1


def mask_of(one: Definition, found: Figures) -> set[int]:
    """The places of a column to hide; `TOTAL` stands for its total."""
    if not one.about_people:
        return set()
    counts = [row.counted(one.id) for row in found.rows]
    total = {TOTAL} if is_few(found.total.counted(one.id)) else set()
    if one.unit == Unit.DAYS:
        return total | {place for place, count in enumerate(counts) if is_few(count)}
    return total | hidden_rows(counts)


def row_of(row: Row, place: int, found: Figures, masks: Mapping[str, set[int]]) -> PublishedRow:
    cells = {one.id: HIDDEN if place in masks[one.id] else row[one.id] for one in found.shown}
    return PublishedRow(row.label, cells)


def export_csv(found: Figures) -> str:
    """The figures as CSV for a French spreadsheet (semicolons, decimal commas), the few hidden, definitions below."""
    table = published(found)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([f"Chiffres {found.period.label}"])
    writer.writerow([f"Sortis le {in_french(clock.today())}. {LEGEND}"])
    writer.writerow([])
    writer.writerow([SPLITS.get(found.split or "", ""), *(heading(one) for one in table.columns)])
    for row in (*table.rows, table.total):
        writer.writerow([safe(row.label), *(written(row.cells[one.id]) for one in table.columns)])
    writer.writerow([])
    writer.writerow(["Ce que chaque chiffre compte"])
    writer.writerows([heading(one), one.says, ", ".join(one.tables)] for one in table.columns)
    return text.getvalue()


def heading(one: Definition) -> str:
    """The name of a column, with its unit."""
    unit = {Unit.MINUTES: " (minutes)", Unit.DAYS: " (jours)"}.get(one.unit, "")
    return f"{one.label}{unit}"


def written(cell: Cell) -> str:
    """A cell as a French spreadsheet reads it."""
    if cell is None:
        return ""
    return str(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def safe(label: str) -> str:
    """A label that no spreadsheet takes for a formula."""
    return f"'{label}" if label.startswith(FORMULAS) else label
