"""Each operation of a listing as an expression of JavaScript that gives NumPy's value."""

from collections.abc import Callable

import numpy as np

from allervers.law.compiled import ranges
from allervers.law.compiled.javascript.texts import (
    ATOM,
    CALLS,
    CHOICE,
    OF_WHOLE,
    OR,
    SIGN,
    TIMES,
    Text,
    Unwritten,
    called,
    key,
    minus,
    rounded,
    signed,
    watched,
    wrapped,
)
from allervers.law.compiled.javascript.values import Value, exact, range_of_call

PLAIN = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}
ORDERED = {"less": "<", "less_equal": "<=", "greater": ">", "greater_equal": ">=", "equal": "==", "not_equal": "!="}
BITS = {"bitwise_and": "&", "bitwise_or": "|", "bitwise_xor": "^"}
LOGIC = {"logical_and": "&", "logical_or": "|", "logical_xor": "^"}
OF_BOOLEANS = {**BITS, **LOGIC, "add": "|", "multiply": "&", "maximum": "|", "minimum": "&"}
LONG_BITS = {"bitwise_and": "H", "bitwise_or": "J", "bitwise_xor": "E"}
MONTHS = {("D", "M"): "P({})", ("M", "D"): "Q({})", ("D", "Y"): "B(P({})/12)", ("M", "Y"): "B({}/12)",
          ("Y", "M"): "{}*12", ("Y", "D"): "Q({}*12)"}  # fmt: skip


def written(value: Value, args: list[Text]) -> Text:
    """One operation on its arguments."""
    op, kind = value.op, value.kinds[0]
    if op == "cast":
        return cast(value, args[0])
    if op == "where":
        return Text(f"{args[0].within(OR)}?{args[1].within(CHOICE)}:{args[2].within(CHOICE)}", CHOICE)
    if op in ORDERED:
        return signed(args[0], ORDERED[op], args[1])
    if op == "logical_not":
        return signed(Text("1"), "-", args[0]) if kind.kind == "b" else signed(args[0], "==", Text("0"))
    if op in LOGIC and kind.kind != "b":
        one, other = (signed(arg, "!=", Text("0")) for arg in args)
        return signed(one, LOGIC[op], other)
    rule = RULES.get(kind.kind)
    found = rule(value, args) if rule else None
    if found is None:
        raise Unwritten(f"{op} of {kind}")
    return found


def of_booleans(value: Value, args: list[Text]) -> Text | None:
    return signed(args[0], OF_BOOLEANS[value.op], args[1]) if value.op in OF_BOOLEANS else None


def of_floats(value: Value, args: list[Text]) -> Text | None:
    """Only what computes is rounded again: the greatest of two float32 is one already."""
    op, single = value.op, key(value.kinds[0]) == "f4"
    if op == "isnan":
        return called("Y", args)
    if op == "negative":
        return minus(args[0])
    if op in PLAIN:
        return rounded(signed(args[0], PLAIN[op], args[1]), single)
    return rounded(called(CALLS[op], args), single and op == "sqrt") if op in CALLS else None


def of_whole(value: Value, args: list[Text]) -> Text | None:
    """In their own size, what overflows wraps; int64 is watched, and never -0."""
    op, kind = value.op, key(value.kinds[0])
    if op in OF_WHOLE:
        return called(CALLS[op], args)
    if op in BITS:
        return called(LONG_BITS[op], args) if kind == "i8" else wrapped(signed(args[0], BITS[op], args[1]), kind)
    if op == "negative":
        found = signed(Text("0"), "-", args[0])
    elif op == "absolute":
        found = called("A", args)
    elif op == "multiply" and kind in ("i4", "u4"):
        found = called("U", args)
    elif op in ("add", "subtract", "multiply"):
        found = signed(args[0], PLAIN[op], args[1])
    else:
        return None
    if kind != "i8":
        return found if found.words.startswith("U(") and kind == "i4" else wrapped(found, kind)
    found = signed(found, "+", Text("0")) if op == "multiply" else found
    return found if exact(range_of_call(value)) else watched(found)


def of_days(value: Value, args: list[Text]) -> Text | None:
    """Days between dates; NaT is NaN, which signs and comparisons carry along by themselves."""
    op = value.op
    if op in ("maximum", "minimum"):
        return called(CALLS[op], args)
    if op == "divide" and value.dtype.kind == "f" and value.kinds[1].kind == "m":
        return signed(args[0], "/", args[1])
    if any(kind.kind == "f" for kind in value.kinds):
        return None
    if op in ("add", "subtract", "multiply"):
        return watched(signed(signed(args[0], PLAIN[op], args[1]), "+", Text("0")))
    if op == "negative":
        return signed(Text("0"), "-", args[0])
    return called("A", args) if op == "absolute" else None


RULES: dict[str, Callable[[Value, list[Text]], Text | None]] = {
    "b": of_booleans, "f": of_floats, "i": of_whole, "u": of_whole, "M": of_days, "m": of_days,
}  # fmt: skip


def cast(value: Value, arg: Text) -> Text:
    """As `astype` does on x86: what the integer cannot hold gives its least value, or that value's last bits."""
    source, dtype = value.kinds[0], value.dtype
    if dtype.kind == "b":
        return signed(arg, "!=", Text("0"))
    if source.kind in "Mm":
        return cast_of_days(value, arg)
    if dtype.kind == "f":
        return rounded(arg, key(dtype) == "f4")
    if source.kind == "f":
        return truncated(value, arg)
    return wrapped(arg, key(dtype))


def cast_of_days(value: Value, arg: Text) -> Text:
    """NaT is the least int64 for whoever reads a number."""
    source, dtype = value.kinds[0], value.dtype
    units, lengths = zip(*(np.datetime_data(kind) for kind in (source, dtype) if kind.kind in "Mm"), strict=True)
    if source.kind == dtype.kind == "M" and units in MONTHS and lengths == (1, 1):
        words = MONTHS[units].format(arg.within(SIGN))
        return Text(words, ATOM if words.endswith(")") else TIMES)
    if dtype.kind == "f" and source.kind == "m":
        return rounded(called("D", [arg]), key(dtype) == "f4")
    if key(dtype) == "i8":
        return watched(called("L", [arg]))
    if dtype.kind in "iu":
        return wrapped(arg, key(dtype))
    raise Unwritten(f"a cast from {source} to {dtype}")


def truncated(value: Value, arg: Text) -> Text:
    """Towards zero."""
    kind, inside = key(value.dtype), ranges.to_whole(value.within[0], value.dtype) if value.within[0] else None
    if kind == "i8":
        return signed(called("O", [arg]), "+", Text("0")) if exact(inside) else watched(called("L", [arg]))
    if kind == "u4":
        raise Unwritten("a cast from a fraction to uint32")
    if inside is not None:
        return signed(arg, "|", Text("0"))
    whole = called("I", [arg])
    return whole if kind == "i4" else wrapped(whole, kind)
