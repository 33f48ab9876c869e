"""Expressions of JavaScript, and how tightly they bind; numbers written so that they come back to the bit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from allervers.law.compiled.graph import DType
from allervers.law.compiled.ranges import Range

EXACT = 2**53
WATCHED = Range(np.int64(1 - EXACT), np.int64(EXACT - 1), whole=True)
#: Kind → the typed array of a column ("Float32" for Float32Array).
ARRAYS = {"b1": "Uint8", "i1": "Int8", "u1": "Uint8", "i2": "Int16", "u2": "Uint16", "i4": "Int32", "u4": "Uint32",
          "i8": "Float64", "f4": "Float32", "f8": "Float64", "M8": "Float64", "m8": "Float64"}  # fmt: skip
#: How tightly a sign binds.
ANY, CHOICE, OR, XOR, AND, SAME, ORDER, SHIFT, SUM, TIMES, SIGN, ATOM = range(12)
SIGNS = {"|": OR, "^": XOR, "&": AND, "==": SAME, "!=": SAME, "<": ORDER, "<=": ORDER, ">": ORDER, ">=": ORDER,
         "<<": SHIFT, ">>": SHIFT, ">>>": SHIFT, "+": SUM, "-": SUM, "*": TIMES, "/": TIMES}  # fmt: skip
#: Bits → how what overflows wraps.
WRAPS = {"i1": (("<<", "24"), (">>", "24")), "i2": (("<<", "16"), (">>", "16")), "i4": (("|", "0"),),
         "u1": (("&", "255"),), "u2": (("&", "65535"),), "u4": ((">>>", "0"),)}  # fmt: skip
CALLS = {"maximum": "X", "minimum": "N", "rint": "R", "floor": "B", "ceil": "C", "trunc": "O", "absolute": "A",
         "fabs": "A", "sqrt": "S"}  # fmt: skip
OF_WHOLE = {"maximum", "minimum", "floor", "ceil", "trunc"}


class Unwritten(TypeError):
    """An operation that has no JavaScript here."""


@dataclass(frozen=True, slots=True)
class Text:
    """An expression and how tightly its last sign binds."""

    words: str
    binds: int = ATOM

    def within(self, binds: int) -> str:
        return self.words if self.binds >= binds else f"({self.words})"


def key(dtype: DType) -> str:
    """The kind of a dtype; a fault for what JavaScript does not hold here."""
    kind = f"{dtype.kind}{dtype.itemsize}"
    if kind not in ARRAYS:
        raise Unwritten(f"values of {dtype}")
    return kind


def rounded(found: Text, single: bool) -> Text:
    return called("F", [found]) if single else found


def wrapped(found: Text, kind: str) -> Text:
    for sign, bits in WRAPS[kind]:
        found = signed(found, sign, Text(bits))
    return found


def called(name: str, args: Iterable[Text]) -> Text:
    return Text(f"{name}({','.join(arg.words for arg in args)})")


def watched(found: Text) -> Text:
    return called("G", [found, Text("i")])


def minus(arg: Text) -> Text:
    return Text(f"-{arg.within(ATOM)}", SIGN)


def signed(one: Text, sign: str, other: Text) -> Text:
    """Two arguments about a sign; nothing is assumed associative."""
    binds = SIGNS[sign]
    right = other.within(binds + 1)
    if right[0] == sign[-1] and sign in "+-":
        right = f"({right})"
    return Text(f"{one.within(binds)}{sign}{right}", binds)


def number(value: Any, dtype: DType) -> Text:
    """A constant, exactly: a float32 is the double that is equal to it, or what rounds to it when that is shorter."""
    if dtype.kind in "Mm":
        return Text("W") if np.isnat(value) else whole(int(np.asarray(value, dtype).astype(np.int64)))
    if dtype.kind in "biu":
        return whole(int(value))
    if np.isnan(value):
        return Text("W")
    sign = "-" if np.signbit(value) else ""
    words = "Z" if np.isinf(value) else plain(repr(abs(float(value))))
    if dtype.itemsize == 4 and np.isfinite(value):
        short = plain(str(abs(np.float32(value))))
        if len(short) + 3 < len(words) and np.float32(float(short)) == abs(np.float32(value)):
            words = f"F({short})"
    return Text(sign + words, SIGN if sign else ATOM)


def whole(value: int) -> Text:
    if abs(value) >= EXACT and value != -(2**63):
        raise Unwritten(f"the whole number {value}")
    return Text(str(value), SIGN if value < 0 else ATOM)


def plain(words: str) -> str:
    """A figure as short as JavaScript reads it."""
    figures, _, power = words.partition("e")
    if "." in figures:
        figures = figures.rstrip("0").rstrip(".") or "0"
    figures = figures[1:] if figures.startswith("0.") else figures
    return f"{figures}e{int(power)}" if power else figures


def number_of(value: Any) -> str:
    return number(value, np.asarray(value).dtype).words
