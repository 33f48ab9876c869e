"""What is said of a number before it is known is true of it, whatever it turns out to be."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.law.compiled import ranges
from allervers.law.compiled.ranges import Range, of_call, of_cast, of_constant, of_dtype
from allervers.law.compiled.simplify import Columns
from tests.law.compiled.drawing import NUMBERS, look_for, notable, operations, trees
from tests.law.compiled.expressions import Drawn, Plainly, Unsimplified, beyond, worked_out, written

F4, F8, I1, I4, I8 = (np.dtype(kind) for kind in ("f4", "f8", "i1", "i4", "i8"))
EUROS = Range(np.float64(0), np.float64(1e9))


def belied(drawn: Drawn, columns: Columns) -> list[str]:
    """The nodes whose values are not what their range says, households out of a table aside."""
    rows, plainly = drawn.rows(), Plainly(drawn.rows())
    plainly.of(drawn.expression)
    written(columns, drawn.expression, drawn.columns)
    values = worked_out(columns, rows, range(len(columns.nodes)))
    return [
        f"{columns.nodes[place]}: {found[beyond(found, within) & ~plainly.outside][:3]} is not in {within}"
        for place, found in values.items()
        if (within := columns.range_of(place)) is not None and (beyond(found, within) & ~plainly.outside).any()
    ]


@pytest.mark.parametrize("name", [*ranges.RULES, "logical_and", "less", "where", "cast", "take"])
@given(data=st.data())
def test_what_an_operation_gives_lies_in_its_range(name: str, data: st.DataObject) -> None:
    assert not belied(data.draw(operations(name)), Unsimplified())


@pytest.mark.parametrize("columns", [Unsimplified, Columns])
@given(drawn=trees(depth=6))
def test_each_step_of_an_expression_lies_in_its_range(columns: type[Columns], drawn: Drawn) -> None:
    assert not belied(drawn, columns())


@pytest.mark.parametrize("dtype", NUMBERS, ids=str)
def test_a_constant_lies_in_its_own_range(dtype: np.dtype[Any]) -> None:
    for value in [*notable(dtype), *([dtype.type(np.nan)] if dtype.kind == "f" else [])]:
        within = of_constant(value)
        assert within is not None
        assert not beyond(np.array([value]), within).any(), value
        assert within.low == within.high or np.isnan(value)


@pytest.mark.parametrize("value", [np.str_("31555"), np.datetime64("2026-09-01"), np.timedelta64(1, "D")])
def test_nothing_is_said_of_names_nor_of_days(value: Any) -> None:
    assert of_constant(value) is None
    assert of_dtype(np.asarray(value).dtype) is None
    assert of_cast(None, np.asarray(value).dtype, F8) == of_dtype(F8)


# ---------------------------------------------------------------- what is said is worth saying


@pytest.mark.parametrize("name", ranges.RULES)
def test_every_operation_with_a_rule_says_something(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rule, said = ranges.RULES[name], []

    def watched(*args: Any) -> Range | None:
        found = rule(*args)
        said.append(found is not None and found != of_dtype(args[-1]))
        return found

    def tells(drawn: Drawn) -> bool:
        said.clear()
        columns = Unsimplified()
        columns.range_of(written(columns, drawn.expression, drawn.columns))
        return any(said)

    monkeypatch.setitem(ranges.RULES, name, watched)
    look_for(name, tells)


def test_a_sum_of_euros_stays_above_zero_and_finite() -> None:
    income = of_call("add", [EUROS, EUROS], F8)

    assert income == Range(np.float64(0), np.float64(2e9))
    assert income.never_negative
    assert income.finite


def test_what_remains_of_euros_may_be_below_zero_but_not_minus_zero() -> None:
    assert of_call("subtract", [EUROS, EUROS], F8) == Range(np.float64(-1e9), np.float64(1e9))


def test_what_is_taken_at_least_at_zero_is_never_below() -> None:
    remains = of_call("subtract", [EUROS, EUROS], F8)

    assert of_call("maximum", [remains, of_constant(np.float64(0))], F8) == EUROS


def test_euros_shared_among_some_people_are_euros() -> None:
    people = Range(np.float64(1), np.float64(30), whole=True)

    assert of_call("divide", [EUROS, people], F8) == EUROS
    assert of_call("multiply", [EUROS, people], F8) == Range(np.float64(0), np.float64(3e10))


def test_nothing_is_said_of_what_may_be_divided_by_zero() -> None:
    assert of_call("divide", [EUROS, EUROS], F8) == of_dtype(F8)


def test_nothing_is_said_of_an_integer_that_may_turn_round() -> None:
    few, many = Range(np.int8(0), np.int8(60), whole=True), Range(np.int8(0), np.int8(70), whole=True)

    assert of_call("add", [few, few], I1) == Range(np.int8(0), np.int8(120), whole=True)
    assert of_call("add", [few, many], I1) == of_dtype(I1)


def test_a_real_number_becomes_a_whole_one_where_it_fits() -> None:
    assert of_cast(Range(np.float64(-2.5), np.float64(7.9)), F8, I8) == Range(np.int64(-2), np.int64(7), whole=True)
    assert of_cast(Range(np.float64(0), np.float64(2.0**31)), F8, I4) == of_dtype(I4)
    assert of_cast(Range(np.float64(0), np.float64(2.0**63)), F8, I8) == of_dtype(I8)


def test_a_small_loss_may_round_to_minus_zero() -> None:
    found = of_cast(Range(np.float64(-1), np.float64(1)), F8, F4)

    assert found == Range(np.float32(-1), np.float32(1), minus_zero=True)


# ---------------------------------------------------------------- a wrong range is caught

#: What is said of every result, whatever the operation is on: nothing there is too much.
ALWAYS = {("divide", "nan"), ("absolute", "minus_zero"), ("rint", "whole"), ("floor", "whole"), ("ceil", "whole")}
TOO_MUCH: dict[str, Callable[[Range], Range]] = {
    "nan": lambda one: replace(one, nan=False),
    "minus_zero": lambda one: replace(one, minus_zero=False),
    "whole": lambda one: replace(one, whole=True),
    "high": lambda one: replace(one, high=one.low),
    "low": lambda one: replace(one, low=one.high),
}


def boastful(rule: Callable[..., Range | None], said: str) -> Callable[..., Range | None]:
    def boast(*args: Any) -> Range | None:
        found = rule(*args)
        return found and TOO_MUCH[said](found)

    return boast


@pytest.mark.parametrize(("name", "said"), [pair for pair in product(ranges.RULES, TOO_MUCH) if pair not in ALWAYS])
def test_a_range_that_says_too_much_is_caught(name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ranges.RULES, name, boastful(ranges.RULES[name], said))

    look_for(name, lambda drawn: bool(belied(drawn, Unsimplified())))


@pytest.mark.parametrize("said", TOO_MUCH)
@pytest.mark.parametrize(("name", "function"), [("cast", "of_cast"), ("where", "join")])
def test_a_range_of_a_conversion_or_of_a_choice_that_says_too_much_is_caught(
    name: str, function: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, function, boastful(getattr(ranges, function), said))

    look_for(name, lambda drawn: bool(belied(drawn, Unsimplified())))
