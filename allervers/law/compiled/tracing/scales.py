"""Tax scales on traced arrays: what OpenFisca does with a table for each household, bracket after bracket."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from operator import add
from typing import Any
from unittest.mock import patch

import numpy as np
from openfisca_core.taxscales import (
    LinearAverageRateTaxScale,
    MarginalAmountTaxScale,
    MarginalRateTaxScale,
    RateTaxScaleLike,
    SingleAmountTaxScale,
)

from allervers.law.compiled.tracing.arrays import Traced

EPSILON = np.finfo(np.float64).eps


@contextmanager
def understood() -> Iterator[None]:
    """Inside the block, scales accept traced arrays; other arrays go to OpenFisca's own code."""
    known = (
        (MarginalRateTaxScale, "calc", marginal),
        (LinearAverageRateTaxScale, "calc", linear_average),
        (SingleAmountTaxScale, "calc", single_amount),
        (MarginalAmountTaxScale, "calc", marginal_amount),
        (RateTaxScaleLike, "bracket_indices", bracket_indices),
    )
    patches = [patch.object(owner, name, either(getattr(owner, name), ours)) for owner, name, ours in known]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def either(theirs: Any, ours: Any) -> Any:
    """OpenFisca's method, except on traced arrays."""

    def method(scale: Any, tax_base: Any, *args: Any, **kwargs: Any) -> Any:
        traced = any(isinstance(one, Traced) for one in (tax_base, *args, *kwargs.values()))
        return (ours if traced else theirs)(scale, tax_base, *args, **kwargs)

    return method


def marginal(scale: Any, base: Any, factor: Any = 1.0, round_base_decimals: int | None = None) -> Any:
    """The sum of each bracket's share of the base times its rate."""
    if not scale.thresholds:
        return zero(base, [0.0])
    thresholds = scaled([*scale.thresholds, np.inf], factor, round_base_decimals)
    shares = [
        np.maximum(np.minimum(base, above) - below, 0) for below, above in zip(thresholds, thresholds[1:], strict=False)
    ]
    if round_base_decimals is None:
        return total([share * np.float64(rate) for share, rate in zip(shares, scale.rates, strict=True)])
    owed = [np.round(share, round_base_decimals) * np.float64(rate)
            for share, rate in zip(shares, scale.rates, strict=True)]  # fmt: skip
    return total([np.round(one, round_base_decimals) for one in owed])


def bracket_indices(scale: Any, base: Any, factor: Any = 1.0, round_decimals: int | None = None) -> Any:
    """The place of the bracket in which the base stands."""
    thresholds = scaled(scale.thresholds, factor, round_decimals)
    return total([(base - threshold >= 0).astype(np.int64) for threshold in thresholds]) - 1


def scaled(thresholds: Sequence[float], factor: Any, decimals: int | None) -> list[Any]:
    """The thresholds times the factor, as float64; rounded when asked."""
    by = (factor.astype(np.float64) if isinstance(factor, Traced) else np.float64(factor)) + EPSILON
    found = [by * np.float64(threshold) for threshold in thresholds]
    return found if decimals is None else [np.round(one, decimals) for one in found]


def linear_average(scale: Any, base: Any, right: bool = False) -> Any:
    """A rate that grows from one threshold to the next, times the base."""
    if len(scale.rates) == 1:
        return base * scale.rates[0]
    thresholds, rates = np.array(scale.thresholds, np.float64), np.array(scale.rates, np.float64)
    slopes = (rates[1:] - rates[:-1]) / (thresholds[1:] - thresholds[:-1])
    inside = [(base >= low) * (base < high) for low, high in zip(thresholds, thresholds[1:], strict=False)]
    slope, start, threshold = (
        total([one * value for one, value in zip(inside, values, strict=False)])
        for values in (slopes, rates[:-1], thresholds[:-1])
    )
    return base * (start + (base - threshold) * slope)


def single_amount(scale: Any, base: Any, right: bool = False) -> Any:
    """The amount of the bracket in which the base stands; nothing below the first."""
    found: Any = base.astype(np.float64) * 0 if not isinstance(base, Traced) else zero(base, scale.amounts)
    for threshold, amount in zip(scale.thresholds, scale.amounts, strict=True):
        reached = base > threshold if right else base >= threshold
        found = np.where(reached, np.asarray(amount, found.dtype)[()], found)
    return found


def marginal_amount(scale: Any, base: Any, right: bool = False) -> Any:
    """The sum of the amounts of the brackets reached."""
    thresholds = np.array([*scale.thresholds, np.inf], np.float64)
    reached = [
        (np.maximum(np.minimum(base, above) - below, 0) > 0)
        for below, above in zip(thresholds, thresholds[1:], strict=False)
    ]
    return total([one * np.asarray(amount)[()] for one, amount in zip(reached, scale.amounts, strict=True)])


def zero(base: Traced, amounts: Sequence[Any]) -> Any:
    """Nothing, of the dtype that the amounts have together."""
    return base._tape.filled(0, len(base), base._entity, np.array([0, *amounts, 0]).dtype)


def total(terms: Sequence[Any]) -> Any:
    """The terms added in order."""
    return reduce(add, terms)
