"""INSEE's Filosofi: incomes and poverty by commune or by IRIS, with columns as INSEE names them, whatever the year.

Sources: INSEE, Fichier localisé social et fiscal, files by commune (CODGEO, LIBGEO, MED16…) and by IRIS (IRIS, LIBIRIS,
COM, LIBCOM, DISP_TP6017…). Licence Ouverte 2.0.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from allervers.base import clock
from allervers.base.errors import Refused
from allervers.territory import rules
from allervers.territory.imports import pouring
from allervers.territory.imports.cells import number, text
from allervers.territory.imports.outcome import Fate, Fault, Scope
from allervers.territory.imports.tables import Row, Table, another_file
from allervers.territory.indicators import INDICATORS, Indicator
from allervers.territory.models import Area, AreaKind, Figure, Source

CODE: Final = ("CODGEO", "IRIS", "CODE_IRIS", "CODE", "COM")
NAME: Final = ("LIBGEO", "LIBIRIS", "LIB_IRIS", "LIBCOM")
COMMUNE_NAME: Final = "LIBCOM"
COLUMN: Final = re.compile(r"(?:DISP_)?([A-Z][A-Z0-9]*?)(\d{2})")  # MED16, TP60AGE116, DISP_TP6017: name, then the year
OWNERS: Final = {column: indicator for indicator in INDICATORS.values() for column in indicator.columns}
TITLES: Final = {AreaKind.COMMUNE: "Filosofi", AreaKind.IRIS: "Filosofi par quartier (IRIS)"}
AREA: Final = ("id", "code", "kind", "name", "commune_id", "vintage")
FIGURE: Final = ("id", "area_id", "indicator", "value", "source_id")
Known = dict[tuple[UUID, str], tuple[UUID, Decimal | None]]  # (area, indicator) → the figure's key and its value
Told = tuple[UUID, str, Decimal | None]  # area, indicator, value


@dataclass(frozen=True)
class Found:
    """A good row: the area, and its figures by indicator (None: not published)."""

    line: int
    code: str
    name: str
    commune_name: str
    figures: dict[str, Decimal | None]


class Filosofi:
    """One file of Filosofi, being read. `year` is that of the incomes, `vintage` that of the geography."""

    title = "INSEE Filosofi : revenus et pauvreté par commune ou par IRIS"
    within: tuple[str, ...] = ()

    def __init__(self, table: Table, scope: Scope, *, vintage: int | None = None) -> None:
        self.table, self.scope = table, scope
        self.code_column = _one_of(CODE, table.columns) or ""
        self.name_column = _one_of(NAME, table.columns) or ""
        self.columns, self.year = _columns(table.columns)
        self._refuse_another_kind()
        self.vintage = vintage or self.year
        self.known = dict(Area.objects.order_by().values_list("code", "pk"))
        self.known_before = frozenset(self.known)
        self.seen: dict[str, int] = {}
        self.keys = pouring.keys_in_order()
        self.source: Source | None = None

    def resume(self, seen: dict[str, int]) -> None:
        """Go on after rows already read, whose communes count as known."""
        self.seen = seen
        for code in seen:
            self.known.setdefault(code[:5], next(self.keys))
            self.known.setdefault(code, next(self.keys))

    @property
    def used_columns(self) -> list[str]:
        also = [self.code_column, self.name_column, COMMUNE_NAME if COMMUNE_NAME in self.table.columns else ""]
        return list(dict.fromkeys([*filter(None, also), *self.columns]))

    def is_outside(self, row: Row) -> bool:
        """Whether the row was not asked for; a code that is no code is never outside, so that its fault shows."""
        code = self.code_of(row)
        return bool(rules.is_commune(code) or rules.is_iris(code)) and self.scope.leaves_out(code, self.known_before)

    def code_of(self, row: Row) -> str:
        return text(row.values.get(self.code_column)).upper()

    def check(self, row: Row) -> tuple[Found | None, list[Fault]]:
        """What the row says, or every fault in it."""
        if row.fault:
            return None, [Fault(row.line, "", row.fault)]
        code = self.code_of(row)
        faults = [*self._faults_of_code(row, code), *self._faults_of_name(row)]
        figures: dict[str, Decimal | None] = {}
        for column, indicator in self.columns.items():
            try:
                figures[indicator.code] = number(row.values.get(column))
            except ValueError:
                faults.append(_not_a_number(row, column, indicator))
                continue
            faults += _faults_of_value(row, column, indicator, figures[indicator.code])
        if faults:
            return None, faults
        self.seen[code] = row.line
        commune_name = text(row.values.get(COMMUNE_NAME))
        return Found(row.line, code, text(row.values.get(self.name_column)), commune_name, figures), []

    def shown(self, found: Found) -> dict[str, str]:
        """The row as a preview shows it."""
        figures = [(INDICATORS[code], value) for code, value in found.figures.items()]
        first = {indicator.label: indicator.written(value) for indicator, value in figures if indicator.shown_first}
        return {"code": found.code, "nom": found.name, **first}

    def begin(self, *, write: bool) -> None:
        """Cite the publication, before its figures are written."""
        kind = AreaKind.IRIS if self.code_column in ("IRIS", "CODE_IRIS") else AreaKind.COMMUNE
        cited = Source.objects.filter(title=TITLES[kind], reference_period=str(self.year)).first()
        if write and (cited is None or cited.sha256 != self.table.sha256):
            cited = cited or Source(title=TITLES[kind], publisher="INSEE", reference_period=str(self.year))
            cited.licence, cited.sha256 = cited.licence or "Licence Ouverte 2.0", self.table.sha256
            cited.retrieved_on = clock.today()
            cited.checked()
        self.source = cited

    def settle(self, rows: Sequence[Found], *, write: bool) -> list[Fate]:
        """What each row does to what is known; done when `write`. Two queries to read, four at most to write."""
        areas = {area.code: area for area in Area.objects.filter(code__in=[found.code for found in rows])}
        figures = self._figures_of(area.pk for area in areas.values())
        fates: list[Fate] = []
        new_areas: list[Area] = []
        renamed: list[Area] = []
        new: list[Told] = []
        changed: list[tuple[UUID, Decimal | None]] = []
        for found in rows:
            area = areas.get(found.code)
            is_new = area is None
            if area is None:
                area = self._new_area(found, new_areas)
            was_renamed = not is_new and self._rename(area, found)
            if was_renamed:
                renamed.append(area)
            fresh, other = _new_and_changed(area.pk, found, figures)
            new += fresh
            changed += other
            fates.append(_fate(is_new, bool(was_renamed or fresh or other)))
        if write:
            self._save(new_areas, renamed, new, changed)
        return fates

    def _save(
        self,
        areas: list[Area],
        renamed: list[Area],
        new: list[Told],
        changed: list[tuple[UUID, Decimal | None]],
    ) -> None:
        assert self.source is not None  # `begin` cited it
        source = self.source.pk
        for kind in (AreaKind.COMMUNE, AreaKind.IRIS):
            pouring.insert(Area, AREA, [_area_row(area) for area in areas if area.kind == kind])
        Area.objects.bulk_update(renamed, ["name", "vintage"], batch_size=500)
        pouring.insert(Figure, FIGURE, [(next(self.keys), *told, source) for told in new])
        pouring.update(Figure, "value", ((value, pk) for pk, value in changed))

    def _figures_of(self, areas: Iterable[UUID]) -> Known:
        if self.source is None:
            return {}
        known = Figure.objects.filter(source=self.source, area__in=list(areas)).order_by()
        rows = known.values_list("area_id", "indicator", "pk", "value")
        return {(area, indicator): (pk, value) for area, indicator, pk, value in rows}

    def _new_area(self, found: Found, new_areas: list[Area]) -> Area:
        commune = None
        if rules.is_iris(found.code):
            commune_code = found.code[:5]
            if commune_code not in self.known:
                new_areas.append(self._area(commune_code, found.commune_name, None))
            commune = self.known[commune_code]
        area = self._area(found.code, found.name, commune)
        new_areas.append(area)
        return area

    def _area(self, code: str, name: str, commune: UUID | None) -> Area:
        kind = AreaKind.IRIS if commune else AreaKind.COMMUNE
        area = Area(pk=next(self.keys), code=code, kind=kind, name=name, commune_id=commune, vintage=self.vintage)
        self.known[code] = area.pk
        return area

    def _rename(self, area: Area, found: Found) -> bool:
        """Take the name of a later geography, never of an earlier one."""
        if self.vintage <= area.vintage or area.name == found.name:
            return False
        area.name, area.vintage = found.name, self.vintage
        return True

    def _faults_of_code(self, row: Row, code: str) -> list[Fault]:
        if not (rules.is_commune(code) or rules.is_iris(code)):
            return [Fault(row.line, self.code_column, _expected_code(code), code)]
        if code in self.seen:
            first = f"un code une seule fois dans le fichier est attendu (déjà ligne {self.seen[code]})"
            return [Fault(row.line, self.code_column, first, code)]
        if rules.is_iris(code) and code[:5] not in self.known and not text(row.values.get(COMMUNE_NAME)):
            first = f"la commune {code[:5]} est attendue d'abord : importez le fichier des communes"
            return [Fault(row.line, self.code_column, first, code)]
        return []

    def _faults_of_name(self, row: Row) -> list[Fault]:
        name = text(row.values.get(self.name_column))
        if name and len(name) <= 120:
            return []
        return [Fault(row.line, self.name_column, "un nom de 1 à 120 caractères est attendu", name)]

    def _refuse_another_kind(self) -> None:
        missing = [
            said
            for said, there in (
                (f"un code ({', '.join(CODE[:2])})", self.code_column),
                (f"un nom ({', '.join(NAME[:2])})", self.name_column),
                ("au moins une colonne de chiffres (MED16, TP6016, DISP_TP6017…)", self.columns),
            )
            if not there
        ]
        if missing:
            raise Refused(
                "not-this-file",
                why=f"Ce fichier n'est pas un fichier Filosofi : il manque {' ; '.join(missing)}.",
                remedy=another_file(self.table),
            )


def _new_and_changed(area: UUID, found: Found, known: Known) -> tuple[list[Told], list[tuple[UUID, Decimal | None]]]:
    """The figures not known yet, and those known otherwise (by key)."""
    new: list[Told] = []
    changed = []
    for indicator, value in found.figures.items():
        pk, before = known.get((area, indicator), (None, None))
        if pk is None:
            new.append((area, indicator, value))
        elif before != value:
            changed.append((pk, value))
    return new, changed


def _area_row(area: Area) -> tuple[object, ...]:
    return area.pk, area.code, str(area.kind), area.name, area.commune_id, area.vintage


def _one_of(names: Sequence[str], columns: Collection[str]) -> str | None:
    return next((name for name in names if name in columns), None)


def _columns(columns: Sequence[str]) -> tuple[dict[str, Indicator], int]:
    """The columns that hold a known indicator, and the year of the incomes; (nothing, 0) when there is none."""
    matches = [(column, match) for column in columns if (match := COLUMN.fullmatch(column))]
    known = [(column, match[1], 2000 + int(match[2])) for column, match in matches if match[1] in OWNERS]
    if not known:
        return {}, 0
    years = Counter(year for _, _, year in known)
    if len(years) > 1:
        raise Refused(
            "several-years",
            why=f"Ce fichier mêle plusieurs années : {', '.join(map(str, sorted(years)))}.",
            remedy="Importez un fichier par année.",
        )
    return {column: OWNERS[name] for column, name, _ in known}, next(iter(years))


def _expected_code(code: str) -> str:
    if re.fullmatch(r"\d{4}|\d{8}", code):
        return "un code INSEE est attendu ; le zéro de tête s'est perdu, sans doute dans un tableur"
    return "un code INSEE de commune (5 caractères) ou d'IRIS (9) est attendu"


def _not_a_number(row: Row, column: str, indicator: Indicator) -> Fault:
    return Fault(row.line, column, f"un nombre est attendu ({indicator.unit}), ou rien", row.values.get(column))


def _faults_of_value(row: Row, column: str, indicator: Indicator, value: Decimal | None) -> list[Fault]:
    if value is None or indicator.lowest <= value <= indicator.highest:
        return []
    expected = f"un nombre de {indicator.lowest} à {indicator.highest} est attendu ({indicator.unit})"
    return [Fault(row.line, column, expected, row.values.get(column))]


def _fate(is_new: bool, differs: bool) -> Fate:
    return Fate.CREATED if is_new else Fate.CHANGED if differs else Fate.UNCHANGED
