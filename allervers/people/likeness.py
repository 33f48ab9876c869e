"""Records that may be of one person: shown with the reasons, never imposed, never a figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from allervers.base import journal
from allervers.people import access
from allervers.people.choices import Purpose
from allervers.people.keys import name_key, phone_key
from allervers.people.models import Person

if TYPE_CHECKING:
    from allervers.accounts.models import Agent

CLOSE_NAMES = 86  # of 100: one letter off in a name of eight
MOST_SHOWN = 8


@dataclass(frozen=True)
class Draft:
    """Somebody about to be written down, or already written."""

    name: str = ""
    phone: str = ""
    born: date | None = None
    area: UUID | None = None
    is_pseudonym: bool = False


@dataclass(frozen=True)
class Traits:
    """What two records are compared on."""

    key: UUID | None
    name: str
    phone: str
    born: date | None
    area: UUID | None
    is_pseudonym: bool


@transaction.atomic
def likely_same(who: Person | Draft, *, by: Agent) -> list[tuple[Person, list[str]]]:
    """Visible records that may be of the same person, each with why, in French; a phone in common comes first."""
    mine = _traits_of(who)
    people = access.among_visible(None, by=by, purpose=Purpose.RECORD)
    near = Q(search_key__in=_names_like(mine, people)) | (Q(phone_key=mine.phone) if mine.phone else Q())
    alike = [
        (one, reasons)
        for one in people.filter(near).select_related("area").defer("area__outline")
        if (reasons := reasons_for(mine, _traits_written(one)))
    ]
    journal.write("people.compared", by=by, about=by, purpose=Purpose.RECORD)
    return sorted(alike, key=lambda pair: (_rank(pair[1]), pair[0].search_key, str(pair[0].pk)))[:MOST_SHOWN]


def reasons_for(one: Traits, other: Traits) -> list[str]:
    """Why these two may be one person, in French; none when nothing says so or when something says otherwise."""
    if one.key is not None and one.key == other.key:
        return []
    phone = bool(one.phone) and one.phone == other.phone
    name = _names(one, other)
    born = _births(one.born, other.born)
    if not phone and (not name or born == OTHER_BIRTH):
        return []
    reasons = [SAME_PHONE] if phone else []
    reasons += [said for said in (name, born) if said and said != OTHER_BIRTH]
    if one.area and one.area == other.area:
        reasons.append("même commune")
    return reasons


def _names_like(one: Traits, people: QuerySet[Person]) -> list[str]:
    """The names written there that may be this one; only names are read, the other traits of those alone after."""
    written = people.order_by().exclude(search_key="").values_list("search_key", flat=True).distinct()
    return [name for name in written.iterator() if _names(one, Traits(None, name, "", None, None, False))]


SAME_PHONE = "même numéro de téléphone"
OTHER_BIRTH = "nés un autre jour"


def _names(one: Traits, other: Traits) -> str:
    if not one.name or not other.name:
        return ""
    what = "surnom" if one.is_pseudonym or other.is_pseudonym else "nom"
    if one.name == other.name:
        return f"même {what}"
    if sorted(one.name.split()) == sorted(other.name.split()):
        return f"même {what}, dans un autre ordre"
    if what == "nom" and set(one.name.split()) < set(other.name.split()) and " " in one.name:
        return "même nom, écrit plus court"
    if what == "nom" and set(other.name.split()) < set(one.name.split()) and " " in other.name:
        return "même nom, écrit plus court"
    return f"{what}s très proches" if fuzz.token_sort_ratio(one.name, other.name) >= CLOSE_NAMES else ""


def _births(one: date | None, other: date | None) -> str:
    if one is None or other is None:
        return ""
    if one == other:
        return "même date de naissance"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return "jour et mois de naissance inversés"
    return OTHER_BIRTH


def _rank(reasons: list[str]) -> tuple[bool, int]:
    return SAME_PHONE not in reasons, -len(reasons)


def _traits_of(who: Person | Draft) -> Traits:
    key = who.pk if isinstance(who, Person) else None
    area = who.area_id if isinstance(who, Person) else who.area
    return Traits(key, name_key(who.name), phone_key(who.phone), who.born, area, who.is_pseudonym)


def _traits_written(one: Person) -> Traits:
    return Traits(one.pk, one.search_key, one.phone_key, one.born, one.area_id, one.is_pseudonym)
