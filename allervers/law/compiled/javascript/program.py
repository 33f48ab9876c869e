"""A listing as data, and the module that reads it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import numpy as np

from allervers.law.compiled.javascript.operations import written
from allervers.law.compiled.javascript.texts import ARRAYS, ORDER, SAME, Text, key, number, number_of
from allervers.law.compiled.javascript.values import Naming, Value, kind_of
from allervers.law.compiled.numpy_steps import Listing

#: Signs of a text of figures: printable, never a quote nor a backslash. The first 63 stand alone; the next 29 come
#: before one more sign, the last before three.
FIGURES = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"\\')
ALONE, LONG = 63, 92
#: In a text of operations: the expression is over and has a name; a constant; a named value; then the operations.
NAMED, CONSTANT, VALUE, OPERATIONS = range(4)
#: One loop a kind, so that each reads arrays of its own kind.
LOADED = {kind: "G(column[start+i],i)" if kind in ("i8", "M8", "m8") else "column[start+i]" for kind in ARRAYS}
LOADS = [f"{kind}:(M,r,column,start,n)=>{{for(let i=0;i<n;i++)M[r+i]={words}}}" for kind, words in LOADED.items()]


def module(found: Listing) -> str:
    """The text of a module whose exports are those of one program."""
    kernels = Kernels()
    program = Program(found, kernels).text()
    return f"{kernels.text()}{read('runtime.js')}export const{{inputs,outputs,prepare,run}}=program({program});\n"


def bundle(listings: Mapping[str, Listing]) -> str:
    """The text of a module that exports several programs, each under its name."""
    kernels = Kernels()
    told = [f"{json.dumps(name)}:program({Program(found, kernels).text()})" for name, found in listings.items()]
    return f"{kernels.text()}{read('runtime.js')}export const programs={{" + ",\n".join(told) + "};\n"


class Kernels:
    """The operations that programs use, once each: an expression on `x`, `y` and `z`, and how many of them it reads."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, int], int] = {}
        self.tables: dict[Any, str] = {}

    def of(self, value: Value) -> int:
        """The number of the operation of a value."""
        args = [Text(f"M[{place}+i]") for place in "abc"[: len(value.args)]]
        found = self.taken(value, args[0]) if value.op == "take" else written(value, args)
        words = f"{found.words}?1:0" if value.dtype.kind == "b" and found.binds in (SAME, ORDER) else found.words
        return self.known.setdefault((words, len(args)), len(self.known))

    def taken(self, value: Value, code: Text) -> Text:
        """The figure at a code, a code outside being brought to the nearest end."""
        figures, kind, _ = value.attr
        name = self.tables.setdefault((figures, kind), f"t{len(self.tables)}")
        return Text(f"{name}[K({code.words},{len(figures) - 1})]")

    def text(self) -> str:
        tables = [
            f"const {name}=[{','.join(number(np.dtype(kind).type(one), np.dtype(kind)).words for one in figures)}];\n"
            for (figures, kind), name in self.tables.items()
        ]
        loops = [f"(M,r,a,b,c,n)=>{{for(let i=0;i<n;i++)M[r+i]={words}}}" for words, _ in self.known]
        arity = f"const ARITY=[{','.join(str(count) for _, count in self.known)}];\n"
        inputs = "const LOADS={\n" + ",\n".join(LOADS) + "};\n"
        return "".join([read("called.js"), inputs, *tables, arity, "const KERNELS=[\n", ",\n".join(loops), "];\n"])


