"""Write down areas, their sourced figures, the places where people go, the partners and what they offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.errors import Conflict, Refused
from allervers.base.models import Record
from allervers.base.ops import op
from allervers.territory import rules
from allervers.territory.indicators import INDICATORS
from allervers.territory.models import Area, Figure, Partner, Place, Service, Source

if TYPE_CHECKING:
    from allervers.accounts.models import Agent

R = TypeVar("R", bound=Record)


@op
def add_area(
    *,
    code: str,
    name: str,
    vintage: int,
    commune: Area | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
    outline: dict[str, Any] | None = None,
    by: Agent,
) -> Area:
    """Add a commune (INSEE code of 5 characters) or an IRIS (9). The same code again: nothing more, or Conflict."""
    require(by, "change_territory")
    code = code.strip().upper()
    told = {
        "code": code, "name": name.strip(), "vintage": vintage, "commune": commune,
        "latitude": latitude, "longitude": longitude, "outline": outline,
    }  # fmt: skip
    kind = rules.kind_of(code, commune)
    rules.refuse_half_a_point(latitude, longitude)
    known = Area.objects.filter(code=code).first()
    return _add(known, Area(kind=kind, **told), told, by=by, code=code)


@op
def correct_area(
    *,
    area: Area,
    name: str,
    latitude: float | None = None,
    longitude: float | None = None,
    outline: dict[str, Any] | None = None,
    by: Agent,
) -> Area:
    """Correct the name of an area, or where it is drawn; its code never changes."""
    rules.refuse_half_a_point(latitude, longitude)
    told = {"name": name.strip(), "latitude": latitude, "longitude": longitude, "outline": outline}
    return _correct(area, told, by=by)


@op
def cite_source(
    *,
    title: str,
    publisher: str,
    reference_period: str,
    retrieved_on: date,
    address: str = "",
    licence: str = "",
    sha256: str = "",
    by: Agent,
) -> Source:
    """Cite a publication, once for each period observed. Told differently: Conflict."""
    require(by, "change_territory")
    told = {
        "title": title.strip(), "publisher": publisher.strip(), "reference_period": reference_period.strip(),
        "retrieved_on": retrieved_on, "address": address, "licence": licence, "sha256": sha256,
    }  # fmt: skip
    if retrieved_on > clock.today():
        raise Refused(
            "in-the-future", why="Cette source serait reçue dans le futur.", remedy="Vérifiez la date de réception."
        )
    known = Source.objects.filter(title=told["title"], reference_period=told["reference_period"]).first()
    return _add(known, Source(**told), told, by=by)


@op
def record_figure(*, area: Area, indicator: str, value: Decimal | None, source: Source, by: Agent) -> Figure:
    """Write one figure of an area, or that it is not published (None). Told anew for the same source, it replaces."""
    require(by, "change_territory")
    known_indicator = INDICATORS.get(indicator)
    if known_indicator is None:
        raise Refused(
            "unknown-indicator",
            why=f"L'indicateur « {indicator} » n'existe pas.",
            remedy=f"Choisissez parmi : {', '.join(INDICATORS)}.",
        )
    if value is not None and (fault := known_indicator.fault(value)):
        raise Refused("impossible-value", why=fault, remedy="Vérifiez la valeur et son unité dans la source.")
    figure = Figure.objects.filter(area=area, indicator=indicator, source=source).first()
    if figure and figure.value == value:
        journal.nothing_changed()
        return figure
    figure = figure or Figure(area=area, indicator=indicator, source=source)
    figure.value = value
    figure.checked()
    journal.write("territory.figure_recorded", by=by, about=figure, area=area.code, indicator=indicator, value=value)
    return figure


@op
def add_place(
    *,
    id: UUID | None = None,
    name: str,
    kind: str,
    area: Area,
    address: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    opening_hours: str = "",
    note: str = "",
    checked_on: date | None = None,
    by: Agent,
) -> Place:
    """Add a place where people already go. Told again with the same `id`: nothing more, or Conflict."""
    require(by, "change_territory")
    told = {
        "name": name.strip(), "kind": kind, "area": area, "address": address.strip(), "latitude": latitude,
        "longitude": longitude, "opening_hours": opening_hours.strip(), "note": note.strip(), "checked_on": checked_on,
    }  # fmt: skip
    rules.refuse_half_a_point(latitude, longitude)
    _refuse_checked_tomorrow(checked_on)
    known = Place.objects.filter(pk=id).first() if id else None
    return _add(known, Place(**_key(id), **told), told, by=by, kind=kind, area=area.code)


@op
def correct_place(
    *,
    place: Place,
    name: str,
    kind: str,
    area: Area,
    address: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    opening_hours: str = "",
    note: str = "",
    by: Agent,
) -> Place:
    """Correct what is written of a place; who corrects has checked, so the day is noted."""
    rules.refuse_half_a_point(latitude, longitude)
    told = {
        "name": name.strip(), "kind": kind, "area": area, "address": address.strip(), "latitude": latitude,
        "longitude": longitude, "opening_hours": opening_hours.strip(), "note": note.strip(),
    }  # fmt: skip
    return _correct(place, told, by=by, checked_on=clock.today())


@op
def check_place(*, place: Place, on: date | None = None, by: Agent) -> Place:
    """Note that what is written of a place still holds, seen there on that day (today by default)."""
    _refuse_checked_tomorrow(on)
    return _correct(place, {"checked_on": on or clock.today()}, by=by)


@op
def add_partner(
    *,
    id: UUID | None = None,
    name: str,
    network: str = "",
    area: Area | None = None,
    address: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    phone: str = "",
    email: str = "",
    website: str = "",
    opening_hours: str = "",
    by: Agent,
) -> Partner:
    """Add an organisation beside which the teams work. Told again with the same `id`: nothing more, or Conflict."""
    require(by, "change_territory")
    told = {
        "name": name.strip(), "network": network.strip(), "area": area, "address": address.strip(),
        "latitude": latitude, "longitude": longitude, "phone": phone.strip(), "email": email.strip(),
        "website": website.strip(), "opening_hours": opening_hours.strip(),
    }  # fmt: skip
    rules.refuse_half_a_point(latitude, longitude)
    known = Partner.objects.filter(pk=id).first() if id else None
    return _add(known, Partner(**_key(id), updated_on=clock.today(), **told), told, by=by)


@op
def correct_partner(
    *,
    partner: Partner,
    name: str,
    network: str = "",
    area: Area | None = None,
    address: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    phone: str = "",
    email: str = "",
    website: str = "",
    opening_hours: str = "",
    by: Agent,
) -> Partner:
    """Correct what is written of a partner. An import of its directory may write over it: correct it there too."""
    rules.refuse_half_a_point(latitude, longitude)
    told = {
        "name": name.strip(), "network": network.strip(), "area": area, "address": address.strip(),
        "latitude": latitude, "longitude": longitude, "phone": phone.strip(), "email": email.strip(),
        "website": website.strip(), "opening_hours": opening_hours.strip(),
    }  # fmt: skip
    return _correct(partner, told, by=by, updated_on=clock.today())


@op
def add_service(
    *,
    id: UUID | None = None,
    partner: Partner,
    name: str,
    description: str = "",
    themes: Sequence[str] = (),
    publics: Sequence[str] = (),
    conditions: str = "",
    eligible_codes: Sequence[str] = (),
    by: Agent,
) -> Service:
    """Add what a partner offers. Told again with the same `id`: nothing more, or Conflict."""
    require(by, "change_territory")
    told = {
        "partner": partner, "name": name.strip(), "description": description.strip(), "themes": list(themes),
        "publics": list(publics), "conditions": conditions.strip(), "eligible_codes": list(eligible_codes),
    }  # fmt: skip
    known = Service.objects.filter(pk=id).first() if id else None
    return _add(known, Service(**_key(id), updated_on=clock.today(), **told), told, by=by, partner=partner.pk)


@op
def correct_service(
    *,
    service: Service,
    name: str,
    description: str = "",
    themes: Sequence[str] = (),
    publics: Sequence[str] = (),
    conditions: str = "",
    eligible_codes: Sequence[str] = (),
    by: Agent,
) -> Service:
    """Correct what is written of a service."""
    told = {
        "name": name.strip(), "description": description.strip(), "themes": list(themes), "publics": list(publics),
        "conditions": conditions.strip(), "eligible_codes": list(eligible_codes),
    }  # fmt: skip
    return _correct(service, told, by=by, updated_on=clock.today())


def _add(known: R | None, new: R, told: dict[str, Any], *, by: Agent, **facts: Any) -> R:
    """Keep what is new; the same told again changes nothing; told differently is a Conflict."""
    if known is None:
        kept = cast(R, new.checked())
        journal.write(f"territory.{new._meta.model_name}_added", by=by, about=kept, **facts)
        return kept
    if any(getattr(known, name) != value for name, value in told.items()):
        raise Conflict(
            "told-differently",
            why=f"« {known} » est déjà écrit autrement.",
            remedy="Ouvrez ce qui est déjà écrit et corrigez-le.",
        )
    journal.nothing_changed()
    return known


def _correct(known: R, told: dict[str, Any], *, by: Agent, **also: Any) -> R:
    """Replace what differs; `also` is set only when something does."""
    require(by, "change_territory")
    fresh = type(known)._default_manager.select_for_update(of=("self",)).get(pk=known.pk)
    changed = [name for name, value in told.items() if getattr(fresh, name) != value]
    if not changed:
        journal.nothing_changed()
        return fresh
    for name, value in (told | also).items():
        setattr(fresh, name, value)
    fresh.checked()
    journal.write(f"territory.{fresh._meta.model_name}_corrected", by=by, about=fresh, fields=changed)
    return fresh


def _key(id: UUID | None) -> dict[str, UUID]:
    return {"id": id} if id else {}


def _refuse_checked_tomorrow(day: date | None) -> None:
    if day and day > clock.today():
        raise Refused(
            "in-the-future",
            why="Ce lieu serait vérifié dans le futur.",
            remedy="Choisissez aujourd'hui ou un jour passé.",
        )
