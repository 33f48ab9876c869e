"""The graph of one shape: each member gets columns of its own, each gesture of a group becomes arithmetic."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from allervers.law.compiled.graph import DType, Node, live
from allervers.law.compiled.ranges import Range
from allervers.law.compiled.simplify import Columns
from allervers.law.compiled.tracing.simulation import Trace

PERSON = "individu"


@dataclass(frozen=True)
class Kinship:
    """The groups of one kind in a shape: `of_person`, the place of each person's group; `role`, each flat role."""

    count: int
    of_person: tuple[int, ...]
    role: tuple[str, ...]

    @cached_property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """The persons of each group, in order."""
        return tuple(
            tuple(person for person, group in enumerate(self.of_person) if group == place)
            for place in range(self.count)
        )


@dataclass(frozen=True)
class Shape:
    """Who lives in a dwelling, and how they are related; nothing of who they are."""

    persons: int
    groups: tuple[tuple[str, Kinship], ...]

    @cached_property
    def kin(self) -> dict[str, Kinship]:
        return dict(self.groups)

    def size(self, entity: str) -> int:
        """How many members of the entity there are."""
        return self.persons if entity == PERSON else self.kin[entity].count


@dataclass(frozen=True)
class Flat:
    """The columns of a shape: the places of each output's members, and of what must be false in every household."""

    columns: Columns
    outputs: tuple[tuple[int, ...], ...]
    guards: tuple[int, ...]


def specialise(trace: Trace, shape: Shape, within: Callable[[str, DType], Range | None]) -> Flat:
    """The trace on that shape; `within(variable, dtype)` is the range to which an input was checked to belong."""
    flat = Flattening(trace, shape, within)
    guards = [guard.place for guard in trace.guards]
    for place in live(trace.graph, [*trace.outputs, *guards]):
        flat.write(place)
    sizes = [shape.size(trace.graph.nodes[place].entity or PERSON) for place in trace.outputs]
    outputs = tuple(flat.members(place, size) for place, size in zip(trace.outputs, sizes, strict=True))
    asked = dict.fromkeys([one for place in guards for one in flat.columns_at[place]] + flat.outside)
    return Flat(flat.columns, outputs, tuple(place for place in asked if not flat.is_false(place)))


