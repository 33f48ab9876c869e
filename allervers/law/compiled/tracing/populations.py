"""Populations whose gestures between persons and groups are written in the graph, whatever the households are.

`sum`, `nth`, `unique`, `reduce`, `count` go from persons to a group; `project` goes back; `role` and `rank` stay among
persons. The values of the sample are those that OpenFisca's own populations, the `bare` ones, give.
"""

from typing import Any

import numpy as np
from openfisca_core.holders import Holder
from openfisca_core.indexed_enums import Enum
from openfisca_core.projectors import Projector, projectable

from allervers.law.compiled.graph import quietly
from allervers.law.compiled.tracing.arrays import Tape, Traced, Untracked, is_weak, plain
from allervers.law.populations import Groups, Persons


class TracedHolder(Holder):  # type: ignore[misc]
    """Keeps traced arrays only."""

    def default_array(self) -> Any:
        values = super().default_array()
        population = self.population
        items = self.variable.possible_values if self.variable.value_type is Enum else None
        return population.tape.traced(
            values, population.tape.graph.const(plain(values)[:1][0]), population.entity.key, items
        )

    def _to_array(self, value: Any) -> Any:
        if not isinstance(value, Traced):
            raise Untracked(f"{self.variable.name}: its formula gave what nobody traced")
        if value._entity != self.population.entity.key:
            raise Untracked(f"{self.variable.name}: of {value._entity}, expected {self.population.entity.key}")
        return value


class _Population:
    """What persons and groups have in common."""

    tape: Tape
    bare: Any
    entity: Any
    count: int
    _holders: dict[str, Any]

    def get_holder(self, variable_name: str) -> Any:
        self.entity.check_variable_defined_for_entity(variable_name)
        holder = self._holders.get(variable_name)
        if holder is None:
            variable = self.entity.get_variable(variable_name)
            holder = self._holders[variable_name] = TracedHolder(variable, self)
        return holder

    def filled_array(self, value: Any, dtype: Any = None) -> Any:
        return self.tape.filled(value, self.count, self.entity.key, dtype)

    def empty_array(self) -> Any:
        return self.filled_array(0, np.float32)

    def write(self, op: str, given: list[Any], attr: Any, values: Any) -> Any:
        """An array of this population, from members of another."""
        places = [self.tape.place_of(one) for one in given]
        place = self.tape.graph.add(op, places, attr, values.dtype, self.entity.key)
        items = getattr(values, "possible_values", None)
        return self.tape.traced(plain(values), place, self.entity.key, items)


class TracedPersons(_Population, Persons):
    """The persons of the sample."""

    @projectable  # type: ignore[untyped-decorator]
    def has_role(self, role: Any) -> Any:
        values = self.bare.has_role(role)
        return self.write("role", [], keys_of(role), values)

    @projectable  # type: ignore[untyped-decorator]
    def get_rank(self, entity: Any, criteria: Any, condition: Any = True) -> Any:
        group = entity.reference_entity if isinstance(entity, Projector) else entity
        values = self.bare.get_rank(group.bare, plain(criteria), plain(condition))
        asked = condition if isinstance(condition, Traced) else np.asarray(condition, bool)[()]
        return self.write("rank", [criteria.astype(np.float64), asked], group.entity.key, values)


class TracedGroups(_Population, Groups):
    """The groups of one kind of the sample."""

    @projectable  # type: ignore[untyped-decorator]
    def sum(self, array: Any, role: Any = None) -> Any:
        weights = self.of_persons(array)
        values = self.bare.sum(plain(weights), role)
        return self.write("sum", [weights.astype(np.float64)], (self.entity.key, keys_of(role)), values)

    @projectable  # type: ignore[untyped-decorator]
    def any(self, array: Any, role: Any = None) -> Any:
        return self.sum(array, role=role) > 0

    @projectable  # type: ignore[untyped-decorator]
    def nb_persons(self, role: Any = None) -> Any:
        values = self.bare.nb_persons(role)
        return self.write("count", [], (self.entity.key, keys_of(role)), values)

    @projectable  # type: ignore[untyped-decorator]
    def reduce(self, array: Any, reducer: Any, neutral_element: Any, role: Any = None) -> Any:
        array = self.of_persons(array)
        values = quietly(self.bare.reduce, plain(array), reducer, neutral_element, role)
        kept = array if role is None else np.where(self.members.has_role(role), array, neutral_element)
        first = np.full(1, neutral_element)[0]
        return self.write("reduce", [kept, first], (self.entity.key, reducer.__name__), values)

    @projectable  # type: ignore[untyped-decorator]
    def value_from_person(self, array: Any, role: Any, default: Any = 0) -> Any:
        return self.one_of(
            array, default, "unique", keys_of(role), lambda: self.bare.value_from_person(original(array), role, default)
        )

    @projectable  # type: ignore[untyped-decorator]
    def value_nth_person(self, n: int, array: Any, default: Any = 0) -> Any:
        return self.one_of(array, default, "nth", n, lambda: self.bare.value_nth_person(n, original(array), default))

    def one_of(self, array: Any, default: Any, op: str, which: Any, values: Any) -> Any:
        """The value of one member, or the default where nobody is that one."""
        dtype = plain(array).dtype
        otherwise = np.full(1, default, dtype)[0]
        return self.write(op, [self.of_persons(array), otherwise], (self.entity.key, which), values())

    def project(self, array: Any, role: Any = None) -> Any:
        self.check_array_compatible_with_entity(array)
        items = getattr(array, "possible_values", None)
        place = self.tape.graph.cast(self.tape.place_of(array), array.dtype)
        values = plain(array)[self.members_entity_id]
        if not self.tape.graph.is_const(place):
            place = self.tape.graph.add("project", (place,), self.entity.key, array.dtype, self.members.entity.key)
        found = self.tape.traced(values, place, self.members.entity.key, items)
        return found if role is None else np.where(self.members.has_role(role), found, 0)

    def of_persons(self, array: Any) -> Any:
        """The array, of persons; a constant for everybody stays one."""
        if isinstance(array, Traced):
            if array._entity != self.members.entity.key:
                raise Untracked(f"{self.tape.variable}: members of {array._entity} where persons are expected")
            return array
        if is_weak(array) or np.ndim(array) == 0:
            return self.members.filled_array(array)
        raise Untracked(f"{self.tape.variable}: an array that nobody traced")


def keys_of(role: Any) -> tuple[str, tuple[str, ...]] | None:
    """The kind of group of a role (a dwelling may count the declarants of tax households), and its flat roles."""
    return None if role is None else (role.entity.key, tuple(each.key for each in (role.subroles or [role])))


def original(array: Any) -> Any:
    """What OpenFisca is given to compute the sample: an enumeration stays one."""
    items = getattr(array, "possible_values", None)
    if items is None:
        return plain(array)
    from openfisca_core.indexed_enums import EnumArray

    return EnumArray(plain(array), items)
