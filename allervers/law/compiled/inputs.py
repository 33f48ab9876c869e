"""What a batch gives, as OpenFisca's holders keep it: one array for all the periods in which it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.indexed_enums import Enum

from allervers.law.columns import Columns
from allervers.law.compiled.ranges import Range
from allervers.law.inputs import checked, hold
from allervers.law.populations import populations
from allervers.law.simulation import ShortSimulation

#: An input of a program: a variable and the first period in which the values hold.
Key = tuple[str, str]
#: The inputs that vary: each variable with the periods in which one array holds.
Pattern = tuple[tuple[str, tuple[str, ...]], ...]
#: Beyond it an amount goes to OpenFisca itself: no sum of these can overflow.
MOST = 1e9


@dataclass(frozen=True)
class Given:
    """A batch loaded into holders. `values`: key → native array; `periods`: key → every period in which it holds."""

    simulation: Any
    values: Mapping[Key, NDArray[Any]]
    periods: Mapping[Key, tuple[str, ...]]

    def pattern(self) -> Pattern:
        """Which inputs vary, and when: what a program is made for."""
        return tuple(sorted((name, periods) for (name, _), periods in self.periods.items()))


def load(system: Any, columns: Columns) -> Given:
    """Put the columns into a simulation; an array given for several periods stays one. Raises LawFault."""
    simulation = ShortSimulation(system, populations(system, columns))
    native: dict[tuple[int, str], Any] = {}
    for (name, period), values in columns.inputs.items():
        kept = native.get((id(values), name))
        if kept is None:
            kept = native[id(values), name] = checked(simulation, name, period, values)
        hold(simulation, name, period, kept)
    return gathered(simulation)


def gathered(simulation: Any) -> Given:
    """The arrays that the holders keep, each once for each variable."""
    values: dict[Key, Any] = {}
    periods: dict[Key, tuple[str, ...]] = {}
    keys: dict[tuple[str, int], Key] = {}
    for population in simulation.populations.values():
        for name, holder in population._holders.items():
            stored = sorted(holder._memory_storage._arrays.items(), key=lambda pair: str(pair[0]))
            for period, array in stored:
                key = keys.setdefault((name, id(array)), (name, str(period)))
                values[key] = np.asarray(array)
                periods[key] = (*periods.get(key, ()), str(period))
    return Given(simulation, values, periods)


def ordinary(variable: Any, dtype: Any, *, signed: bool) -> Range | None:
    """The values of an input for which a program is made; the others go to OpenFisca. `signed`: below zero too."""
    if dtype.kind == "f" or (dtype.kind == "i" and variable.value_type is not Enum):
        least = -MOST if signed or variable.default_value < 0 else 0
        most = min(MOST, np.iinfo(dtype).max) if dtype.kind == "i" else MOST
        least = max(least, np.iinfo(dtype).min) if dtype.kind == "i" else least
        return Range(dtype.type(least), dtype.type(most), whole=dtype.kind == "i")
    if variable.value_type is Enum:
        return Range(dtype.type(0), dtype.type(len(variable.possible_values) - 1), whole=True)
    return None


def strange(values: NDArray[Any], within: Range | None) -> NDArray[np.bool_] | None:
    """Which values fall outside the range, or are -0.0; None when none does."""
    if within is None or not values.size:
        return None
    if values.min() >= within.low and values.max() <= within.high and not _minus_zero(values):
        return None
    minus_zero = (values == 0) & np.signbit(values.astype(np.float64))
    return np.asarray((values < within.low) | (values > within.high) | minus_zero)


def _minus_zero(values: NDArray[Any]) -> bool:
    if values.dtype.kind != "f":
        return False
    bits = np.dtype(f"i{values.itemsize}")
    return bool((values.view(bits) == np.iinfo(bits).min).any())
