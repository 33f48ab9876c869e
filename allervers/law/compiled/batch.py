"""One batch on its way through a program: sorted, run block after block, and what is left goes to OpenFisca."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import period as period_of

from allervers.law.columns import Columns, Group
from allervers.law.compiled.inputs import Given, ordinary, strange
from allervers.law.compiled.machine import BLOCK, Built, Workspace
from allervers.law.compiled.numpy_steps import Listing
from allervers.law.compiled.shapes import Alike, Households, households
from allervers.law.compiled.tracing.simulation import BY_NAME, Asked
from allervers.law.compute import native_values
from allervers.law.populations import populations
from allervers.law.simulation import ShortSimulation

Ints = NDArray[np.intp]
#: (entity, member, register, values of the whole batch) of what names and days decide.
Worked = tuple[str, int, int, NDArray[Any]]
ALONE = {"famille": "parent", "foyer_fiscal": "declarant", "menage": "personne_de_reference"}


class Batch:
    """A batch and its results: (variable, period) → one value per member of the variable's entity."""

    def __init__(self, system: Any, wanted: Sequence[Asked], given: Given, found: Households) -> None:
        self.system, self.given, self.found = system, given, found
        self.results: dict[Asked, NDArray[Any]] = {}
        self.known: dict[tuple[str, str], dict[str, Any]] = {}
        self.everybody: dict[tuple[str, str, str], NDArray[Any]] = {}
        self.sorted: dict[int, Any] = {}
        for name, at in wanted:
            count = given.simulation.populations[self.entity(name)].count
            self.results[name, at] = np.zeros(count, system.get_variable(name).dtype)

    def entity(self, name: str) -> str:
        return str(self.system.get_variable(name).entity.key)

    def sorted_out(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """(households,) who gives a number below zero, and who gives what no program is made for."""
        below, beyond = np.zeros(self.found.count, bool), np.zeros(self.found.count, bool)
        for (name, _), values in self.given.values.items():
            variable, home = self.system.get_variable(name), self.found.of[self.entity(name)]
            for mask, signed in ((below, False), (beyond, True)):
                found = strange(values, ordinary(variable, values.dtype, signed=signed))
                if found is None:
                    break
                mask[home[found]] = True
        return below, beyond

    def work(self, alike: Alike, built: Built, cores: int) -> Ints:
        """Run a shape's code on its households; those in which a guard is true are given back."""
        worked = self.worked_out(built.found)
        starts = range(0, len(alike.households), BLOCK)
        if cores == 1 or len(starts) == 1:
            return self.several(alike, built, worked, starts)
        share = -(-len(starts) // cores)
        parts = [starts[place : place + share] for place in range(0, len(starts), share)]
        with ThreadPoolExecutor(cores) as pool:
            refused = list(pool.map(lambda part: self.several(alike, built, worked, part), parts))
        return np.concatenate(refused)

    def several(self, alike: Alike, built: Built, worked: Sequence[Worked], starts: Sequence[int]) -> Ints:
        """Some blocks, one after the other, in the same memory."""
        inputs = [*self.inputs(built.found), *worked]
        with built.lent() as space:
            refused = [self.block(alike.part(start, start + BLOCK), built, inputs, space) for start in starts]
        return np.concatenate(refused)

    def inputs(self, found: Listing) -> list[Worked]:
        return [
            (self.entity(name), member, register, self.given.values[name, period])
            for (name, period, member), register in found.inputs
        ]

    def block(self, alike: Alike, built: Built, inputs: Sequence[Worked], space: Workspace) -> Ints:
        """Fill, run, and read one block."""
        count = len(alike.households)
        for entity, member, register, values in inputs:
            values.take(alike.members[entity][member], out=space.columns[register][:count], mode="clip")
        space.work(count)

        def value(place: Any) -> Any:
            return space.results[place][:count] if isinstance(place, int) else place

        for (asked, into), places in zip(self.results.items(), built.found.outputs, strict=True):
            rows = alike.members[self.entity(asked[0])]
            for member, place in enumerate(places):
                into[rows[member]] = value(place)
        refused = np.zeros(count, bool)
        for place in built.found.checks:
            refused |= value(place)
        return np.asarray(alike.households[refused])

    def worked_out(self, found: Listing) -> list[Worked]:
        """What names and days decide, for the whole batch."""
        ready: list[Worked] = []
        for words in found.words:
            name, period, member = words.attr
            distinct, which = self.distinct(name, period)
            results = words.work_out(distinct, self.named, self.known.setdefault((name, period), {}))
            for (node, register), values in zip(words.handed, results, strict=True):
                everybody = self.everybody.get((name, period, words.signs[node]))
                if everybody is None:
                    everybody = values.astype(found.registers[register])[which]
                    self.everybody[name, period, words.signs[node]] = everybody
                ready.append((self.entity(name), member, register, everybody))
        return ready

    def distinct(self, name: str, period: str) -> Any:
        """The distinct values of an input, and which of them each member has."""
        values = self.given.values[name, period]
        if id(values) not in self.sorted:
            self.sorted[id(values)] = np.unique(values, return_inverse=True)
        return self.sorted[id(values)]

    def named(self, variable: str, period: str, args: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """OpenFisca's own formula on distinct names, one dwelling each."""
        count = len(args[0])
        groups = {key: Group(count, np.arange(count), np.array([role] * count)) for key, role in ALONE.items()}
        simulation = ShortSimulation(self.system, populations(self.system, Columns(count, groups, {})))
        for name, values in zip(BY_NAME[variable], args, strict=True):
            simulation.get_holder(name).set_input(period, values)
        return np.asarray(simulation.calculate(variable, period))

    def by_openfisca(self, which: Ints) -> None:
        """The figures of some households from OpenFisca itself. Raises LawFault where it refuses."""
        if not which.size:
            return
        part = self.part_of(which)
        for (name, at), into in self.results.items():
            into[np.isin(self.found.of[self.entity(name)], which)] = np.asarray(native_values(part, name, at))

    def part_of(self, which: Ints) -> Any:
        """A simulation of some households, with what was given of them."""
        rows = {key: np.flatnonzero(np.isin(of, which)) for key, of in self.found.of.items()}
        groups = {}
        for key, whole in self.given.simulation.populations.items():
            if not whole.entity.is_person:
                persons = rows["individu"]
                of_person = np.searchsorted(rows[key], whole.members_entity_id[persons])
                roles = np.array([role.key for role in whole.members_role[persons]])
                groups[key] = Group(len(rows[key]), of_person, roles)
        columns = Columns(len(rows["individu"]), groups, {})
        part = ShortSimulation(self.system, populations(self.system, columns))
        for (name, first), values in self.given.values.items():
            variable = self.system.get_variable(name)
            kept = values[rows[self.entity(name)]]
            if variable.value_type is Enum:
                kept = EnumArray(kept, variable.possible_values)
            for period in self.given.periods[name, first]:
                part.get_holder(name)._memory_storage.put(kept, period_of(period))
        return part


def households_of(simulation: Any) -> Households:
    """The households of a simulation's populations."""
    groups, roles = {}, {}
    for key, population in simulation.populations.items():
        if not population.entity.is_person:
            flat = population.entity.flattened_roles
            places = np.zeros(len(population.members_role), np.int64)
            for place, role in enumerate(flat):
                places[population.members_role == role] = place
            roles[key] = tuple(role.key for role in flat)
            groups[key] = (population.count, population.members_entity_id, places)
    return households(simulation.populations["individu"].count, groups, roles)
