"""Expressions and columns drawn at random, where a rule may go wrong sooner than elsewhere."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import product
from random import Random
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st

from allervers.law.compiled.graph import DType, loop_of, quietly, ufunc_named
from allervers.law.compiled.ranges import Range, of_dtype
from allervers.law.compiled.simplify import BOOL, COMPARISONS
from tests.law.compiled.expressions import Call, Cast, Column, Drawn, Fixed, Given, Taken, Where, beyond

NUMBERS = tuple(np.dtype(code) for code in ("?", "i1", "u1", "i2", "i4", "i8", "f4", "f8"))
DTYPES = (*NUMBERS, np.dtype("M8[D]"), np.dtype("m8[D]"))
#: The dtypes of the tables of the law.
TABLES = tuple(np.dtype(kind) for kind in ("?", "i8", "f8"))
ALONE = ("logical_not", "negative", "positive", "absolute", "rint", "floor", "ceil")
PAIRED = ("add", "subtract", "multiply", "divide", "maximum", "minimum", "logical_and", "logical_or", "bitwise_and",
          "bitwise_or", *sorted(COMPARISONS))  # fmt: skip
#: Zeros, ones, halves, the ends of each dtype, the last whole numbers that a float holds.
NOTABLE = (0.0, 1.0, -0.0, -1.0, 0.5, -0.5, 2.5, -1.5, 1e-45, -5e-324, 127.0, 128.0, 255.0, 256.0, -129.0, 32768.0,
           2.0**24, 2.0**31 - 1, 2.0**31, 2.0**53, 2.0**63, -(2.0**63), 1e200, np.inf, -np.inf)  # fmt: skip
HUNDRED, BYTES = range(100), range(256)


@cache
def notable(dtype: DType) -> list[Any]:
    """The values of a dtype with which everything is tried, the plainest first."""
    if dtype.kind == "b":
        return [np.bool_(False), np.bool_(True)]
    if dtype.kind == "f":
        info = np.finfo(dtype)
        found = quietly(np.array((*NOTABLE, info.max, -info.max, info.eps, info.tiny)).astype, dtype)
    elif dtype.kind in "Mm":
        found = np.array([0, 1, -1, 365, 2**53 + 1, np.iinfo("i8").min]).astype(dtype)  # the last is no day at all
    else:
        info = np.iinfo(dtype)
        near = [at + by for at in (0, info.min, info.max, 127, 255, 2**31, 2**53) for by in (0, 1, -1, 2)]
        found = np.array([value for value in near if info.min <= value <= info.max], dtype)
    return list({value.tobytes(): value for value in found}.values())


@cache
def loops(name: str) -> list[tuple[DType, ...]]:
    """The dtypes of arguments that an operation takes, of those tried here; the simplest first."""
    found = [dtypes for dtypes in product(DTYPES, repeat=1 if name in ALONE else 2) if gives(name, dtypes)]
    return sorted(found, key=lambda dtypes: len(set(dtypes)))


@cache
def gives(name: str, dtypes: tuple[DType, ...]) -> DType | None:
    """The dtype of the result; None when NumPy refuses, or when it is not tried here (half a float)."""
    try:
        quietly(ufunc_named(name), *(np.ones(1, dtype) for dtype in dtypes))
    except TypeError:
        return None
    found = loop_of(name, dtypes)[-1]
    return found if found in DTYPES else None


@cache
def ways_to(dtype: DType) -> list[tuple[str, list[tuple[DType, ...]]]]:
    """The operations that give this dtype, and on what."""
    found = [(name, [args for args in loops(name) if gives(name, args) == dtype]) for name in (*ALONE, *PAIRED)]
    return [(name, args) for name, args in found if args]


class Drawing:
    """Draws an expression leaf by leaf, and the columns that it reads; each byte is a choice, the last ones are 0."""

    def __init__(self, choices: bytes, most: int) -> None:
        self.choices, self.most, self.at = choices, most, 0
        self.columns: list[Column] = []

    def one_of(self, choices: Sequence[Any]) -> Any:
        self.at += 1
        return choices[self.choices[self.at - 1] % len(choices)] if self.at <= len(self.choices) else choices[0]

    def chance(self, percent: int) -> bool:
        return self.one_of(HUNDRED) >= 100 - percent

    def finished(self, expression: Any) -> Drawn:
        return Drawn(expression, tuple(self.columns), len(self.choices) + sum(self.choices))

    # columns

    def number(self, dtype: DType) -> Any:
        """Any number of the dtype but NaN, more often a notable one."""
        if dtype.kind == "b" or self.chance(70):
            return self.one_of(notable(dtype))
        value = np.frombuffer(bytes(self.one_of(BYTES) for _ in range(dtype.itemsize)), dtype)[0]
        return dtype.type(0) if np.isnan(value) else value

    def range(self, dtype: DType) -> Range | None:
        """What may be said of a column."""
        if dtype.kind not in "biuf" or self.chance(15):
            return of_dtype(dtype)
        real = dtype.kind == "f"
        whole = not real or self.chance(50)
        ends = [np.rint(one) if real and whole else one for one in (self.number(dtype), self.number(dtype))]
        return Range(min(ends), max(ends), real and self.chance(30), real and self.chance(50), whole)

    def column(self, dtype: DType) -> Column:
        """A column, with the ends of its range and everything notable in between."""
        return tried(dtype, self.range(dtype), [] if dtype.kind in "Mm" else [self.number(dtype)])

    def codes(self, size: int) -> Given:
        last = self.one_of(range(size))
        within = Range(np.int64(0), np.int64(last), whole=True)
        self.columns.append(Column(np.dtype(np.int64), within, np.arange(last + 1)))
        return Given(len(self.columns) - 1, np.dtype(np.int64))

    # expressions

    def of(self, dtype: DType, depth: int) -> Any:
        """An expression of that dtype."""
        if depth == 0 or not self.chance(80):
            return self.leaf(dtype)
        kind = self.one_of(("call",) * 5 + ("where", "cast", "take"))
        if kind == "take" and dtype not in TABLES:
            kind = "call"
        if kind != "call":
            how: Callable[[DType, int], Any] = getattr(self, kind)
            return how(dtype, depth)
        name, dtypes = self.one_of(ways_to(dtype))
        return self.call(name, self.one_of(dtypes), depth)

    def leaf(self, dtype: DType) -> Any:
        known = [Given(number, dtype) for number, column in enumerate(self.columns) if column.dtype == dtype]
        room = len(self.columns) < self.most
        if self.chance(25) or not (known or room):
            return self.fixed(dtype)
        if known and (not room or self.chance(50)):
            return self.one_of(known)
        self.columns.append(self.column(dtype))
        return Given(len(self.columns) - 1, dtype)

    def fixed(self, dtype: DType) -> Fixed:
        few, absent = notable(dtype)[:3], [dtype.type(np.nan)] if dtype.kind == "f" else []
        return Fixed(self.one_of(few if self.chance(50) else [*notable(dtype), *absent]))

    def call(self, name: str, dtypes: Sequence[DType], depth: int) -> Call:
        """An operation; now and then on the same thing twice, or upon itself."""
        args = [self.of(dtype, depth - 1) for dtype in dtypes]
        if len(args) == 2 and dtypes[0] == dtypes[1] and self.chance(15):
            args[1] = args[0]
        if gives(name, tuple(dtypes)) == dtypes[0] and self.chance(15):
            args[0] = Call(name, (self.of(dtypes[0], depth - 1), *args[1:]))
        return Call(name, tuple(args))

    def cast(self, dtype: DType, depth: int) -> Cast:
        """A conversion; now and then of another."""
        source = self.of(self.one_of(DTYPES), depth - 1)
        return Cast(Cast(source, self.one_of(DTYPES)) if self.chance(40) else source, dtype)

    def where(self, dtype: DType, depth: int) -> Where:
        """A choice; now and then within another by the same condition, or between yes and no."""
        condition = self.of(self.one_of(DTYPES) if self.chance(20) else BOOL, depth - 1)
        if self.chance(20):
            condition = Call("logical_not", (Cast(condition, BOOL),))
        yes, no = (self.of(self.one_of(DTYPES) if self.chance(20) else dtype, depth - 1) for _ in range(2))
        if dtype == BOOL and self.chance(30):
            yes, no = Fixed(np.True_), Fixed(np.False_)
        if self.chance(15):
            yes = Where(condition, yes, no, dtype)
        if self.chance(15):
            yes, no = no, Where(condition, yes, no, dtype)
        return Where(condition, yes, no, dtype)

    def take(self, dtype: DType, depth: int) -> Taken:
        size = self.one_of(range(1, 6))
        values = tuple(self.one_of(notable(dtype)).item() for _ in range(size))
        inside = (True, *(not self.chance(20) for _ in range(size - 1)))
        codes = self.of(np.dtype(np.int64), depth - 1) if self.chance(20) else self.codes(size)
        return Taken((values, dtype.str, inside), codes)


def tried(dtype: DType, within: Range | None, more: Sequence[Any] = ()) -> Column:
    """A column with everything notable that its range allows."""
    if within is None:
        return Column(dtype, None, np.array(notable(dtype), dtype))
    found = [*notable(dtype), within.low, within.high, *more]
    if dtype.kind == "f":
        ends = np.array([within.low, within.high], dtype)
        found += [dtype.type(np.nan), *quietly(np.nextafter, ends, ends[::-1])]
    values = np.array(found, dtype)
    return Column(dtype, within, values[~beyond(values, within)])


@cache
def operations(name: str) -> st.SearchStrategy[Drawn]:
    """One operation, on columns, on constants or on the simplest of operations."""

    def operation(choices: bytes) -> Drawn:
        drawing = Drawing(choices, most=2)
        depth = drawing.one_of((1, 1, 2))
        if name in ("where", "cast", "take"):
            how: Callable[[DType, int], Any] = getattr(drawing, name)
            return drawing.finished(how(drawing.one_of(TABLES if name == "take" else DTYPES), depth))
        known = loops(name)
        same = [dtypes for dtypes in known if len(set(dtypes)) == 1]
        same += [dtypes for dtypes in same * 2 if dtypes[0].kind == "f"]
        return drawing.finished(drawing.call(name, drawing.one_of(known if drawing.chance(30) else same), depth))

    return st.binary(min_size=48, max_size=48).map(operation)


@cache
def trees(depth: int) -> st.SearchStrategy[Drawn]:
    """A whole expression."""

    def tree(choices: bytes) -> Drawn:
        drawing = Drawing(choices, most=3)
        return drawing.finished(drawing.of(drawing.one_of(DTYPES), depth))

    return st.binary(min_size=400, max_size=400).map(tree)


def look_for(name: str, found: Callable[[Drawn], bool]) -> None:
    """Among at most 3,000 draws, always the same, one that does as said; when none does, NoSuchExample."""
    how = settings(max_examples=3000, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    find(operations(name), found, settings=how, random=Random(0))