class Flattening:
    """Writes each node of a trace once for each member; `columns_at` keeps where (one place for a constant)."""

    def __init__(self, trace: Trace, shape: Shape, within: Callable[[str, DType], Range | None]) -> None:
        self.nodes = trace.graph.nodes
        self.shape = shape
        self.within = within
        self.columns = Columns()
        self.columns_at: dict[int, tuple[int, ...]] = {}
        self.outside: list[int] = []

    def write(self, place: int) -> None:
        node = self.nodes[place]
        known: Callable[[Node], Sequence[int]] | None = getattr(self, f"write_{node.op}", None)
        self.columns_at[place] = tuple(known(node) if known else self.each(node))

    def is_false(self, place: int) -> bool:
        return self.columns.is_const(place) and not self.columns.nodes[place].attr

    def members(self, place: int, size: int) -> tuple[int, ...]:
        """The columns of a node for `size` members: a constant is the same for all."""
        found = self.columns_at[place]
        return found * size if len(found) == 1 and size != 1 else found

    def size(self, node: Node) -> int:
        return 1 if node.entity is None else self.shape.size(node.entity)

    def each(self, node: Node) -> list[int]:
        """An operation member by member."""
        size = self.size(node)
        given = [self.members(arg, size) for arg in node.args]
        return [self.operation(node, [column[member] for column in given]) for member in range(size)]

    def operation(self, node: Node, args: list[int]) -> int:
        if node.op == "cast":
            return self.columns.cast(args[0], node.dtype)
        if node.op == "where":
            return self.columns.where(args[0], args[1], args[2], node.dtype)
        if node.op == "take":
            self.outside += outside(self.columns, node.attr, args[0])
            return self.columns.taken(node.attr, args[0], node.dtype)
        if node.op == "named":
            return self.columns.add("named", args, node.attr, node.dtype, None)
        return self.columns.call(node.op, args)

    def write_const(self, node: Node) -> list[int]:
        return [self.columns.const(np.asarray(node.attr, node.dtype)[()])]

    def write_input(self, node: Node) -> list[int]:
        name, period = node.attr
        return [
            self.columns.input((name, period, member), node.dtype, self.within(name, node.dtype))
            for member in range(self.size(node))
        ]

    def write_role(self, node: Node) -> list[int]:
        kind, keys = node.attr
        return [self.columns.const(np.bool_(role in keys)) for role in self.shape.kin[kind].role]

    def write_count(self, node: Node) -> list[int]:
        kind, role = node.attr
        return [self.columns.const(node.dtype.type(len(self.chosen(kind, group, role)))) for group in self.groups(kind)]

    def write_sum(self, node: Node) -> list[int]:
        """As `bincount` adds: from zero, in order of person."""
        kind, role = node.attr
        given = self.members(node.args[0], self.shape.persons)
        found = []
        for group in self.groups(kind):
            total = self.columns.const(np.float64(0))
            for person in self.chosen(kind, group, role):
                total = self.columns.call("add", [total, given[person]])
            found.append(total)
        return found

    def write_reduce(self, node: Node) -> list[int]:
        """From the neutral element, member after member."""
        kind, reducer = node.attr
        given = self.members(node.args[0], self.shape.persons)
        found = []
        for members in self.shape.kin[kind].members:
            total = self.columns_at[node.args[1]][0]
            for person in members:
                total = self.columns.call(reducer, [total, given[person]])
            found.append(self.columns.cast(total, node.dtype))
        return found

    def write_nth(self, node: Node) -> list[int]:
        kind, which = node.attr
        return self.one_of(node, [members[which : which + 1] for members in self.shape.kin[kind].members])

    def write_unique(self, node: Node) -> list[int]:
        kind, role = node.attr
        return self.one_of(node, [self.chosen(kind, group, role) for group in self.groups(kind)])

    def one_of(self, node: Node, persons: Sequence[Sequence[int]]) -> list[int]:
        """The column of the one person, or the default."""
        given = self.members(node.args[0], self.shape.persons)
        default = self.columns.cast(self.columns_at[node.args[1]][0], node.dtype)
        return [self.columns.cast(given[found[0]], node.dtype) if found else default for found in persons]

    def write_project(self, node: Node) -> list[int]:
        kin = self.shape.kin[node.attr]
        given = self.members(node.args[0], kin.count)
        return [given[group] for group in kin.of_person]

    def write_rank(self, node: Node) -> list[int]:
        """Before it in its group: whoever has less, or as much and comes first; -1 for whoever does not count."""
        columns, kin = self.columns, self.shape.kin[node.attr]
        counts = self.members(node.args[1], self.shape.persons)
        most, none = columns.const(np.float64(np.inf)), columns.const(node.dtype.type(-1))
        given = [
            columns.where(counts[person], value, most, np.dtype(np.float64))
            for person, value in enumerate(self.members(node.args[0], self.shape.persons))
        ]
        found = []
        for person, group in enumerate(kin.of_person):
            rank = columns.const(node.dtype.type(0))
            for other in kin.members[group]:
                if other != person:
                    before = columns.call("less_equal" if other < person else "less", [given[other], given[person]])
                    rank = columns.call("add", [rank, columns.cast(before, node.dtype)])
            found.append(columns.where(counts[person], rank, none, node.dtype))
        return found

    def groups(self, kind: str) -> range:
        return range(self.shape.kin[kind].count)

    def chosen(self, kind: str, group: int, role: tuple[str, tuple[str, ...]] | None) -> list[int]:
        """The persons of a group who have a role, in this kind of group or in another."""
        members = self.shape.kin[kind].members[group]
        if role is None:
            return list(members)
        roles = self.shape.kin[role[0]].role
        return [person for person in members if roles[person] in role[1]]


def outside(columns: Columns, attr: Any, codes: int) -> list[int]:
    """What is true where a code falls out of a table, or on a figure that the law does not give."""
    inside, dtype = attr[2], columns.nodes[codes].dtype
    found = [
        columns.call("less", [codes, columns.const(dtype.type(0))]),
        columns.call("greater", [codes, columns.const(dtype.type(len(inside) - 1))]),
    ]
    if not all(inside):
        holes = (tuple(not one for one in inside), np.dtype(bool).str, (True,) * len(inside))
        found.append(columns.taken(holes, codes, np.dtype(bool)))
    return [place for place in found if not (columns.is_const(place) and not columns.nodes[place].attr)]


def single(mapping: Mapping[str, Kinship]) -> tuple[tuple[str, Kinship], ...]:
    """Groups as a shape holds them, whatever the order they came in."""
    return tuple(sorted(mapping.items()))
