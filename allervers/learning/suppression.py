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
    """The places of a column that must not be published, beside its sum (hidden too when it is few).

    One hidden cell alone could be had by subtraction, and so could several whose sum leaves them no room. The smallest
    others shelter them, equals together; where that is not enough, nothing of the column is published but its sum.
    """
    whole = set(range(len(counts)))
    hidden = {place for place in whole if is_few(counts[place])}
    if not hidden:
        return hidden
    if is_few(sum(counts)):
        return whole  # zeros too: four cells known to be something, and a sum of 4 at most, would be one each
    for shelter in sorted({count for count in counts if count > FEW}):
        if not exposed([counts[place] for place in hidden]):
            break
        hidden |= {place for place in whole if counts[place] == shelter}
    return whole if exposed([counts[place] for place in hidden]) else hidden


def exposed(hidden: Sequence[int]) -> bool:
    """Whether the sum of the hidden cells gives one away: one alone, all hardly above 1, or all hardly below 4."""
    cells, together = len(hidden), sum(hidden)
    no_shelter = max(hidden) <= FEW
    return cells < 2 or together < 2 * cells or (no_shelter and together > 3 * cells)
