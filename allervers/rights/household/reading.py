"""A document to a household: every field through its reader, then what must agree together."""

from datetime import date
from typing import Any

from allervers.rights.household import readers as r
from allervers.rights.household.coherence import check
from allervers.rights.household.document import plain
from allervers.rights.household.faults import Reading, Shown
from allervers.rights.household.shape import (
    Amount,
    Assessed,
    Home,
    Household,
    Income,
    Person,
    Received,
    Tax,
)
from allervers.rights.household.words import (
    ACTIVITIES,
    COUPLES,
    CUSTODIES,
    INCOME_KINDS,
    MAY_BE_NEGATIVE,
    MOST_PEOPLE,
    NATIONALITIES,
    OLDEST_AGE,
    RECEIVABLE,
    ROLES,
    SCHOOLS,
    STATUSES,
)

HOME: dict[str, r.Reader] = {
    "commune": r.commune,
    "zone": r.one_of(1, 2, 3),
    "status": r.choice(*STATUSES),
    "furnished": r.truth,
    "shared": r.truth,
    "room": r.truth,
    "rent": r.amount(),
    "charges": r.amount(),
    "landlord_is_family": r.truth,
    "loan_since": r.day_of,
}


def read(source: str | bytes | dict[str, Any]) -> Household:
    """The household that a YAML or JSON document (text, bytes, or already plain data) describes.

    Raises Faults with every fault found, each with its path, what was expected and what came.
    """
    reading = Reading()
    content = source if isinstance(source, dict) else plain(source, reading)
    reading.close()
    if not isinstance(content, dict):
        reading.refuse("", "un foyer, avec au moins « day »", content, "ce n'est pas un foyer")
        reading.close()
    found = r.group(reading, "", content, DOCUMENT)
    if content.get("day") is None:
        reading.refuse("day", "la date à laquelle on regarde les droits", Shown("rien"), "la date manque")
    household = Household(**{"day": date.max, **found})
    check(household, reading, dated="day" in found)
    reading.close()
    return household


def _home(reading: Reading, path: str, value: Any) -> Home:
    return Home(**r.group(reading, path, value, HOME))


def _tax(reading: Reading, path: str, value: Any) -> Tax:
    return Tax(**r.group(reading, path, value, TAX))


def _assessed(reading: Reading, path: str, value: Any) -> Assessed:
    return Assessed(**r.group(reading, path, value, ASSESSED))


def _people(reading: Reading, path: str, value: Any) -> tuple[Person, ...] | None:
    if not isinstance(value, list):
        reading.refuse(path, "une liste de personnes", value)
        return None
    if not value:
        came = Shown("une liste vide")
        reading.refuse(path, "exactement une personne qui demande (claimant)", came, "il en manque une")
        return None
    if len(value) > MOST_PEOPLE:
        reading.refuse(path, f"{MOST_PEOPLE} personnes au plus", value)
        return None
    return tuple(_person(reading, f"{path}[{place}]", one) for place, one in enumerate(value))


def _person(reading: Reading, path: str, value: Any) -> Person:
    found = r.group(reading, path, value, PERSON)
    if isinstance(value, dict) and value.get("role") is None:
        reading.refuse(f"{path}.role", "un de ces mots : " + ", ".join(ROLES), Shown("rien"), "le rôle manque")
    return Person(**{"role": "other", **found})


def _incomes(reading: Reading, path: str, value: Any) -> dict[str, Income]:
    return r.group(reading, path, value, {kind: _income(kind) for kind in INCOME_KINDS})


def _income(kind: str) -> r.Reader:
    money = r.amount(negative=kind in MAY_BE_NEGATIVE)

    def by_month(reading: Reading, path: str, value: dict[Any, Any]) -> Income:
        months: dict[str, Amount] = {}
        for month, inner in value.items():
            where = f"{path}.{month}"
            if not r.is_month(month):
                reading.refuse(where, "un mois, par exemple 2026-05", month, "mois impossible")
            elif inner is not None and (found := money(reading, where, inner)) is not None:
                months[month] = found
        return Income(months=months)

    def read_income(reading: Reading, path: str, value: Any) -> Income | None:
        if isinstance(value, dict) and not set(value) & {"from", "to"}:
            return by_month(reading, path, value)
        steady = money(reading, path, value)
        return None if steady is None else Income(steady=steady)

    return read_income


def _receives(reading: Reading, path: str, value: Any) -> dict[str, Received]:
    return r.group(reading, path, value, dict.fromkeys(RECEIVABLE, _received))


def _received(reading: Reading, path: str, value: Any) -> Received | None:
    if isinstance(value, bool):
        return value
    if not r.is_number(value) and not isinstance(value, dict):
        reading.refuse(path, "un montant en € par mois, true (reçu) ou false (pas reçu)", value)
        return None
    found: Amount | None = r.amount()(reading, path, value)
    return found


TAX: dict[str, r.Reader] = {
    "reference_income": r.amount("€ par an", negative=True),
    "year": r.whole(2000, 2100),
    "shares": r.number(1, 30),
}

ASSESSED: dict[str, r.Reader] = {
    "family_benefits": r.amount("€ par an"),
    "housing_aid": r.amount("€ par an"),
    "css": r.amount("€ par an"),
}

PERSON: dict[str, r.Reader] = {
    "id": r.text,
    "role": r.choice(*ROLES),
    "born": r.day_of,
    "age": r.whole(0, OLDEST_AGE, " d'années"),
    "activity": r.choice(*ACTIVITIES),
    "nationality": r.choice(*NATIONALITIES),
    "resident_since": r.day_of,
    "incomes": _incomes,
    "no_other_income": r.truth,
    "unemployment_ends": r.day_of,
    "years_worked_of_10": r.number(0, 10),
    "years_worked_of_3": r.number(0, 3),
    "disability": r.one_of(0, 50, 80),
    "work_restriction": r.truth,
    "unfit": r.truth,
    "dependency": r.whole(1, 6),
    "care_plan": r.amount(),
    "pregnant": r.truth,
    "due": r.day_of,
    "custody": r.choice(*CUSTODIES),
    "aeeh_category": r.whole(0, 6),
    "school": r.choice(*SCHOOLS),
    "alone_since": r.day_of,
}

DOCUMENT: dict[str, r.Reader] = {
    "day": r.day_of,
    "home": _home,
    "couple": r.choice(*COUPLES),
    "people": _people,
    "more_people": r.truth,
    "alimony_paid": r.amount(),
    "savings": r.amount("€"),
    "tax": _tax,
    "assessed": _assessed,
    "receives": _receives,
}
