"""A flat graph as a list of NumPy calls into a few blocks of memory: nothing is allocated while it runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allervers.law.compiled.graph import DType, Node, live, ufunc_named
from allervers.law.compiled.specialise import Flat
from allervers.law.compiled.words import Words, gather, worded

Step = tuple[Callable[..., Any], tuple[Any, ...]]


@dataclass(frozen=True)
class Line:
    """One operation: its name, where its arguments lie, where its result goes, its table if it takes in one.

    A place is a register (a whole number) or a constant (a NumPy scalar).
    """

    op: str
    args: tuple[Any, ...]
    into: int
    attr: Any


@dataclass(frozen=True)
class Listing:
    """The operations in order. `registers`: their dtypes; `inputs`: (attr, register); `outputs`, `checks`: places.

    `words`: what is worked out beforehand, once for each distinct name.
    """

    lines: tuple[Line, ...]
    registers: tuple[DType, ...]
    inputs: tuple[tuple[Any, int], ...]
    outputs: tuple[tuple[Any, ...], ...]
    checks: tuple[Any, ...]
    words: tuple[Words, ...]


def listing(flat: Flat) -> Listing:
    """The shortest list of operations that gives the outputs, registers being used again as soon as they can."""
    return Allotting(flat).listing()


class Allotting:
    """Gives a register to each result, and takes it back after its last reading."""

    def __init__(self, flat: Flat) -> None:
        self.flat = flat
        self.columns = flat.columns
        self.kept = {place for output in flat.outputs for place in output} | set(flat.guards)
        everything = live(flat.columns, self.kept)
        self.worded = worded(flat.columns, everything)
        self.handed = self.handed_over(everything)
        self.order = [place for place in everything if place not in self.worded or place in self.handed]
        self.last = self.last_readings()
        self.registers: list[DType] = []
        self.free: dict[DType, list[int]] = {}
        self.where: dict[int, Any] = {}

    def handed_over(self, everything: Sequence[int]) -> list[int]:
        """The results of names that the rest reads."""
        read = {arg for place in everything if place not in self.worded for arg in self.columns.nodes[place].args}
        return sorted(place for place in (read | self.kept) & set(self.worded))

    def words(self) -> tuple[Words, ...]:
        found = []
        for source in dict.fromkeys(self.worded[place] for place in self.handed):
            handed = [(place, self.where[place]) for place in self.handed if self.worded[place] == source]
            found.append(gather(self.columns, source, [source, *(place for place, _ in handed)], handed))
        return tuple(found)

    def last_readings(self) -> dict[int, int]:
        last: dict[int, int] = {}
        for at, place in enumerate(self.order):
            for arg in self.columns.nodes[place].args:
                last[arg] = at
        return last

    def listing(self) -> Listing:
        inputs, lines = [], []
        for at, place in enumerate(self.order):
            node = self.columns.nodes[place]
            if node.op == "const":
                self.where[place] = node.attr
            elif place in self.worded:
                self.where[place] = self.register(node.dtype, fresh=True)
            elif node.op == "input":
                self.where[place] = self.register(node.dtype, fresh=True)
                inputs.append((node.attr, self.where[place]))
            else:
                lines.append(self.line(at, place, node))
        return Listing(
            tuple(lines),
            tuple(self.registers),
            tuple(inputs),
            tuple(tuple(self.where[place] for place in output) for output in self.flat.outputs),
            tuple(self.where[place] for place in self.flat.guards),
            self.words(),
        )

    def line(self, at: int, place: int, node: Node) -> Line:
        args = tuple(self.where[arg] for arg in node.args)
        into = self.register(node.dtype)
        for arg in dict.fromkeys(node.args):
            if self.last[arg] == at and self.can_be_used_again(arg):
                self.free.setdefault(self.columns.nodes[arg].dtype, []).append(self.where[arg])
        self.where[place] = into
        return Line(node.op, args, into, node.attr)

    def can_be_used_again(self, place: int) -> bool:
        """Neither an output nor what was given: the next block of the same program finds it where it was."""
        return place not in self.kept and place not in self.worded and self.columns.nodes[place].op not in (
            "const", "input")  # fmt: skip

    def register(self, dtype: DType, *, fresh: bool = False) -> int:
        found = None if fresh else self.free.get(dtype)
        if found:
            return found.pop()
        self.registers.append(dtype)
        return len(self.registers) - 1


def steps(found: Listing, size: int) -> tuple[list[Step], list[NDArray[Any]]]:
    """The calls on blocks of `size` households, and the registers they use."""
    registers = [np.zeros(size, dtype) for dtype in found.registers]

    def at(place: Any) -> Any:
        return registers[place] if isinstance(place, int) else place

    return [step(line, [at(arg) for arg in line.args], registers[line.into]) for line in found.lines], registers


def step(line: Line, args: Sequence[Any], into: NDArray[Any]) -> Step:
    """One call."""
    if line.op == "cast":
        return np.copyto, (into, args[0], "unsafe")
    if line.op == "where":
        return choose, (*args, into)
    if line.op == "take":
        values, kind, _ = line.attr
        return np.take, (np.array(values, kind), args[0], None, into, "clip")
    return ufunc_named(line.op), (*args, into)


def choose(condition: Any, yes: Any, no: Any, into: Any) -> None:
    """`where` into a block that is there already."""
    np.copyto(into, no)
    np.copyto(into, yes, where=condition)


def run(calls: Sequence[Step]) -> None:
    """Every operation, in order."""
    for call, args in calls:
        call(*args)
