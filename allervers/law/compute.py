"""The door: OpenFisca variables for columns of households on a day."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.indexed_enums import EnumArray

from allervers.law.columns import Columns
from allervers.law.corrections import VERSION
from allervers.law.days import check_day
from allervers.law.faults import LawFault
from allervers.law.inputs import put
from allervers.law.limits import LIMITS
from allervers.law.populations import populations
from allervers.law.simulation import ShortSimulation
from allervers.law.system import chosen, tax_benefit_system

Wanted = str | tuple[str, str]


def compute(
    columns: Columns,
    variables: Sequence[Wanted],
    day: date,
    *,
    corrected: bool = True,
    corrections: Collection[str] | None = None,
) -> dict[Wanted, NDArray[Any]]:
    """Values of `variables` for every household of `columns`, one per member of each variable's entity.

    A bare name means the month (or year) of `day`; ("rsa", "2026-05") means that period. Enums come back as
    the string names of their items, dates as datetime64[D], amounts in euros (float32). `corrected=False` is
    OpenFisca-France as published; `corrections` keeps only the ones named. Raises LawFault (also for what a
    limit withholds, unless corrections are chosen), DayOutsideLaw.
    """
    check_day(day)
    system = tax_benefit_system(chosen(corrected, corrections))
    simulation = simulate(system, columns)
    asked = asked_of(system, variables, day, limited=corrected and corrections is None)
    return {wanted: _values(simulation, name, at) for wanted, (name, at) in asked.items()}


def engine() -> str:
    """What computes, as shown beside every result: "openfisca-france 176.1.8 + corrections 2026-11"."""
    return f"openfisca-france {version('openfisca-france')} + corrections {VERSION}"


def simulate(system: Any, columns: Columns) -> Any:
    """An OpenFisca simulation holding `columns`, ready to calculate."""
    simulation = ShortSimulation(system, populations(system, columns))
    for (variable, period), values in columns.inputs.items():
        put(simulation, variable, period, values)
    return simulation


def asked_of(system: Any, variables: Sequence[Wanted], day: date, *, limited: bool) -> dict[Wanted, tuple[str, str]]:
    """The name and the period of each figure wanted; raises LawFault, also for what a limit withholds."""
    asked = {wanted: _asked(system, wanted, day) for wanted in variables}
    if limited:
        _check_not_withheld(asked.values())
    return asked


def _asked(system: Any, wanted: Wanted, day: date) -> tuple[str, str]:
    """The name and the period of what is asked."""
    name, period = wanted if isinstance(wanted, tuple) else (wanted, None)
    variable = system.get_variable(name)
    if variable is None:
        raise LawFault(name, expected="a variable of OpenFisca-France", came="an unknown name")
    return name, period or period_of(variable, day)


def _check_not_withheld(asked: Iterable[tuple[str, str]]) -> None:
    for name, at in asked:
        for limit in LIMITS:
            if name in limit.withholds and at >= f"{limit.since:%Y-%m}":
                raise LawFault(name, period=at, expected=f"a period before {limit.since:%Y-%m}", came="a later one")


def _values(simulation: Any, name: str, at: str) -> NDArray[Any]:
    values = native_values(simulation, name, at)
    if isinstance(values, EnumArray):
        return np.asarray(values.decode_to_str())
    return np.array(values)


def native_values(simulation: Any, name: str, at: str) -> Any:
    """What OpenFisca gives, as it holds it; raises LawFault where it refuses."""
    unit = simulation.tax_benefit_system.get_variable(name).definition_period
    try:
        return simulation.calculate(name, at)
    except (ParameterNotFoundError, IndexError) as fault:
        raise LawFault(name, period=at, expected="a period whose figures are known", came=str(fault)) from fault
    except ValueError as fault:
        raise LawFault(name, period=at, expected=f"a {unit}", came=str(fault)) from fault


def period_of(variable: Any, day: date) -> str:
    """The period of `day` for a variable: its month, its year, or "ETERNITY"."""
    units = {"month": f"{day:%Y-%m}", "year": f"{day:%Y}", "eternity": "ETERNITY"}
    return units.get(str(variable.definition_period), f"{day:%Y-%m-%d}")
