"""One run of OpenFisca-France on a small invented sample, from which the graph of what it computes is kept."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import period as period_of

from allervers.law.columns import Columns
from allervers.law.compiled.graph import Graph
from allervers.law.compiled.tracing import scales
from allervers.law.compiled.tracing.arrays import Guard, Tape, Traced, Untracked
from allervers.law.compiled.tracing.parameters import TracedNode
from allervers.law.compiled.tracing.populations import TracedGroups, TracedPersons
from allervers.law.populations import populations
from allervers.law.simulation import ShortSimulation

_lock = RLock()
#: Formulas over names of places: OpenFisca itself runs them, once for each distinct name.
BY_NAME = {"zone_apl": ("depcom",)}
Asked = tuple[str, str]


@dataclass(frozen=True)
class Trace:
    """The graph of `wanted`, in order at `outputs`, from `inputs`; `named` are the nodes of variables.

    `guards`: what must be true of no member of a batch.
    """

    graph: Graph
    wanted: tuple[Asked, ...]
    outputs: tuple[int, ...]
    inputs: dict[Asked, int]
    guards: tuple[Guard, ...]
    named: dict[int, Asked]


class TracedSimulation(ShortSimulation):
    """OpenFisca's simulation on traced arrays."""

    def __init__(self, system: Any, found: Any, tape: Tape) -> None:
        self.tape = tape
        self.named: dict[int, Asked] = {}
        super().__init__(system, found)
        for population in found.values():
            population.tape = tape

    def _run_formula(self, variable: Any, population: Any, period: Any) -> Any:
        formula = variable.get_formula(period)
        if formula is None:
            return None
        if variable.name in BY_NAME:
            return self.by_name(variable, population, period)
        before, self.tape.variable = self.tape.variable, variable.name
        try:
            if formula.__code__.co_argcount == 2:
                return formula(population, period)
            return formula(population, period, self.parameters_at)
        finally:
            self.tape.variable = before

    def parameters_at(self, at: Any) -> Any:
        return TracedNode(self.tax_benefit_system.get_parameters_at_instant(at))

    def by_name(self, variable: Any, population: Any, period: Any) -> Any:
        """A variable that only names decide: one node, whatever its formula does."""
        given = [population(name, period) for name in BY_NAME[variable.name]]
        values = population.bare.simulation.calculate(variable.name, period)  # its inputs are the defaults
        if all(self.tape.graph.is_const(self.tape.place_of(one)) for one in given):
            place = self.tape.graph.const(np.asarray(values)[:1][0])
            return self.tape.traced(np.asarray(values), place, population.entity.key, variable.possible_values)
        return population.write("named", given, (variable.name, str(period)), values)

    def _cast_formula_result(self, value: Any, variable: Any) -> Any:
        if variable.value_type is Enum and isinstance(value, Traced) and not hasattr(value, "possible_values"):
            # OpenFisca's `encode` keeps numbers as they are
            codes = value.astype(variable.dtype)
            return self.tape.traced(np.asarray(codes), self.tape.place_of(codes), codes._entity,
                                    variable.possible_values)  # fmt: skip
        if variable.value_type is Enum and isinstance(value, Enum):
            raise Untracked(f"{variable.name}: one item for everybody")
        found = super()._cast_formula_result(value, variable)
        if isinstance(found, Traced) and not self.tape.graph.is_const(self.tape.place_of(found)):
            self.named.setdefault(self.tape.place_of(found), (variable.name, ""))
        return found


def trace(
    system: Any, sample: Columns, pattern: Sequence[tuple[str, tuple[str, ...]]], wanted: Sequence[Asked]
) -> Trace:
    """The graph of `wanted` on the households of `sample`, whose inputs hold OpenFisca's defaults.

    `pattern`: for each input, its variable and the periods in which one array holds.
    """
    with _lock, alone(), np.errstate(all="ignore"):
        tape = Tape()
        simulation = TracedSimulation(system, traced_populations(system, sample), tape)
        inputs = {(name, periods[0]): put(simulation, tape, name, periods) for name, periods in pattern}
        outputs = [tape.place_of(simulation.calculate(name, at)) for name, at in wanted]
        return Trace(tape.graph, tuple(wanted), tuple(outputs), inputs, tuple(tape.guards), simulation.named)


@contextmanager
def alone() -> Iterator[None]:
    """OpenFisca as a trace needs it, and exactly as it was afterwards."""
    with scales.understood():
        yield


def traced_populations(system: Any, sample: Columns) -> dict[str, Any]:
    """The populations of the sample, whose gestures are written in the graph."""
    bare = ShortSimulation(system, populations(system, sample)).populations
    found = populations(system, sample)
    for key, population in found.items():
        population.__class__ = TracedPersons if key == system.person_entity.key else TracedGroups
        population.bare = bare[key]
    return found


def put(simulation: Any, tape: Tape, name: str, periods: Sequence[str]) -> int:
    """One input, kept by its holder for all its periods."""
    holder = simulation.get_holder(name)
    values = holder.variable.default_array(holder.population.count)
    entity = holder.population.entity.key
    place = tape.graph.add("input", (), (name, periods[0]), values.dtype, entity)
    items = holder.variable.possible_values if holder.variable.value_type is Enum else None
    traced = tape.traced(np.asarray(values), place, entity, items)
    for period in periods:
        holder._memory_storage.put(traced, period_of(period))
    return place
