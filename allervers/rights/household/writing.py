"""A household to its document: what `read` reads back to the same household."""

from dataclasses import fields
from datetime import date
from typing import Any

from allervers.rights.household.shape import Amount, Household, Income, Person


def write(household: Household) -> dict[str, Any]:
    """The household as a document of plain data: what is unknown is left out; dates are ISO texts."""
    found = _fields(household) | {"people": [_person(one) for one in household.people]}
    for name in ("home", "tax", "assessed"):
        found[name] = _fields(getattr(household, name))
    return {key: value for key, value in found.items() if value or key in ("alimony_paid", "savings")}


def _person(person: Person) -> dict[str, Any]:
    found = _fields(person)
    if not person.no_other_income:
        del found["no_other_income"]
    if not person.incomes:
        found.pop("incomes", None)
    return found


def _fields(shape: Any) -> dict[str, Any]:
    named = ((one.name, getattr(shape, one.name)) for one in fields(shape))
    return {name: _value(value) for name, value in named if value is not None}


def _value(value: Any) -> Any:
    if isinstance(value, Amount):
        return _amount(value)
    if isinstance(value, Income):
        return _amount(value.steady) if value.steady else {m: _amount(a) for m, a in value.months.items()}
    if isinstance(value, dict):
        return {key: _value(inner) for key, inner in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _amount(amount: Amount) -> float | dict[str, float]:
    if amount.exact:
        return amount.value
    ends = {"from": amount.low, "to": amount.high}
    return {name: end for name, end in ends.items() if end is not None}
