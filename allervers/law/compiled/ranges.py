"""What can be said of a number before it is known: its least, its most, whether it may be NaN, -0.0 or a fraction.

Bounds are computed in the dtype of the operation itself: rounding never changes an order, so that they hold to the bit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from allervers.law.compiled.graph import DType, quietly, ufunc_named


@dataclass(frozen=True, slots=True)
class Range:
    """`low` and `high` (NumPy scalars of the dtype) hold for every value that is not NaN."""

    low: Any
    high: Any
    nan: bool = False
    minus_zero: bool = False
    whole: bool = False

    @property
    def finite(self) -> bool:
        return not self.nan and bool(np.isfinite(self.low)) and bool(np.isfinite(self.high))

    @property
    def never_negative(self) -> bool:
        """Neither below zero, nor -0.0, nor NaN."""
        return not self.nan and not self.minus_zero and bool(self.low >= 0)


def of_constant(value: Any) -> Range | None:
    """A number's own range; None for what is not a number."""
    dtype = np.asarray(value).dtype
    if dtype.kind not in "biuf":
        return None
    if dtype.kind == "f" and np.isnan(value):
        return Range(dtype.type(-np.inf), dtype.type(np.inf), nan=True)
    minus_zero = dtype.kind == "f" and value == 0 and bool(np.signbit(value))
    whole = dtype.kind != "f" or bool(np.isfinite(value) and value == np.rint(value))
    return Range(value, value, minus_zero=minus_zero, whole=whole)


def of_dtype(dtype: DType) -> Range | None:
    """Everything that the dtype can hold."""
    if dtype.kind == "b":
        return Range(np.bool_(False), np.bool_(True), whole=True)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        return Range(dtype.type(info.min), dtype.type(info.max), whole=True)
    if dtype.kind == "f":
        return Range(dtype.type(-np.inf), dtype.type(np.inf), nan=True, minus_zero=True)
    return None


def of_call(name: str, args: Sequence[Range | None], dtype: DType) -> Range | None:
    """The range of what a ufunc gives, its arguments of its own loop; that of the dtype where nothing is known."""
    everything = of_dtype(dtype)
    rule = RULES.get(name)
    if everything is None or rule is None or any(one is None for one in args):
        return everything
    return rule(*args, dtype) or everything


def of_cast(given: Range | None, source: DType, dtype: DType) -> Range | None:
    """The range after `astype`."""
    everything = of_dtype(dtype)
    if given is None or everything is None or source.kind not in "biuf":
        return everything
    if dtype.kind == "b":
        return everything
    if dtype.kind in "iu":
        return to_whole(given, dtype) or everything
    low, high = (quietly(np.asarray([one]).astype, dtype)[0] for one in (given.low, given.high))
    narrower = source.kind == "f" and dtype.itemsize < source.itemsize  # a small negative number becomes -0.0
    minus_zero = given.minus_zero or (narrower and bool(given.low < 0))
    return Range(low, high, given.nan, minus_zero, given.whole and bool(np.isfinite(low) and np.isfinite(high)))


def to_whole(given: Range, dtype: DType) -> Range | None:
    """Truncated towards zero; unknown where the dtype cannot hold it."""
    if not given.finite:
        return None
    info, low, high = np.iinfo(dtype), int(given.low), int(given.high)  # exact: 2**63 is not an int64
    return Range(dtype.type(low), dtype.type(high), whole=True) if info.min <= low and high <= info.max else None


def join(one: Range | None, other: Range | None) -> Range | None:
    """What is true of both."""
    if one is None or other is None:
        return None
    return Range(
        min(one.low, other.low),
        max(one.high, other.high),
        one.nan or other.nan,
        one.minus_zero or other.minus_zero,
        one.whole and other.whole,
    )


