"""Operations of the law as a graph: each node is made once, and what is constant is computed at once.

A node is what one operation gives: for each member of an entity ("individu", "famille"…) in a symbolic graph, for each
household in the graph of a shape. Ufuncs stand under their NumPy name, on arguments already cast to the dtypes of
NumPy's own loop: nothing is promoted later. A constant is a scalar of its exact dtype and belongs to no entity.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy._core import umath  # what formulas call, strings' ufuncs too

DType = np.dtype[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One operation: `op`, the places of its arguments, what else it needs, the dtype and the entity of its result."""

    op: str
    args: tuple[int, ...]
    attr: Any
    dtype: DType
    entity: str | None


@dataclass
class Graph:
    """Nodes in an order in which each comes after its arguments."""

    nodes: list[Node] = field(default_factory=list)
    _places: dict[Any, int] = field(default_factory=dict)
    _calls: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def add(self, op: str, args: Sequence[int], attr: Any, dtype: DType, entity: str | None) -> int:
        """The place of this operation, made if it was not known."""
        # a table of 0.0 is equal to a table of -0.0
        key = (op, tuple(args), repr(attr) if op == "take" else attr, dtype.str, entity)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.nodes)
            self.nodes.append(Node(op, tuple(args), attr, dtype, entity))
        return place

    def const(self, value: Any) -> int:
        """The place of a constant, given as a NumPy scalar (its dtype is kept) or a 0-d array."""
        scalar = np.asarray(value)
        key = ("const", scalar.dtype.str, scalar.tobytes())
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.nodes)
            self.nodes.append(Node("const", (), scalar[()], scalar.dtype, None))
        return place

    def cast(self, place: int, dtype: DType) -> int:
        """The value converted as `astype` does; itself when nothing changes."""
        node = self.nodes[place]
        if node.dtype == dtype:
            return place
        if node.op == "const":
            return self.const(quietly(np.asarray([node.attr]).astype, dtype)[0])
        return self.add("cast", (place,), None, dtype, node.entity)

    def call(self, name: str, args: Sequence[int]) -> int:
        """A ufunc on nodes; folded when every argument is constant."""
        asked = (name, *args)
        place = self._calls.get(asked)
        if place is None:
            place = self._calls[asked] = self.called(name, args)
        return place

    def called(self, name: str, args: Sequence[int]) -> int:
        """A ufunc asked for the first time."""
        ufunc = ufunc_named(name)
        nodes = [self.nodes[place] for place in args]
        *wanted, given = loop_of(name, tuple(node.dtype for node in nodes))
        if all(node.op == "const" for node in nodes):
            return self.const(quietly(ufunc, *(np.asarray([node.attr]) for node in nodes))[0])
        cast = [self.cast(place, dtype) for place, dtype in zip(args, wanted, strict=True)]
        return self.add(name, cast, None, given, self.entity_of(args))

    def where(self, condition: int, yes: int, no: int, dtype: DType) -> int:
        """`numpy.where`, its result of the given dtype."""
        condition, yes, no = self.cast(condition, np.dtype(bool)), self.cast(yes, dtype), self.cast(no, dtype)
        asked = self.nodes[condition]
        if asked.op == "const":
            return yes if asked.attr else no
        if yes == no:
            return yes
        return self.add("where", (condition, yes, no), None, dtype, self.entity_of((condition, yes, no)))

    def entity_of(self, places: Iterable[int]) -> str | None:
        """The one entity of these nodes, constants aside; raises ValueError when there are two."""
        found = {self.nodes[place].entity for place in places} - {None}
        if len(found) > 1:
            raise ValueError(f"one operation on members of {sorted(map(str, found))}")
        return found.pop() if found else None

    def is_const(self, place: int) -> bool:
        return self.nodes[place].op == "const"


def quietly(function: Any, *args: Any) -> Any:
    """Call it as formulas are called: a division by zero says nothing."""
    with np.errstate(all="ignore"):
        return function(*args)


@cache
def loop_of(name: str, dtypes: tuple[DType, ...]) -> tuple[DType, ...]:
    """The dtypes of the arguments and of the result of NumPy's loop."""
    ufunc = ufunc_named(name)
    if any(dtype.kind in "SUO" for dtype in dtypes):
        result = ufunc(*(np.zeros(1, dtype) for dtype in dtypes))
        return (*dtypes, result.dtype)
    return tuple(ufunc.resolve_dtypes((*dtypes, None)))


@cache
def ufunc_named(name: str) -> np.ufunc:
    found = getattr(umath, name)
    assert isinstance(found, np.ufunc), name
    return found


def live(graph: Graph, wanted: Iterable[int]) -> list[int]:
    """The places that `wanted` need, in order."""
    needed = [False] * len(graph.nodes)
    for place in wanted:
        needed[place] = True
    for place in range(len(graph.nodes) - 1, -1, -1):
        if needed[place]:
            for arg in graph.nodes[place].args:
                needed[arg] = True
    return [place for place, kept in enumerate(needed) if kept]
