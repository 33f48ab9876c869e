"""What a cell says, whoever wrote it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.territory.imports import cells


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12", "12"), ("12,5", "12.5"), ("12.5", "12.5"), ("1 234,5", "1234.5"), ("1\u202f234", "1234"),
        ("1\u00a0234,25", "1234.25"), ("-3,2", "-3.2"), (22679.083333333336, "22679.083"), (7, "7"), ("1e3", "1000"),
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(written, read):
    assert cells.number(written) == Decimal(read)


@pytest.mark.parametrize(
    "mark", ["", " ", "s", "S", "nd", "NS", "so", "c", "NA", "N/A - secret", None, float("nan"), "-"]
)
def test_what_is_not_published_is_missing_never_zero(mark):
    assert cells.number(mark) is None


@pytest.mark.parametrize("wrong", ["abc", "12,5,3", "1,234.5", "12 %", "--", float("inf"), "Infinity", "1e999", True])
def test_what_is_no_number_is_not_guessed(wrong):
    with pytest.raises(ValueError):
        cells.number(wrong)


@given(st.decimals(min_value=-10_000_000, max_value=10_000_000, places=3))
def test_a_number_written_in_french_is_the_same_number(value):
    assert cells.number(f"{value:,f}".replace(",", " ").replace(".", ",")) == value
    assert cells.number(str(value)) == value


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["a", " b ", ""], ["a", "b"]), ('["a", "b"]', ["a", "b"]), ("a, b", ["a", "b"]), ("{a,b}", ["a", "b"]),
        ("a|b;c", ["a", "b", "c"]), ("", []), (None, []),
    ],
)  # fmt: skip
def test_a_list_is_read_however_it_is_written(written, read):
    assert cells.texts(written) == read


@pytest.mark.parametrize(
    "written", ["2026-04-27", "2026-04-27T10:00:00Z", date(2026, 4, 27), datetime(2026, 4, 27, tzinfo=UTC)]
)
def test_a_day_is_read_with_or_without_its_time(written):
    assert cells.day(written) == date(2026, 4, 27)


@pytest.mark.parametrize("wrong", ["27/04/2026", "hier", "2026-02-30"])
def test_a_day_written_otherwise_is_not_guessed(wrong):
    with pytest.raises(ValueError):
        cells.day(wrong)
