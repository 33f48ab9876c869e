"""One test of OpenFisca-France, turned into columns and put through the door of the law."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import period as period_of
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.tools import assert_near

from allervers.law import Columns, Group, compute
from allervers.law.system import tax_benefit_system

DAY = date(2026, 9, 1)  # every period is said in the tests; the day only opens the door
GROUPS = ("famille", "foyer_fiscal", "menage")


@dataclass(frozen=True)
class Check:
    """One value that a test expects; `place` is the member of the entity, None for all of them."""

    variable: str
    period: str
    place: int | None
    expected: Any
    margins: tuple[float | None, float | None]


@dataclass(frozen=True)
class Case:
    """One test: facts and expected values."""

    name: str
    columns: Columns
    checks: tuple[Check, ...]
    simulation: Any  # OpenFisca's own, untouched


def read(file: Path) -> list[dict[str, Any]]:
    """The tests written in a file."""
    found = yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found if isinstance(found, list) else [found]


def outputs(test: dict[str, Any]) -> set[str]:
    """Names of the variables that a test expects."""
    variables = tax_benefit_system(frozenset()).variables
    found: set[str] = set()
    for key, value in (test.get("output") or {}).items():
        if key in variables:
            found.add(key)
        elif isinstance(value, dict):
            found |= {name for name in value if name in variables}
            found |= {name for each in value.values() if isinstance(each, dict) for name in each if name in variables}
    return found


def prepare(test: dict[str, Any]) -> Case:
    """Read a test as OpenFisca does, then take its facts out as columns."""
    builder = SimulationBuilder()
    builder.set_default_period(test.get("period"))
    simulation = builder.build_from_dict(tax_benefit_system(frozenset()), test["input"])
    margins = (test.get("absolute_error_margin"), test.get("relative_error_margin"))
    checks = tuple(_checks(simulation, test["output"], str(test.get("period")), margins))
    return Case(str(test.get("name", "")), columns_of(simulation), checks, simulation)


def columns_of(simulation: Any) -> Columns:
    """The facts that an OpenFisca simulation holds before anything is computed; groups without members left out."""
    inputs: dict[tuple[str, str], Any] = {}
    for population in simulation.populations.values():
        kept = places(population)
        for name, holder in population._holders.items():
            for at in holder.get_known_periods():
                values = holder.get_array(at)
                known = values.decode_to_str() if isinstance(values, EnumArray) else values
                inputs[name, "ETERNITY" if holder._eternal else str(at)] = known[kept]
    groups = {key: _group(simulation.populations[key]) for key in GROUPS}
    return Columns(simulation.persons.count, groups, inputs)


def faults(case: Case, corrections: Collection[str]) -> list[str]:
    """What the law gives otherwise than the test expects, with these corrections."""
    wanted = sorted({(check.variable, check.period) for check in case.checks})
    found = compute(case.columns, wanted, DAY, corrections=corrections)
    return [said for check in case.checks if (said := fault(_placed(case, check), found[check.variable, check.period]))]


def faults_alone(case: Case) -> list[str]:
    """What OpenFisca's own simulation gives otherwise than the test expects."""
    calculate = case.simulation.calculate
    return [said for check in case.checks if (said := fault(check, calculate(check.variable, check.period)))]


def fault(check: Check, values: Any) -> str:
    """How a value differs from the one expected, as OpenFisca's own runner compares; empty when it does not."""
    value = values if check.place is None else values[check.place]
    absolute, relative = check.margins
    try:
        assert_near(value, check.expected, absolute, relative_error_margin=relative)
    except AssertionError:
        shown = value.tolist() if isinstance(value, np.ndarray | np.generic) else value
        return f"{check.variable}@{check.period} = {_short(shown)} instead of {_short(check.expected)}"
    return ""


def _short(value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    return ", ".join(f"{each:.2f}" if isinstance(each, float) else str(each) for each in values)


def places(population: Any) -> Any:
    """The members of an entity that the door takes: every person, and the groups that somebody belongs to."""
    grouped = hasattr(type(population), "members_entity_id")
    return np.unique(population.members_entity_id) if grouped else np.arange(population.count)


def _group(population: Any) -> Group:
    kept = places(population)
    roles = np.array([role.key for role in population.members_role])
    return Group(len(kept), np.searchsorted(kept, population.members_entity_id), roles)


def _placed(case: Case, check: Check) -> Check:
    """The same check, at the place that its member has among those that the door takes."""
    if check.place is None:
        return check
    entity = case.simulation.tax_benefit_system.get_variable(check.variable).entity.key
    return replace(check, place=int(np.searchsorted(places(case.simulation.populations[entity]), check.place)))


def _checks(simulation: Any, output: dict[str, Any], period: str, margins: tuple[Any, Any]) -> Iterator[Check]:
    variables = simulation.tax_benefit_system.variables
    for key, value in output.items():
        population = simulation.get_population(plural=key)
        if key in variables:
            yield from _values(key, value, period, None, margins)
        elif population is None:
            for name, each in value.items():
                yield from _values(name, each, period, None, margins)
        else:
            for member, said in value.items():
                for name, each in said.items():
                    yield from _values(name, each, period, population.get_index(member), margins)


def _values(name: str, value: Any, period: str, place: int | None, margins: tuple[Any, Any]) -> Iterator[Check]:
    if isinstance(value, dict):
        for at, expected in value.items():
            yield from _values(name, expected, str(at), place, margins)
        return
    yield Check(name, str(period_of(period)), place, value, (_margin(margins[0], name), _margin(margins[1], name)))


def _margin(margin: Any, variable: str) -> float | None:
    if isinstance(margin, dict):
        margin = margin.get(variable, margin.get("default"))
    return None if margin is None else float(margin)
