"""Expressions on columns: written in a graph, or computed by plain NumPy as they stand.

NumPy itself does not settle two things, and those rows are left out: which zero the greatest (least) of 0.0 and -0.0
is, and what becomes of a real number that a small integer cannot hold. A code outside its table is left out as well:
`specialise.outside` sends such a household to OpenFisca.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allervers.law.compiled.graph import DType, Graph, quietly, ufunc_named
from allervers.law.compiled.ranges import Range
from allervers.law.compiled.simplify import Columns

#: So many rows are tried of an expression.
ROWS = 900


@dataclass(frozen=True)
class Given:
    """A column given, by its number."""

    number: int
    dtype: DType


@dataclass(frozen=True, eq=False)
class Fixed:
    """A constant."""

    value: Any


@dataclass(frozen=True)
class Call:
    name: str
    args: tuple[Any, ...]


@dataclass(frozen=True)
class Cast:
    given: Any
    dtype: DType


@dataclass(frozen=True)
class Where:
    condition: Any
    yes: Any
    no: Any
    dtype: DType


@dataclass(frozen=True)
class Taken:
    """The figure of a table at a code."""

    attr: tuple[tuple[Any, ...], str, tuple[bool, ...]]
    codes: Any


@dataclass(frozen=True)
class Column:
    """The values of a column, and the range to which they belong."""

    dtype: DType
    within: Range | None
    values: NDArray[Any]


@dataclass(frozen=True)
class Drawn:
    """An expression, and the columns on which to try it; `seed` mixes them when they are too many for every mix."""

    expression: Any
    columns: tuple[Column, ...]
    seed: int

    def rows(self) -> list[NDArray[Any]]:
        """Every mix of the values of the columns, or as many mixes as `ROWS`."""
        sizes = [len(column.values) for column in self.columns]
        if not sizes:
            return [np.zeros(1)]
        if np.prod(sizes, dtype=int) <= ROWS:
            places = np.indices(sizes).reshape(len(sizes), -1)
        else:
            places = np.random.default_rng(self.seed).integers(0, np.array(sizes)[:, None], (len(sizes), ROWS))
        return [column.values[at] for column, at in zip(self.columns, places, strict=True)]


# ---------------------------------------------------------------- plain NumPy


@dataclass
class Plainly:
    """An expression computed as it stands. `outside`: the rows out of a table; `unsettled`: out of NumPy's promises."""

    rows: Sequence[NDArray[Any]]
    outside: NDArray[np.bool_] = field(init=False)
    unsettled: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.outside, self.unsettled = np.zeros((2, len(self.rows[0])), bool)

    def of(self, expression: Any) -> NDArray[Any]:
        how: Callable[[Any], NDArray[Any]] = getattr(self, f"of_{type(expression).__name__.lower()}")
        return how(expression)

    def of_given(self, one: Given) -> NDArray[Any]:
        return self.rows[one.number]

    def of_fixed(self, one: Fixed) -> NDArray[Any]:
        return np.full(len(self.unsettled), one.value)

    def of_call(self, one: Call) -> NDArray[Any]:
        args = [self.of(arg) for arg in one.args]
        if one.name in ("maximum", "minimum"):
            self.unsettled |= zeros_of_two_signs(*args)
        return quietly(ufunc_named(one.name), *args)

    def of_cast(self, one: Cast) -> NDArray[Any]:
        return self.cast(self.of(one.given), one.dtype)

    def of_where(self, one: Where) -> NDArray[Any]:
        condition = self.of(one.condition).astype(bool)
        return np.where(condition, self.cast(self.of(one.yes), one.dtype), self.cast(self.of(one.no), one.dtype))

    def of_taken(self, one: Taken) -> NDArray[Any]:
        codes, (values, kind, inside) = self.of(one.codes), one.attr
        near = np.clip(codes, 0, len(values) - 1).astype(int)
        self.outside |= (codes != near) | ~np.array(inside)[near]
        return np.array(values, kind)[near]

    def cast(self, values: NDArray[Any], dtype: DType) -> NDArray[Any]:
        if values.dtype.kind == "f" and dtype.kind in "iu" and dtype.itemsize < 4:
            info = np.iinfo(dtype)
            self.unsettled |= ~((np.trunc(values) >= info.min) & (np.trunc(values) <= info.max))
        return quietly(values.astype, dtype)


def zeros_of_two_signs(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.bool_]:
    if one.dtype.kind not in "biuf" or other.dtype.kind not in "biuf":
        return np.zeros(len(one), bool)
    return (one == 0) & (other == 0) & (np.signbit(one) != np.signbit(other))


# ---------------------------------------------------------------- graphs


class Unsimplified(Columns):
    """The same operations, one node each: what Columns knows of ranges, without its rules."""

    cast = Graph.cast
    called = Graph.called
    where = Graph.where

    def taken(self, attr: Any, codes: int, dtype: DType) -> int:
        return self.add("take", (codes,), attr, dtype, None)


def written(graph: Columns, expression: Any, columns: Sequence[Column]) -> int:
    """The place of the expression, written in the graph from its leaves up."""

    def at(one: Any) -> int:
        match one:
            case Given(number, dtype):
                return graph.input(number, dtype, columns[number].within)
            case Fixed(value):
                return graph.const(value)
            case Call(name, args):
                return graph.call(name, [at(arg) for arg in args])
            case Cast(given, dtype):
                return graph.cast(at(given), dtype)
            case Where(condition, yes, no, dtype):
                return graph.where(at(condition), at(yes), at(no), dtype)
            case Taken(attr, codes):
                return graph.taken(attr, at(codes), np.dtype(attr[1]))
        raise TypeError(one)

    return at(expression)


def worked_out(graph: Graph, rows: Sequence[NDArray[Any]], places: Sequence[int]) -> dict[int, NDArray[Any]]:
    """The values of these nodes, which come in order and with all that they need, by plain NumPy."""
    found: dict[int, NDArray[Any]] = {}
    for place in places:
        node = graph.nodes[place]
        args = [found[arg] for arg in node.args]
        if node.op == "const":
            found[place] = np.full(len(rows[0]), node.attr)
        elif node.op == "input":
            found[place] = rows[node.attr]
        elif node.op == "cast":
            found[place] = quietly(args[0].astype, node.dtype)
        elif node.op == "where":
            found[place] = np.where(*args)
        elif node.op == "take":
            found[place] = np.take(np.array(node.attr[0], node.attr[1]), args[0].astype(int), mode="clip")
        else:
            found[place] = quietly(ufunc_named(node.op), *args)
        assert found[place].dtype == node.dtype, f"{node.op} gives {found[place].dtype}, its node says {node.dtype}"
    return found


def alike(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.bool_]:
    """Where two columns hold the same: a NaN is a NaN, and 0.0 is not -0.0."""
    if one.dtype.kind == "f":
        return (np.isnan(one) & np.isnan(other)) | ((one == other) & (np.signbit(one) == np.signbit(other)))
    return one.view(f"u{one.itemsize}") == other.view(f"u{other.itemsize}")


def beyond(values: NDArray[Any], within: Range) -> NDArray[np.bool_]:
    """Where a column belies what is said of it."""
    if values.dtype.kind != "f":
        return (values < within.low) | (values > within.high)
    absent = np.isnan(values)
    found = absent & (not within.nan) | ~absent & ~((values >= within.low) & (values <= within.high))
    if not within.minus_zero:
        found |= (values == 0) & np.signbit(values)
    return found | ~absent & (values != np.rint(values)) if within.whole else found
