"""What a computation reads: run it once on households of many shapes, and note who asks for what."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openfisca_core.parameters import ParameterNodeAtInstant, VectorialParameterNodeAtInstant

from allervers.law.audit.shapes import shapes
from allervers.law.compute import period_of
from allervers.law.inputs import put
from allervers.law.populations import populations
from allervers.law.simulation import ShortSimulation


@dataclass(frozen=True)
class Reading:
    """What a right rests on.

    `variables` are all those that it asks for, at any depth; `through` are the other rights on that way;
    `parameters` (names of parameters, scales or nodes) and `own` (variables) leave out what is read by these alone.
    """

    variables: frozenset[str]
    own: frozenset[str]
    parameters: frozenset[str]
    through: frozenset[str]


def read_by(system: Any, rights: Mapping[str, Collection[str]], day: date) -> dict[str, Reading]:
    """For each right (its variables given), what computing it on `day` reads, at any depth."""
    columns = shapes(system, day)
    simulation = NotedSimulation(system, populations(system, columns))
    for (variable, period), values in columns.inputs.items():
        put(simulation, variable, period, values)
    for name in {name for names in rights.values() for name in names}:
        simulation.calculate(name, period_of(system.get_variable(name, check_existence=True), day))
    return {right: _reading(simulation, right, rights) for right in rights}


class NotedSimulation(ShortSimulation):
    """A simulation that notes which variable asks for which, and which parameters each formula reads."""

    def __init__(self, system: Any, found: Any) -> None:
        self.asked: dict[str, set[str]] = defaultdict(set)
        self.read: dict[str, set[str]] = defaultdict(set)
        super().__init__(system, found)
        self._trace = True  # OpenFisca's full tracer keeps every array; its scales leave no trace in it

    def calculate(self, variable_name: str, period: Any) -> Any:
        if self.tracer.stack:
            self.asked[self.tracer.stack[-1]["name"]].add(variable_name)
        return super().calculate(variable_name, period)

    def trace_parameters_at_instant(self, formula_period: Any) -> Any:
        node = self.tax_benefit_system.get_parameters_at_instant(formula_period)
        return NotedNode(node, self.read[self.tracer.stack[-1]["name"]])


class NotedNode:
    """A node of parameters at an instant that notes the names of the parameters read below it."""

    def __init__(self, node: Any, noted: set[str]) -> None:
        self._node = node
        self._noted = noted

    def __getattr__(self, key: str) -> Any:
        return self._follow(getattr(self._node, key), key)

    def __getitem__(self, key: Any) -> Any:
        return self._follow(self._node[key], key)

    def __iter__(self) -> Any:
        return iter(self._node)

    def __contains__(self, key: object) -> bool:
        return key in list(self._node)

    def _follow(self, child: Any, key: Any) -> Any:
        if isinstance(child, ParameterNodeAtInstant | VectorialParameterNodeAtInstant):
            return NotedNode(child, self._noted)
        self._noted.update(_names(self._node, key))
        return child


def _names(node: Any, key: Any) -> Iterable[str]:
    """Full names of what `node[key]` reads; picked by an array, everything that could have been picked."""
    if isinstance(node, VectorialParameterNodeAtInstant):
        return [f"{each._name}.{key}" for each in node.vector] if isinstance(key, str) else [node._name]
    return [f"{node._name}.{key}" if isinstance(key, str) else node._name]


def _reading(simulation: NotedSimulation, right: str, rights: Mapping[str, Collection[str]]) -> Reading:
    asked = set(rights[right])
    others = {name: other for other, names in rights.items() for name in names if name not in asked}
    every = _closure(simulation, asked, stops=())
    own = _closure(simulation, asked, stops=others)
    parameters = {parameter.lstrip(".") for name in own for parameter in simulation.read.get(name, ())}
    through = frozenset(others[name] for name in every if name in others)
    return Reading(frozenset(every), frozenset(own), frozenset(parameters), through)


def _closure(simulation: NotedSimulation, names: Collection[str], stops: Container[str]) -> set[str]:
    """The variables reached from `names`, without going through those of `stops`."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and name not in stops:
            found.add(name)
            waiting.extend(simulation.asked.get(name, ()))
    return found