def corners(name: str, one: Range, other: Range) -> list[Any] | None:
    """The operation on each pair of bounds; None where integers might wrap or a NaN come out."""
    left, right = np.asarray([one.low, one.low, one.high, one.high]), np.asarray([other.low, other.high] * 2)
    found = list(quietly(ufunc_named(name), left, right))
    pairs = list(zip(left, right, strict=True))
    dtype = np.asarray(found[0]).dtype
    if dtype.kind in "iu":
        exact = [int(a) + int(b) if name == "add" else int(a) - int(b) if name == "subtract" else int(a) * int(b)
                 for a, b in pairs]  # fmt: skip
        if any(int(value) != wanted for value, wanted in zip(found, exact, strict=True)):
            return None
    elif any(np.isnan(value) for value in found):
        return None
    return found


def added(one: Range, other: Range, dtype: DType) -> Range | None:
    found = corners("add", one, other) if dtype.kind != "b" else None
    if found is None:
        return None
    return Range(
        min(found), max(found), one.nan or other.nan, one.minus_zero and other.minus_zero, one.whole and other.whole
    )


def taken_off(one: Range, other: Range, dtype: DType) -> Range | None:
    found = corners("subtract", one, other)
    if found is None:
        return None
    # -0.0 - 0.0 is -0.0; x - x is 0.0
    return Range(min(found), max(found), one.nan or other.nan, one.minus_zero, one.whole and other.whole)


def times(one: Range, other: Range, dtype: DType) -> Range | None:
    if dtype.kind == "b":
        return None
    found = corners("multiply", one, other)
    if found is None:
        return None
    nan = one.nan or other.nan or not (one.finite and other.finite)
    minus_zero = dtype.kind == "f" and not (one.never_negative and other.never_negative)
    whole = one.whole and other.whole and all(np.isfinite(value) for value in found)
    return Range(min(found), max(found), nan, minus_zero, whole)


def divided(one: Range, other: Range, dtype: DType) -> Range | None:
    if dtype.kind != "f" or other.nan or not other.low > 0 or not (one.finite and other.finite):
        return None
    found = [quietly(np.divide, np.asarray([a]), np.asarray([b]))[0] for a in (one.low, one.high)
             for b in (other.low, other.high)]  # fmt: skip
    return Range(min(found), max(found), False, not one.never_negative)


def greatest(one: Range, other: Range, dtype: DType) -> Range | None:
    return Range(max(one.low, other.low), max(one.high, other.high), one.nan or other.nan,
                 one.minus_zero or other.minus_zero, one.whole and other.whole)  # fmt: skip


def least(one: Range, other: Range, dtype: DType) -> Range | None:
    return Range(min(one.low, other.low), min(one.high, other.high), one.nan or other.nan,
                 one.minus_zero or other.minus_zero, one.whole and other.whole)  # fmt: skip


def opposite(one: Range, dtype: DType) -> Range | None:
    if dtype.kind != "f":
        return None
    return Range(-one.high, -one.low, one.nan, bool(one.low <= 0 <= one.high), one.whole)


def to_the_nearest(name: str) -> Callable[[Range, DType], Range | None]:
    """rint, floor, ceil."""

    def rule(one: Range, dtype: DType) -> Range | None:
        if dtype.kind != "f":
            return one
        low, high = (quietly(ufunc_named(name), np.asarray([value]))[0] for value in (one.low, one.high))
        minus_zero = one.minus_zero or bool(one.low < 0)
        return Range(low, high, one.nan, minus_zero, True)

    return rule


def distance(one: Range, dtype: DType) -> Range | None:
    if dtype.kind != "f":
        return None
    most = max(abs(one.low), abs(one.high))
    low = dtype.type(0) if one.low <= 0 <= one.high else min(abs(one.low), abs(one.high))
    return Range(low, most, one.nan, False, one.whole)


def same(one: Range, dtype: DType) -> Range | None:
    return one


RULES: dict[str, Callable[..., Range | None]] = {
    "add": added,
    "subtract": taken_off,
    "multiply": times,
    "divide": divided,
    "maximum": greatest,
    "minimum": least,
    "negative": opposite,
    "positive": same,
    "absolute": distance,
    **{name: to_the_nearest(name) for name in ("rint", "floor", "ceil")},
}
