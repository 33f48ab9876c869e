import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from allervers.base import clock

ROOT = Path(__file__).parents[2]


def test_a_day_can_be_replayed():
    with clock.at(datetime(2026, 9, 1, 8, tzinfo=UTC)):
        assert clock.today() == date(2026, 9, 1)
        assert clock.now() == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert clock.today() != date(2026, 9, 1)


def test_the_day_is_the_one_lived_in_france():
    with clock.at(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)


def test_days_lived_inside_one_another_end_in_order():
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
        with clock.at(datetime(2027, 1, 1, tzinfo=UTC)):
            assert clock.today().year == 2027
        assert clock.today().year == 2026


def test_a_moment_without_a_zone_is_not_a_moment():
    with pytest.raises(ValueError, match="aware datetime"), clock.at(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_the_rest_of_a_test_can_be_lived_on_a_day(at):
    at("2026-02-14")
    assert clock.today() == date(2026, 2, 14)
    at(date(2026, 3, 1))
    assert clock.today() == date(2026, 3, 1)


READS_THE_CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}


def test_nobody_else_reads_the_clock():
    readers = set()
    for file in (ROOT / "allervers").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in READS_THE_CLOCK:
                readers.add(str(file.relative_to(ROOT)))
    assert readers == {"allervers/base/clock.py"}