class Program:
    """A listing as data: a result read once stands where it is read; one read more often has a name, given in order."""

    def __init__(self, found: Listing, kernels: Kernels) -> None:
        self.found, self.kernels = found, kernels
        self.values = Naming(found).values()
        self.first = len(self.values.given)
        self.kept = [place for output in self.values.outputs for place in output]
        asked = [arg for value in self.values.all for arg in value.args] + [*self.kept, *self.values.checks]
        self.uses = Counter(place for place in asked if isinstance(place, int))
        self.figures = self.ranked(number_of(place) for place in asked if not isinstance(place, int))
        self.names: dict[int, int] = {at: at for at in range(self.first)}
        self.operations: list[int] = []
        self.constants: list[int] = []
        self.back: list[int] = []

    def ranked(self, found: Iterable[Any]) -> dict[Any, int]:
        """What comes most often first."""
        return {one: rank for rank, (one, _) in enumerate(Counter(found).most_common())}

    def text(self) -> str:
        ends = {place for place in (*self.kept, *self.values.checks) if isinstance(place, int)}
        for at in range(self.first, self.first + len(self.values.all)):
            if self.uses[at] > 1 or at in ends:
                self.write(at)
                self.operations.append(-NAMED - 1)
                self.names[at] = len(self.names)
        kernels = self.ranked(one for one in self.operations if one >= 0)
        operations = [kernels[one] + OPERATIONS if one >= 0 else -one - 1 for one in self.operations]
        told = {
            **self.described(),
            "outputs": [[key(kind_of(place, self.found.registers)) for place in out] for out in self.found.outputs],
            "results": [[self.result(place) for place in out] for out in self.values.outputs],
            "checks": [self.result(place) for place in self.values.checks],
            "kernels": list(kernels),
            "operations": in_figures(operations),
            "constants": in_figures(self.constants),
            "values": in_figures(self.back),
        }
        fields = [f"{name}:{json.dumps(value, separators=(',', ':'))}" for name, value in told.items()]
        return "{" + ",\n".join([*fields, f"figures:[{','.join(self.figures)}]"]) + "}"

    def described(self) -> dict[str, Any]:
        """`inputs`, column by column of that list."""
        columns = list(zip(*described(self.found), strict=True)) or [()] * 5
        names, periods, kinds = (list(dict.fromkeys(columns[at])) for at in (0, 1, 3))
        given = [
            [names.index(name) for name in columns[0]],
            [periods.index(period) for period in columns[1]],
            list(columns[2]),
            [kinds.index(kind) for kind in columns[3]],
            [0 if node is None else node + 1 for node in columns[4]],
        ]
        return {"names": names, "periods": periods, "kinds": kinds, "given": [in_figures(one) for one in given]}

    def write(self, at: int) -> None:
        """The expression of a value, in postfix order; it may be deep."""
        left: list[Any] = [at]
        while left:
            place = left.pop()
            if isinstance(place, Value):
                self.operations.append(self.kernels.of(place))
            elif not isinstance(place, int):
                self.operations.append(-CONSTANT - 1)
                self.constants.append(self.figures[number_of(place)])
            elif place in self.names:
                self.operations.append(-VALUE - 1)
                self.back.append(len(self.names) - self.names[place])
            else:
                value = self.values.all[place - self.first]
                left += [value, *reversed(value.args)]

    def result(self, place: Any) -> int:
        """Where a result is: its name, or below zero the constant."""
        return self.names[place] if isinstance(place, int) else -1 - self.figures[number_of(place)]


def in_figures(numbers: Iterable[int]) -> str:
    """Numbers as a text, small ones in one sign."""
    return "".join(map(figure, numbers))


def figure(value: int) -> str:
    base = len(FIGURES)
    if value < ALONE:
        return FIGURES[value]
    high, low = divmod(value - ALONE, base)
    if high < LONG - ALONE:
        return FIGURES[ALONE + high] + FIGURES[low]
    high, low = divmod(value, base)
    return FIGURES[LONG] + FIGURES[high // base] + FIGURES[high % base] + FIGURES[low]


def described(found: Listing) -> list[tuple[str, str, int, str, int | None]]:
    """What is given, in order: the inputs, then what words decide, with their node."""
    inputs = [(*attr, key(found.registers[at]), None) for attr, at in found.inputs]
    words = [(*one.attr, key(found.registers[at]), node) for one in found.words for node, at in one.handed]
    return inputs + words


def read(name: str) -> str:
    """A part of every module."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
