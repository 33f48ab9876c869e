"""A listing where each result has its own number, and what is known of its values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from allervers.law.compiled import ranges
from allervers.law.compiled.graph import DType
from allervers.law.compiled.javascript.texts import CALLS, EXACT, OF_WHOLE, WATCHED, key
from allervers.law.compiled.numpy_steps import Line, Listing
from allervers.law.compiled.ranges import Range


@dataclass(frozen=True, slots=True)
class Value:
    """What one line gives. An argument is the number of a value, or a constant; `kinds`: the arguments' dtypes."""

    op: str
    args: tuple[Any, ...]
    kinds: tuple[DType, ...]
    attr: Any
    dtype: DType
    within: tuple[Range | None, ...]


@dataclass(frozen=True)
class Values:
    """A listing where each result has its own number, the inputs first."""

    given: tuple[DType, ...]
    all: tuple[Value, ...]
    outputs: tuple[tuple[Any, ...], ...]
    checks: tuple[Any, ...]


def given_registers(found: Listing) -> list[int]:
    """Their registers, in the same order."""
    return [at for _, at in found.inputs] + [at for words in found.words for _, at in words.handed]


class Naming:
    """Registers are used again and again: here each result gets a number, and a cast that changes nothing none."""

    def __init__(self, found: Listing) -> None:
        self.found = found
        given = given_registers(found)
        self.given = tuple(found.registers[at] for at in given)
        self.at: dict[int, Any] = {register: number for number, register in enumerate(given)}
        self.all: list[Value] = []
        self.range: list[Range | None] = [given_range(dtype) for dtype in self.given]

    def values(self) -> Values:
        for line in self.found.lines:
            self.read(line)
        outputs = tuple(tuple(self.place(one) for one in output) for output in self.found.outputs)
        return Values(self.given, tuple(self.all), outputs, tuple(self.place(one) for one in self.found.checks))

    def place(self, at: Any) -> Any:
        return self.at[at] if isinstance(at, int) else at

    def within(self, place: Any, dtype: DType) -> Range | None:
        """The range of an argument, in the dtype in which it is read."""
        if not isinstance(place, int):
            return ranges.of_constant(place)
        held = self.given[place] if place < len(self.given) else self.all[place - len(self.given)].dtype
        with np.errstate(all="ignore"):
            return self.range[place] if held == dtype else ranges.of_cast(self.range[place], held, dtype)

    def read(self, line: Line) -> None:
        kinds = tuple(kind_of(arg, self.found.registers) for arg in line.args)
        args, dtype = tuple(self.place(arg) for arg in line.args), self.found.registers[line.into]
        if unchanged(line.op, kinds[0], dtype):
            self.at[line.into] = args[0]
            return
        within = tuple(self.within(arg, kind) for arg, kind in zip(args, kinds, strict=True))
        self.all.append(Value(line.op, args, kinds, line.attr, dtype, within))
        self.range.append(range_after(self.all[-1]))
        self.at[line.into] = len(self.given) + len(self.all) - 1


def kind_of(place: Any, registers: Sequence[DType]) -> DType:
    return registers[place] if isinstance(place, int) else np.asarray(place).dtype


def given_range(dtype: DType) -> Range | None:
    return WATCHED if key(dtype) == "i8" else ranges.of_dtype(dtype)


def unchanged(op: str, source: DType, dtype: DType) -> bool:
    """Whether the number stays the same number."""
    if op == "positive" or (op in OF_WHOLE and op not in CALLS):
        return True
    if op in ("floor", "ceil", "trunc"):
        return source.kind in "biu"
    if op != "cast" or source == dtype or dtype.kind == "b":
        return op == "cast" and source == dtype
    if source.kind in "Mm":
        return False
    if dtype.kind in "Mm":
        return source.kind in "biu"
    return source.kind == "b" or fits(source, dtype)


def fits(source: DType, dtype: DType) -> bool:
    """A double holds every int64 that is watched."""
    return np.can_cast(source, dtype, "safe")


def range_after(value: Value) -> Range | None:
    """What is known of the result; what is watched is inside, or its household is set aside."""
    if value.op == "cast":
        found = ranges.of_cast(value.within[0], value.kinds[0], value.dtype)
    elif value.op == "where":
        found = ranges.join(*value.within[1:])
    elif value.op == "take":
        figures = [ranges.of_constant(np.dtype(value.attr[1]).type(one)) for one in value.attr[0]]
        found = figures[0]
        for figure in figures[1:]:
            found = ranges.join(found, figure)
    else:
        found = range_of_call(value)
    return found if key(value.dtype) != "i8" or exact(found) else WATCHED


def range_of_call(value: Value) -> Range | None:
    """As `ranges` says; the least integer has no opposite of its own size."""
    if value.op in ("negative", "absolute") and value.dtype.kind in "iu":
        return ranges.of_dtype(value.dtype)
    with np.errstate(all="ignore"):
        return ranges.of_call(value.op, value.within, value.dtype)


def exact(found: Range | None) -> bool:
    """Whether a double surely holds it."""
    return found is not None and not found.nan and float(found.low) > -EXACT and float(found.high) < EXACT
