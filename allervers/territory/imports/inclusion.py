"""data·inclusion: a directory of structures (our partners) and of services, as JSON or CSV.

Source: data·inclusion schema 1.0 (Licence Ouverte 2.0). An id is `source--local_id`; a file of the older schema, where
the id is local, is read too. A row older than what is known changes nothing, so that a correction made here stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from allervers.base import clock
from allervers.base.errors import Refused
from allervers.territory import rules
from allervers.territory.imports.cells import day, number, text, texts
from allervers.territory.imports.outcome import Fate, Fault, Scope
from allervers.territory.imports.tables import Row, Table, another_file
from allervers.territory.models import Area, Partner, Service, Source

M = TypeVar("M", Partner, Service)
TITLE: Final = "data·inclusion"


@dataclass(frozen=True)
class Found:
    """A good row: its id, the day it was updated, what it says by field of our model."""

    line: int
    external_id: str
    updated_on: date
    fields: dict[str, Any]


class Directory(Generic[M]):
    """A file of the directory, being read: what structures and services have in common."""

    model: type[M]
    title: ClassVar[str]
    within: ClassVar[tuple[str, ...]]
    required: ClassVar[tuple[str, ...]]
    read: ClassVar[tuple[str, ...]]
    looks_like: ClassVar[str]

    def __init__(self, table: Table, scope: Scope, *, vintage: int | None = None) -> None:
        self.table, self.scope = table, scope
        self._refuse_another_kind()
        self.areas = dict(Area.objects.order_by().values_list("code", "pk"))
        self.seen: dict[str, int] = {}

    def resume(self, seen: dict[str, int]) -> None:
        """Go on after rows already read."""
        self.seen = seen

    @property
    def used_columns(self) -> list[str]:
        return [name for name in (*self.required, *self.read) if name in self.table.columns]

    def begin(self, *, write: bool) -> None:
        """Nothing to prepare."""

    def is_outside(self, row: Row) -> bool:
        """Whether the row was not asked for. Without a commune, only a file asked for whole keeps it."""
        if self.scope.is_everything or row.fault:
            return False
        code = text(row.values.get("code_insee")).upper()
        return not rules.is_commune(code) or self.scope.leaves_out(code, self.areas)

    def check(self, row: Row) -> tuple[Found | None, list[Fault]]:
        """What the row says, or every fault in it."""
        if row.fault:
            return None, [Fault(row.line, "", row.fault)]
        faults = [
            Fault(row.line, name, "une valeur est attendue") for name in self.required if not text(row.values.get(name))
        ]
        cells = Cells(row, faults)
        external_id = self._external_id(cells)
        updated_on = cells.read("date_maj", day, "une date est attendue (2026-04-27)")
        if updated_on and updated_on > clock.today():
            faults.append(Fault(row.line, "date_maj", "une date passée est attendue", updated_on))
        fields = self.fields(cells)
        if faults or updated_on is None:
            return None, faults
        self.seen[external_id] = row.line
        return Found(row.line, external_id, updated_on, fields), []

    def fields(self, cells: Cells) -> dict[str, Any]:
        """What the row says, by field of the model; its faults go to `cells`."""
        raise NotImplementedError

    def shown(self, found: Found) -> dict[str, str]:
        """The row as a preview shows it."""
        return {"id": found.external_id, "nom": found.fields["name"], "mis à jour": found.updated_on.isoformat()}

    def settle(self, rows: Sequence[Found], *, write: bool) -> list[Fate]:
        """What each row does to what is known; done when `write`. One query to read, two at most to write."""
        ids = [found.external_id for found in rows]
        known = {row.external_id: row for row in self.model._default_manager.filter(external_id__in=ids)}
        fates: list[Fate] = []
        new: list[M] = []
        changed: list[M] = []
        for found in rows:
            kept = known.get(found.external_id)
            if kept is None:
                new.append(self.model(external_id=found.external_id, updated_on=found.updated_on, **found.fields))
                fates.append(Fate.CREATED)
            elif self._differs(kept, found):
                changed.append(kept)
                fates.append(Fate.CHANGED)
            else:
                fates.append(Fate.UNCHANGED)
        if write:
            self._save(new, changed, list(rows[0].fields) if rows else [])
        return fates

    def _save(self, new: list[M], changed: list[M], fields: list[str]) -> None:
        self.model._default_manager.bulk_create(new)
        self.model._default_manager.bulk_update(changed, [*fields, "updated_on"], batch_size=200)

    def _differs(self, kept: M, found: Found) -> bool:
        """Take what the row says when it is as recent as what is known; whether that changes anything."""
        if kept.updated_on and kept.updated_on > found.updated_on:
            return False
        told = {**found.fields, "updated_on": found.updated_on}
        if all(getattr(kept, name) == value for name, value in told.items()):
            return False
        for name, value in told.items():
            setattr(kept, name, value)
        return True

    def _external_id(self, cells: Cells) -> str:
        found = full_id(cells.row.values.get("source"), cells.row.values.get("id"))
        if found in self.seen:
            already = f"un identifiant une seule fois dans le fichier est attendu (déjà ligne {self.seen[found]})"
            cells.faults.append(Fault(cells.row.line, "id", already, found))
        if len(found) > 160:
            cells.faults.append(
                Fault(cells.row.line, "id", "un identifiant de 160 caractères au plus est attendu", found)
            )
        return found

    def _refuse_another_kind(self) -> None:
        missing = [name for name in self.required if name not in self.table.columns]
        if missing:
            raise Refused(
                "not-this-file",
                why=f"Il manque des colonnes : {', '.join(missing)}. {self.looks_like}",
                remedy=another_file(self.table),
            )


@dataclass
class Cells:
    """The cells of a row, read one by one; what is wrong goes to `faults`."""

    row: Row
    faults: list[Fault]

    def read(self, column: str, reader: Callable[[Any], Any], expected: str) -> Any:
        """The cell, read; None and a fault when it cannot be."""
        try:
            return reader(self.row.values.get(column))
        except (ValueError, ValidationError):
            self.faults.append(Fault(self.row.line, column, expected, self.row.values.get(column)))
            return None

    def text(self, column: str, longest: int) -> str:
        found = text(self.row.values.get(column))
        if len(found) > longest:
            self.faults.append(Fault(self.row.line, column, f"{longest} caractères au plus sont attendus", found))
        return found

    def degrees(self, column: str, most: int) -> float | None:
        value = self.read(column, number_of_degrees, f"un nombre de degrés de -{most} à {most} est attendu")
        if value is not None and not -most <= value <= most:
            expected = f"un nombre de degrés de -{most} à {most} est attendu"
            self.faults.append(Fault(self.row.line, column, expected, value))
        return value if value is None else float(value)


class Structures(Directory[Partner]):
    """Structures: our partners."""

    model = Partner
    title = "data·inclusion : structures"
    within = ("structures",)
    required = ("source", "id", "nom", "date_maj")
    read = (
        "code_insee", "commune", "code_postal", "adresse", "complement_adresse", "latitude", "longitude", "telephone",
        "courriel", "site_web", "horaires_accueil", "reseaux_porteurs",
    )  # fmt: skip
    looks_like = "Un fichier de structures a au moins : source, id, nom, date_maj."
    source: Source | None = None

    def begin(self, *, write: bool) -> None:
        """Cite the directory, before its rows are written."""
        cited = Source.objects.filter(title=TITLE, reference_period="au fil de l'eau").first()
        if write and (cited is None or cited.sha256 != self.table.sha256):
            cited = cited or Source(
                title=TITLE, reference_period="au fil de l'eau", publisher="Plateforme de l'inclusion"
            )
            cited.licence, cited.sha256, cited.retrieved_on = "Licence Ouverte 2.0", self.table.sha256, clock.today()
            cited.checked()
        self.source = cited

    def fields(self, cells: Cells) -> dict[str, Any]:
        latitude, longitude = cells.degrees("latitude", 90), cells.degrees("longitude", 180)
        if (latitude is None) != (longitude is None):
            latitude = longitude = None  # half a point places nothing
        networks = cells.read("reseaux_porteurs", texts, "une liste est attendue") or []
        return {
            "name": cells.text("nom", 200),
            "network": ", ".join(networks)[:240],
            "area_id": self._area(cells),
            "address": _address(cells.row)[:240],
            "latitude": latitude,
            "longitude": longitude,
            "phone": cells.text("telephone", 40),
            "email": cells.read("courriel", email, "une adresse de courriel est attendue"),
            "website": cells.read("site_web", website, "une adresse de site est attendue (https://…)"),
            "opening_hours": cells.text("horaires_accueil", 1000),
            "source_id": self.source.pk if self.source else None,
        }

    def _area(self, cells: Cells) -> UUID | None:
        code = text(cells.row.values.get("code_insee")).upper()
        if code and not rules.is_commune(code):
            expected = "un code INSEE de commune (5 caractères) est attendu, pas un code postal"
            cells.faults.append(Fault(cells.row.line, "code_insee", expected, code))
        return self.areas.get(code)


class Services(Directory[Service]):
    """Services, each of a structure already imported."""

    model = Service
    title = "data·inclusion : services"
    within = ("services",)
    required = ("source", "structure_id", "id", "nom", "date_maj")
    read = ("description", "thematiques", "publics", "conditions_acces", "zone_eligibilite", "code_insee")
    looks_like = "Un fichier de services a au moins : source, structure_id, id, nom, date_maj."

    def __init__(self, table: Table, scope: Scope, *, vintage: int | None = None) -> None:
        super().__init__(table, scope, vintage=vintage)
        known = Partner.objects.filter(external_id__isnull=False).order_by()
        self.partners = dict(known.values_list("external_id", "pk"))

    def is_outside(self, row: Row) -> bool:
        """Whether its structure was not asked for: with a scope, only the services of structures known are kept."""
        if self.scope.is_everything or row.fault:
            return False
        return full_id(row.values.get("source"), row.values.get("structure_id")) not in self.partners

    def fields(self, cells: Cells) -> dict[str, Any]:
        structure = full_id(cells.row.values.get("source"), cells.row.values.get("structure_id"))
        if structure not in self.partners:
            expected = "une structure connue est attendue : importez d'abord le fichier des structures"
            cells.faults.append(Fault(cells.row.line, "structure_id", expected, structure))
        expected = "une liste est attendue"
        return {
            "partner_id": self.partners.get(structure),
            "name": cells.text("nom", 200),
            "description": text(cells.row.values.get("description")),
            "themes": cells.read("thematiques", texts, expected) or [],
            "publics": cells.read("publics", texts, expected) or [],
            "conditions": text(cells.row.values.get("conditions_acces")),
            "eligible_codes": cells.read("zone_eligibilite", texts, expected) or [],
        }


def full_id(source: Any, id: Any) -> str:
    """`source--local_id`, whichever schema the file follows."""
    origin, local = text(source), text(id)
    return local if local.startswith(f"{origin}--") else f"{origin}--{local}"


def number_of_degrees(cell: Any) -> float | None:
    """Degrees, with all their digits; None when empty. Raises ValueError."""
    return None if number(cell) is None else float(text(cell).replace(",", "."))


def email(cell: Any) -> str:
    """An e-mail address or nothing. Raises ValidationError."""
    found = text(cell)
    if found:
        validate_email(found)
    return found


def website(cell: Any) -> str:
    """An address of the web or nothing; https is supplied where it is left out. Raises ValidationError."""
    found = text(cell)
    if found and "://" not in found:
        found = f"https://{found}"
    if found:
        URLValidator(schemes=["http", "https"])(found)
        if len(found) > 400:
            raise ValidationError("too long")
    return found


def _address(row: Row) -> str:
    street = [text(row.values.get(name)) for name in ("adresse", "complement_adresse")]
    town = " ".join(filter(None, [text(row.values.get("code_postal")), text(row.values.get("commune"))]))
    return ", ".join(filter(None, [*street, town]))
