"""Small households for tests of the law: said in a line, turned into columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import Enum

from allervers.law import Columns, Group
from allervers.law.system import tax_benefit_system

Facts = dict[str, Any]
PERSON, GROUPS = "individu", ("famille", "foyer_fiscal", "menage")
ROLES = {
    "parent": {"famille": "parent", "foyer_fiscal": "declarant", "menage": "personne_de_reference"},
    "partner": {"famille": "parent", "foyer_fiscal": "declarant", "menage": "conjoint"},
    "child": {"famille": "enfant", "foyer_fiscal": "personne_a_charge", "menage": "enfant"},
}


def months_before(day: date, count: int) -> list[str]:
    """The month of `day` and the `count` months before it, latest first."""
    last = day.year * 12 + day.month - 1
    return [f"{index // 12}-{index % 12 + 1:02d}" for index in range(last, last - count - 1, -1)]


@dataclass(frozen=True)
class Home:
    """One household, as said; becomes figures only in `columns`."""

    day: date
    people: tuple[Facts, ...]
    facts: Facts


def home(day: date, *people: Facts, **facts: Any) -> Home:
    """One household: people ({"is": "parent", "born": "1988-03-15", **variables}) and variables of its groups.

    A plain value holds for the 26 months (or the 4 years) that end with `day`; a mapping gives it by period.
    """
    return Home(day, people, facts)


def columns(*homes: Home) -> Columns:
    """Households side by side; what one says and another does not takes OpenFisca's default value."""
    return _side_by_side([_rows(each.day, each.people, each.facts) for each in homes])


def one(day: date, *people: Facts, **facts: Any) -> Columns:
    """The columns of one household."""
    return columns(home(day, *people, **facts))


def _rows(day: date, people: tuple[Facts, ...], facts: Facts) -> list[tuple[str, int, Facts]]:
    variables = tax_benefit_system(frozenset()).variables
    rows: list[tuple[str, int, Facts]] = []
    for index, person in enumerate(people):
        said = {"date_naissance": np.datetime64(person.get("born", "1988-03-15"))}
        said |= {name: value for name, value in person.items() if name not in ("is", "born")}
        rows.append((person.get("is", "parent"), index, dict(_spread(day, said))))
    for group in GROUPS:
        said = {name: value for name, value in facts.items() if variables[name].entity.key == group}
        rows.append((group, 0, dict(_spread(day, said))))
    return rows


def _side_by_side(homes: list[list[tuple[str, int, Facts]]]) -> Columns:
    system = tax_benefit_system(frozenset())
    people = [(place, row) for place, rows in enumerate(homes) for row in rows if row[0] not in GROUPS]
    groups = {key: [rows[key] for rows in map(_groups, homes)] for key in GROUPS}
    said = {key for rows in homes for row in rows for key in row[2]}
    inputs = {}
    for variable, period in sorted(said):
        entry = system.variables[variable]
        facts = [row[2] for _, row in people] if entry.entity.is_person else groups[entry.entity.key]
        values = [each.get((variable, period), _default(entry)) for each in facts]
        inputs[variable, period] = _array(entry, values)
    return Columns(len(people), {key: _group(key, people, len(homes)) for key in GROUPS}, inputs)


def _spread(day: date, said: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Any]]:
    variables = tax_benefit_system(frozenset()).variables
    for name, value in said.items():
        for period, item in _by_period(day, str(variables[name].definition_period), value).items():
            yield (name, period), item


def _by_period(day: date, unit: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    if unit == "eternity":
        return {"ETERNITY": value}
    if unit == "year":
        return {str(day.year - back): value for back in range(4)}
    return dict.fromkeys(months_before(day, 25), value)


def _groups(rows: list[tuple[str, int, Facts]]) -> dict[str, Facts]:
    return {kind: facts for kind, _, facts in rows if kind in GROUPS}


def _group(key: str, people: list[Any], count: int) -> Group:
    of_person = np.array([place for place, _ in people], dtype=np.intp)
    return Group(count, of_person, np.array([ROLES[row[0]][key] for _, row in people]))


def _default(variable: Any) -> Any:
    value = variable.default_value
    return value.name if isinstance(value, Enum) else value


def _array(variable: Any, values: list[Any]) -> np.ndarray:
    if variable.value_type.__name__ == "date":
        return np.array(values, dtype="datetime64[D]")
    if variable.value_type.__name__ in ("str", "Enum"):
        return np.array(values, dtype=object)
    return np.array(values, dtype=variable.value_type)
