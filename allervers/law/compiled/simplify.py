"""Columns: a graph whose operations are simplified as they are written, to the bit.

Each rule holds for every value that the ranges of its arguments leave possible, NaN, infinities, -0.0 and integers
that wrap included; `tests/law/compiled/test_simplify.py` holds each against NumPy.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from allervers.law.compiled import ranges
from allervers.law.compiled.graph import DType, Graph, loop_of
from allervers.law.compiled.ranges import Range

BOOL = np.dtype(bool)
SYMMETRIC = frozenset(
    {"add", "multiply", "equal", "not_equal", "logical_and", "logical_or", "bitwise_and", "bitwise_or"}
)
COMPARISONS = frozenset({"less", "less_equal", "greater", "greater_equal", "equal", "not_equal"})


@dataclass
class Columns(Graph):
    """A graph on columns, one value a household; it knows the range of each node."""

    ranges: list[Range | None] = field(default_factory=list)

    def range_of(self, place: int) -> Range | None:
        """What is known of the values at `place`."""
        while len(self.ranges) <= place:
            self.ranges.append(self._range(len(self.ranges)))
        return self.ranges[place]

    def _range(self, place: int) -> Range | None:
        node = self.nodes[place]
        if node.op == "const":
            return ranges.of_constant(node.attr)
        given = [self.ranges[arg] for arg in node.args]
        if node.op == "cast":
            return ranges.of_cast(given[0], self.nodes[node.args[0]].dtype, node.dtype)
        if node.op == "where":
            return ranges.join(given[1], given[2])
        if node.op == "take":
            return of_table(node.attr, node.dtype)
        if node.op in ("input", "named"):
            return ranges.of_dtype(node.dtype)
        return ranges.of_call(node.op, given, node.dtype)

    def input(self, attr: Any, dtype: DType, within: Range | None) -> int:
        """A column given, whose values were checked to lie within a range."""
        place = self.add("input", (), attr, dtype, None)
        self.range_of(place)
        self.ranges[place] = within or ranges.of_dtype(dtype)
        return place

    def cast(self, place: int, dtype: DType) -> int:
        node = self.nodes[place]
        if node.dtype == dtype:
            return place
        if node.op == "cast" and (kept := self.through(node.args[0], node.dtype, dtype)) is not None:
            return kept
        return super().cast(place, dtype)

    def through(self, inner: int, between: DType, dtype: DType) -> int | None:
        """What a cast of a cast comes to, when the one between lost nothing."""
        source, within = self.nodes[inner].dtype, self.range_of(inner)
        if within is None or dtype.kind not in "biuf" or not held(within, source, between):
            return None
        if between.kind == "f" and source.kind != "f" and dtype.kind in "iu" and not ranges.to_whole(within, dtype):
            return None  # what is too large turns round when it comes from an integer, not from a float
        return self.cast(inner, dtype)

    def called(self, name: str, args: Sequence[int]) -> int:
        *wanted, given = loop_of(name, tuple(self.nodes[place].dtype for place in args))
        cast = [self.cast(place, dtype) for place, dtype in zip(args, wanted, strict=True)]
        if all(self.is_const(place) for place in cast):
            return super().called(name, cast)
        rule = None
        if all(self.nodes[place].dtype.kind in "biuf" for place in cast):  # days and names have other rules
            rule = RULES.get(name)
            if name in SYMMETRIC:
                cast.sort(key=lambda place: (self.is_const(place), place))
        found = rule(self, cast, given) if rule else None
        if found is None and name in COMPARISONS:
            found = self.decided(name, cast)
        return super().called(name, cast) if found is None else found

    def decided(self, name: str, args: list[int]) -> int | None:
        """A comparison that the ranges decide."""
        one, other = (self.range_of(place) for place in args)
        if one is None or other is None or one.nan or other.nan:
            return None
        below, above = one.high < other.low, one.low > other.high
        not_above, not_below = one.high <= other.low, one.low >= other.high
        answers = {
            "less": (below, not_below), "less_equal": (not_above, above), "greater": (above, not_above),
            "greater_equal": (not_below, below), "equal": (False, below or above), "not_equal": (below or above, False),
        }[name]  # fmt: skip
        if not any(answers):
            return None
        return self.const(np.bool_(answers[0]))

    def where(self, condition: int, yes: int, no: int, dtype: DType) -> int:
        condition, yes, no = self.cast(condition, BOOL), self.cast(yes, dtype), self.cast(no, dtype)
        node = self.nodes[condition]
        if node.op == "logical_not" and self.nodes[node.args[0]].dtype == BOOL:
            return self.where(node.args[0], no, yes, dtype)
        if self.asks(yes, condition):
            yes = self.nodes[yes].args[1]
        if self.asks(no, condition):
            no = self.nodes[no].args[2]
        if dtype == BOOL and self.is_const(yes) and self.is_const(no) and yes != no:
            return condition if self.nodes[yes].attr else self.call("logical_not", [condition])
        return super().where(condition, yes, no, dtype)

    def asks(self, place: int, condition: int) -> bool:
        """Whether the node chooses by that same condition."""
        node = self.nodes[place]
        return node.op == "where" and node.args[0] == condition

    def number(self, place: int) -> Any:
        """The value of a constant; None of anything else."""
        node = self.nodes[place]
        return node.attr if node.op == "const" else None

    def taken(self, attr: Any, codes: int, dtype: DType) -> int:
        """The figure of a table at each code."""
        values, kind, inside = attr
        code = self.number(codes)
        if code is not None and 0 <= code < len(values) and inside[code]:
            return self.const(np.dtype(kind).type(values[code]))
        return self.add("take", (codes,), attr, dtype, None)


def held(within: Range, source: DType, dtype: DType) -> bool:
    """Whether a dtype of numbers holds exactly each one of a range; NumPy calls « safe » an int64 in a float64."""
    if source.kind in "iu" and source.itemsize == 8 and dtype.kind == "f":
        return dtype.itemsize == 8 and int(within.low) >= -(2**53) and int(within.high) <= 2**53
    return dtype.kind in "iuf" and np.can_cast(source, dtype, "safe")


def of_table(attr: Any, dtype: DType) -> Range | None:
    """From the least figure of a table to its most."""
    values, _, inside = attr
    known = np.array([value for value, kept in zip(values, inside, strict=True) if kept], dtype)
    if dtype.kind == "f" and np.isnan(known).any():
        return ranges.of_dtype(dtype)
    whole = dtype.kind != "f" or bool((known == np.rint(known)).all())
    minus_zero = dtype.kind == "f" and bool(((known == 0) & np.signbit(known)).any())
    return Range(known.min(), known.max(), False, minus_zero, whole)


Rule = Callable[[Columns, list[int], DType], int | None]


def add(columns: Columns, args: list[int], dtype: DType) -> int | None:
    """x + 0 is x, unless x is -0.0 and the zero is not; on booleans, « or »."""
    one, other = args
    if dtype == BOOL:
        return either(columns, args, dtype)
    value = columns.number(other)
    if value is None or value != 0:
        return None
    within = columns.range_of(one)
    if dtype.kind == "f" and not np.signbit(value) and (within is None or within.minus_zero):
        return None
    return one


def subtract(columns: Columns, args: list[int], dtype: DType) -> int | None:
    """x - 0 is x; x - x is 0 when x is finite."""
    one, other = args
    value = columns.number(other)
    if value is not None and value == 0 and not (dtype.kind == "f" and np.signbit(value)):
        return one
    within = columns.range_of(one)
    if one == other and within is not None and (dtype.kind in "iu" or within.finite):
        return columns.const(dtype.type(0))
    return None


def multiply(columns: Columns, args: list[int], dtype: DType) -> int | None:
    """x * 1 is x; x * 0 is 0 when x is finite and has no sign; on booleans, « and »."""
    one, other = args
    if dtype == BOOL:
        return both(columns, args, dtype)
    value = columns.number(other)
    if value is None:
        return None
    if value == 1:
        return one
    within = columns.range_of(one)
    if value == 0 and within is not None:
        if dtype.kind in "iu":
            return other
        if within.finite and within.never_negative:
            return other
    return None


def divide(columns: Columns, args: list[int], dtype: DType) -> int | None:
    """x / 1 is x; 0 / x is 0 when x is above zero."""
    one, other = args
    if (value := columns.number(other)) is not None and value == 1:
        return one
    value, within = columns.number(one), columns.range_of(other)
    if value is not None and value == 0 and within is not None and not within.nan and within.low > 0:
        return one
    return None


def both(columns: Columns, args: list[int], dtype: DType) -> int | None:
    """« and » of booleans."""
    return settled(columns, args, by=False)


def either(columns: Columns, args: list[int], dtype: DType) -> int | None:
    """« or » of booleans."""
    return settled(columns, args, by=True)


def settled(columns: Columns, args: list[int], *, by: bool) -> int | None:
    """The constant when it is the one that settles the answer; the other argument when it is not."""
    if any(columns.nodes[place].dtype != BOOL for place in args):
        return None
    one, other = args
    value = columns.number(other)
    if value is not None:
        return other if bool(value) is by else one
    return one if one == other else None


def maximum(columns: Columns, args: list[int], dtype: DType) -> int | None:
    """The one that is never below the other, where ties look the same."""
    return extreme(columns, args, greatest=True)


def minimum(columns: Columns, args: list[int], dtype: DType) -> int | None:
    return extreme(columns, args, greatest=False)


def extreme(columns: Columns, args: list[int], *, greatest: bool) -> int | None:
    if args[0] == args[1]:
        return args[0]
    for kept, left in (args, reversed(args)):
        within, outside = columns.range_of(kept), columns.range_of(left)
        if within is None or outside is None or outside.nan or within.minus_zero or outside.minus_zero:
            continue
        if within.low >= outside.high if greatest else within.high <= outside.low:
            return kept
    return None


def logical_not(columns: Columns, args: list[int], dtype: DType) -> int | None:
    """Not not x is x, of a boolean."""
    node = columns.nodes[args[0]]
    if node.op == "logical_not" and columns.nodes[node.args[0]].dtype == BOOL:
        return node.args[0]
    return None


def negative(columns: Columns, args: list[int], dtype: DType) -> int | None:
    node = columns.nodes[args[0]]
    return node.args[0] if node.op == "negative" else None


def positive(columns: Columns, args: list[int], dtype: DType) -> int | None:
    return args[0]


def to_whole(columns: Columns, args: list[int], dtype: DType) -> int | None:
    """A whole number is its own nearest."""
    within = columns.range_of(args[0])
    return args[0] if dtype.kind in "iu" or (within is not None and within.whole) else None


RULES: dict[str, Rule] = {
    "add": add, "subtract": subtract, "multiply": multiply, "divide": divide, "maximum": maximum, "minimum": minimum,
    "logical_and": both, "bitwise_and": both, "logical_or": either, "bitwise_or": either,
    "logical_not": logical_not, "negative": negative, "positive": positive,
    "rint": to_whole, "floor": to_whole, "ceil": to_whole,
}  # fmt: skip
