"""Hide the few in what leaves: counts from 1 to 4, and enough of their neighbours that nobody can work them out. Pure.

A hidden cell is shown as `HIDDEN`, without saying whether it is small itself or shelters a small one: knowing which
would give some of them away. The total of the column is always the true one, unless it is itself from 1 to 4, so that
two tables of the same period agree. Where sheltering is impossible (the whole column hardly exceeds its number of
small cells), no row of that column is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

FEW: Final = 4
HIDDEN: Final = "moins de 5, ou masqué"


def is_few(count: int) -> bool:
    """From 1 to 4. Zero hides nobody."""
    return 1 <= count <= FEW


def hidden_rows(counts: Sequence[int]) -> set[int]:
    """The places of a column that must not be published, given that its sum is.

    One hidden cell alone could be had by subtraction, and so could several that are known to be one each: a hidden
    cell is at least 1, so what they sum to must leave room. The smallest others shelter them, the first of equals.
    """
    hidden = {place for place, count in enumerate(counts) if is_few(count)}
    if not hidden or is_few(sum(counts)):
        return hidden  # with the sum hidden too there is nothing to subtract from
    shelters = sorted((count, place) for place, count in enumerate(counts) if count > FEW)
    while exposed(counts, hidden) and shelters:
        hidden.add(shelters.pop(0)[1])
    return set(range(len(counts))) if exposed(counts, hidden) else hidden


def exposed(counts: Sequence[int], hidden: set[int]) -> bool:
    """Whether the sum of the hidden cells gives one away: there is only one, or hardly more than one each."""
    return len(hidden) < 2 or sum(counts[place] for place in hidden) < 2 * len(hidden)
