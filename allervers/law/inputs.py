"""Facts put into a simulation, checked one array at a time."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.errors import PeriodMismatchError
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import period as period_of

from allervers.law.faults import LawFault

#: Kinds of NumPy array that each type of OpenFisca variable accepts, and how to say so.
KINDS = {
    "bool": ("b", "booleans"),
    "int": ("iub", "whole numbers"),
    "float": ("fiub", "numbers"),
    "str": ("UOS", "strings"),
    "Enum": ("UO", "names of items"),
    "date": ("M", "dates (datetime64[D])"),
}


def put(simulation: Any, name: str, period: str, values: NDArray[Any]) -> None:
    """Set one input of a simulation; raises LawFault for what the law cannot read."""
    hold(simulation, name, period, checked(simulation, name, period, values))


def hold(simulation: Any, name: str, period: str, native: Any) -> None:
    """Set one input that was checked; raises LawFault for a period that the variable does not have."""
    variable = simulation.tax_benefit_system.get_variable(name)
    if variable.end is not None and period[:10] > str(variable.end)[: len(period)]:
        raise LawFault(name, period=period, expected=f"a period until {variable.end}", came="a later one")
    try:
        holder, at = simulation.get_holder(name), parsed(period)
        if at.unit == variable.definition_period and at.size == 1 and holder.get_array(at) is None:
            holder._set(at, native)  # what `set_input` would come to
        else:
            simulation.set_input(name, period, native)
    except (PeriodMismatchError, ValueError) as fault:
        unit = str(variable.definition_period)
        raise LawFault(name, period=period, expected=f"a {unit}", came=str(fault).splitlines()[0]) from fault


@cache
def parsed(period: str) -> Any:
    """OpenFisca's period."""
    return period_of(period)


def checked(simulation: Any, name: str, period: str, values: NDArray[Any]) -> Any:
    """The values of one input as OpenFisca wants them; raises LawFault for what the law cannot read."""
    variable = simulation.tax_benefit_system.get_variable(name)
    if variable is None:
        raise LawFault(name, period=period, expected="a variable of OpenFisca-France", came="an unknown name")
    _check_values(variable, period, values, simulation.populations[variable.entity.key].count)
    return _native(variable, period, values)


def _check_values(variable: Any, period: str, values: NDArray[Any], count: int) -> None:
    def fault(expected: str, came: str) -> LawFault:
        return LawFault(variable.name, period=period, expected=expected, came=came)

    if values.shape != (count,):
        raise fault(f"{count} values, one per {variable.entity.key}", f"shape {values.shape}")
    kinds, words = KINDS[variable.value_type.__name__]
    if values.dtype.kind not in kinds and not isinstance(values, EnumArray):
        raise fault(words, f"an array of {values.dtype}")
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        raise fault("finite numbers", "NaN or infinity")
    if values.dtype.kind == "M" and np.isnat(values).any():
        raise fault("dates", "a missing date")


def _native(variable: Any, period: str, values: NDArray[Any]) -> Any:
    """The array as OpenFisca wants it: a copy, so that nothing done later to the caller's array shows."""
    if variable.value_type.__name__ == "Enum":
        return _coded(variable, period, values)
    return values.astype(variable.dtype)


def _coded(variable: Any, period: str, values: NDArray[Any]) -> Any:
    """The place of each name among the items; as many comparisons as there are different names."""
    items = variable.possible_values
    if isinstance(values, EnumArray) and values.possible_values is items:
        return values.copy()
    places = {item.name: item.index for item in items}
    codes = np.zeros(len(values), items.indices.dtype)
    left, unknown = np.arange(len(values)), []
    while left.size:
        name = str(values[left[0]])
        same = values[left] == name
        codes[left[same]] = places.get(name, 0)
        unknown += [name] * (name not in places)
        left = left[~same]
    if unknown:
        expected = f"names among {sorted(places)}"
        raise LawFault(variable.name, period=period, expected=expected, came=str(sorted(unknown)))
    return EnumArray(codes, items)
