"""From the values of one right in every completion to how sure it is, and how much."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from allervers.rights.assessment.shape import NOTHING, Certainty, Range

Floats = NDArray[np.float64]

LIKELY = 0.5


def certainty(values: Floats, drawn: NDArray[np.int_]) -> Certainty:
    """*certain* and *excluded* hold for every completion tried; between them, the draws from the prior decide."""
    opened = values > 0
    if opened.all():
        return "certain"
    if not opened.any():
        return "excluded"
    return "likely" if float(drawn[opened].sum()) >= LIKELY * float(drawn.sum()) else "possible"


def spread(values: Floats, drawn: NDArray[np.int_]) -> Range:
    """Least and most over all completions; the middle of the draws where the right is open."""
    opened = values > 0
    if not opened.any():
        return NOTHING
    weights = drawn * opened
    if not weights.any():
        weights = opened.astype(np.int_)
    return Range(float(values.min()), middle(values, weights), float(values.max()))


def middle(values: Floats, weights: NDArray[np.int_]) -> float:
    """Weighted median: the smallest value with half of the weight at or below it."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(reached, reached[-1] / 2))])


def together(parts: Sequence[Range]) -> Range:
    """The sum of several ranges, end by end."""
    return Range(
        round(sum(one.low for one in parts), 2),
        round(sum(one.likely for one in parts), 2),
        round(sum(one.high for one in parts), 2),
    )
