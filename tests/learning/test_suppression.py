"""What leaves hides the few, even from somebody who subtracts, and who knows exactly how it is done."""

from collections import defaultdict
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.learning.suppression import hidden_rows, is_few

counts = st.lists(st.integers(0, 40) | st.integers(0, 4), min_size=1, max_size=8)


def leaves(column: tuple[int, ...]) -> tuple:
    """What a reader sees of a column: each cell or None, and the sum or None."""
    hidden = hidden_rows(column)
    total = sum(column)
    return tuple(None if n in hidden else count for n, count in enumerate(column)), None if is_few(total) else total


@given(counts)
def test_no_count_from_1_to_4_leaves(column):
    seen, total = leaves(tuple(column))
    assert not any(count is not None and is_few(count) for count in (*seen, total))


@given(counts)
def test_zero_and_large_numbers_leave_when_nobody_is_few(column):
    if not any(map(is_few, column)):
        assert hidden_rows(column) == set()


@given(counts)
def test_nothing_is_had_by_subtraction(column):
    seen, total = leaves(tuple(column))
    if total is not None:
        assert seen.count(None) != 1


@given(counts)
def test_what_is_hidden_leaves_room_for_other_numbers(column):
    """Knowing that a hidden cell is at least 1, its neighbours still do not pin it, unless nothing is published."""
    hidden = hidden_rows(column)
    if hidden and not is_few(sum(column)) and len(hidden) < len(column):
        left = sum(column[n] for n in hidden)
        assert left - (len(hidden) - 1) > 1
        assert left >= 2 * len(hidden)


@cache
def worlds(cells: int, most: int) -> dict[tuple, list[tuple[int, ...]]]:
    """Every column there can be, by what a reader would see of it."""
    alike = defaultdict(list)
    for column in product(range(most + 1), repeat=cells):
        alike[leaves(column)].append(column)
    return alike


@pytest.mark.parametrize(("cells", "most"), [(2, 20), (3, 16), (4, 10)])
def test_a_reader_who_knows_the_method_and_tries_every_column_never_finds_a_small_count(cells, most):
    edge = most - 5  # beyond, columns have fewer likes among those tried than in truth
    tried = 0
    for (seen, total), alike in worlds(cells, most).items():
        if max(map(max, alike)) > edge:
            continue
        for place in (n for n, cell in enumerate(seen) if cell is None):
            possible = {column[place] for column in alike}
            tried += 1
            assert len(possible) > 1 or not is_few(possible.pop()), (seen, total, alike)
    assert tried
