"""A simplified operation gives, on everything that the ranges allow, the very bits that NumPy gives."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.law.compiled import ranges, simplify
from allervers.law.compiled.graph import live
from allervers.law.compiled.ranges import Range
from allervers.law.compiled.simplify import BOOL, COMPARISONS, Columns
from tests.law.compiled.drawing import DTYPES, PAIRED, look_for, loops, notable, operations, trees, tried
from tests.law.compiled.expressions import Call, Cast, Drawn, Fixed, Given, Plainly, alike, worked_out, written

F8, I8, TEXT = np.dtype(np.float64), np.dtype(np.int64), np.dtype("U1")
#: Sums of euros, as a household declares them.
EUROS = Range(np.float64(0), np.float64(1e9))


def differences(drawn: Drawn) -> list[str]:
    """What the simplified columns give otherwise than NumPy, row by row."""
    rows, columns, plainly = drawn.rows(), Columns(), Plainly(drawn.rows())
    expected = plainly.of(drawn.expression)
    place = written(columns, drawn.expression, drawn.columns)
    found = worked_out(columns, rows, live(columns, [place]))[place]
    if found.dtype != expected.dtype:
        return [f"{found.dtype} instead of {expected.dtype}"]
    wrong = np.flatnonzero(~(alike(found, expected) | plainly.unsettled | plainly.outside))
    return [f"{found[at]!r} instead of {expected[at]!r} on {[row[at] for row in rows]}" for at in wrong[:3]]


@pytest.mark.parametrize("name", sorted({*simplify.RULES, *COMPARISONS, "absolute", "where", "cast", "take"}))
@given(data=st.data())
def test_an_operation_simplified_gives_what_numpy_gives(name: str, data: st.DataObject) -> None:
    assert not differences(data.draw(operations(name)))


@given(trees(depth=6))
def test_a_whole_expression_simplified_gives_what_numpy_gives(drawn: Drawn) -> None:
    assert not differences(drawn)


@pytest.mark.parametrize("source", DTYPES, ids=str)
def test_a_conversion_of_a_conversion_gives_what_numpy_gives(source: np.dtype[Any]) -> None:
    columns = [tried(source, ranges.of_dtype(source))]
    if source == I8:  # what a float64 holds exactly
        columns.append(tried(I8, Range(np.int64(-(2**53)), np.int64(2**53), whole=True)))

    for column, between, dtype in product(columns, DTYPES, DTYPES):
        expression = Cast(Cast(Given(0, source), between), dtype)
        assert not differences(Drawn(expression, (column,), 0)), f"{source} to {between} to {dtype}"


@pytest.mark.parametrize("name", PAIRED)
def test_days_and_spans_of_days_are_left_to_numpy(name: str) -> None:
    """A day 1970-01-01 is equal to 0, a span of one day to 1: no reason to treat them as such."""
    for one, other in loops(name):
        if "m" in (one.kind + other.kind).lower():
            columns = (tried(one, ranges.of_dtype(one)), tried(other, ranges.of_dtype(other)))
            pairs = [(Given(0, one), Fixed(value)) for value in notable(other)]
            pairs += [(Fixed(value), Given(1, other)) for value in notable(one)]
            for pair in pairs:
                assert not differences(Drawn(Call(name, pair), columns, 0)), pair


def test_words_are_put_end_to_end_in_the_order_in_which_they_come() -> None:
    columns = Columns()
    word = columns.input("word", TEXT, None)

    joined = columns.call("add", [columns.const(np.str_("a")), word])

    assert [columns.number(arg) for arg in columns.nodes[joined].args] == ["a", None]


def test_a_table_of_minus_zeros_is_not_a_table_of_zeros() -> None:
    columns = Columns()
    codes = columns.input("codes", I8, None)

    one, other = (columns.taken(((zero, 1.0), F8.str, (True, True)), codes, F8) for zero in (0.0, -0.0))

    assert one != other
    assert [columns.range_of(place).minus_zero for place in (one, other)] == [False, True]


# ---------------------------------------------------------------- each rule does something


def of(name: str, *args: Any) -> Callable[[Columns], int]:
    """The operation on these: x is a sum of euros, y another above it, a boolean, n an integer; or a constant."""

    def write(columns: Columns) -> int:
        return columns.call(name, [arg(columns) if callable(arg) else columns.const(arg) for arg in args])

    return write


def column(name: str, dtype: np.dtype[Any], within: Range | None = None) -> Callable[[Columns], int]:
    return lambda columns: columns.input(name, dtype, within)


X, Y = column("x", F8, EUROS), column("y", F8, Range(np.float64(2e9), np.float64(3e9)))
B, N, WHOLE = column("b", BOOL), column("n", I8), column("w", F8, Range(np.float64(0), np.float64(9), whole=True))
ZERO, ONE = np.float64(0), np.float64(1)
FIRED = [
    ("add", of("add", X, ZERO), X),
    ("add", of("add", ZERO, X), X),
    ("add", of("add", N, np.int64(0)), N),
    ("add", of("add", B, np.False_), B),
    ("subtract", of("subtract", X, ZERO), X),
    ("subtract", of("subtract", X, X), ZERO),
    ("subtract", of("subtract", N, N), np.int64(0)),
    ("multiply", of("multiply", ONE, X), X),
    ("multiply", of("multiply", X, ZERO), ZERO),
    ("multiply", of("multiply", N, np.int64(0)), np.int64(0)),
    ("multiply", of("multiply", B, np.True_), B),
    ("divide", of("divide", X, ONE), X),
    ("divide", of("divide", ZERO, Y), ZERO),
    ("maximum", of("maximum", X, Y), Y),
    ("maximum", of("maximum", X, ZERO), X),
    ("minimum", of("minimum", X, Y), X),
    ("minimum", of("minimum", N, N), N),
    ("logical_and", of("logical_and", np.True_, B), B),
    ("bitwise_and", of("bitwise_and", B, np.False_), np.False_),
    ("logical_or", of("logical_or", B, B), B),
    ("bitwise_or", of("bitwise_or", B, np.True_), np.True_),
    ("logical_not", of("logical_not", of("logical_not", B)), B),
    ("negative", of("negative", of("negative", X)), X),
    ("positive", of("positive", X), X),
    ("rint", of("rint", of("floor", X)), of("floor", X)),
    ("floor", of("floor", WHOLE), WHOLE),
    ("ceil", of("ceil", N), N),
    ("less", of("less", X, Y), np.True_),
    ("less", of("less", X, ZERO), np.False_),
    ("less_equal", of("less_equal", X, Y), np.True_),
    ("greater", of("greater", X, Y), np.False_),
    ("greater_equal", of("greater_equal", X, ZERO), np.True_),
    ("equal", of("equal", X, Y), np.False_),
    ("not_equal", of("not_equal", X, Y), np.True_),
]


@pytest.mark.parametrize(("name", "write", "wanted"), FIRED)
def test_a_rule_gives_what_it_was_written_for(name: str, write: Callable[[Columns], int], wanted: Any) -> None:
    columns = Columns()

    expected = wanted(columns) if callable(wanted) else columns.const(wanted)

    assert write(columns) == expected


def test_every_rule_is_among_those_that_give_what_they_were_written_for() -> None:
    assert {name for name, _, _ in FIRED} == {*simplify.RULES, *COMPARISONS}


@pytest.mark.parametrize("name", sorted(simplify.RULES))
def test_the_draws_reach_every_rule(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rule, given = simplify.RULES[name], []

    def watched(*args: Any) -> int | None:
        given.append(rule(*args))
        return given[-1]

    def fires(drawn: Drawn) -> bool:
        given.clear()
        written(Columns(), drawn.expression, drawn.columns)
        return any(place is not None for place in given)

    monkeypatch.setitem(simplify.RULES, name, watched)
    look_for(name, fires)


def test_a_choice_is_written_only_where_there_is_one() -> None:
    columns = Columns()
    asked, x, y = (write(columns) for write in (B, X, Y))
    chosen = columns.where(asked, x, y, F8)
    no = columns.call("logical_not", [asked])
    yes = [columns.const(np.bool_(one)) for one in (False, True)]

    assert columns.where(no, y, x, F8) == chosen
    assert columns.where(asked, chosen, y, F8) == columns.where(asked, x, chosen, F8) == chosen
    assert columns.where(asked, x, x, F8) == columns.where(yes[1], x, y, F8) == columns.where(yes[0], y, x, F8) == x
    assert columns.where(asked, yes[1], yes[0], BOOL) == asked
    assert columns.where(asked, yes[0], yes[1], BOOL) == no


def test_a_conversion_there_and_back_disappears() -> None:
    columns = Columns()
    asked, few = B(columns), columns.input("few", I8, Range(np.int64(0), np.int64(30), whole=True))

    assert columns.cast(columns.cast(asked, F8), BOOL) == asked
    assert columns.cast(columns.cast(few, F8), I8) == few
    assert columns.cast(columns.cast(N(columns), F8), I8) != N(columns)


def test_a_figure_known_beforehand_is_not_looked_up() -> None:
    columns = Columns()
    attr = ((1.5, 0.0, 2.5), F8.str, (True, False, True))

    assert columns.taken(attr, columns.const(np.int64(2)), F8) == columns.const(np.float64(2.5))
    assert columns.nodes[columns.taken(attr, columns.const(np.int64(1)), F8)].op == "take"
    assert columns.nodes[columns.taken(attr, N(columns), F8)].op == "take"


# ---------------------------------------------------------------- a wrong rule is caught


def zero_whatever_it_multiplies(columns: Columns, args: list[int], dtype: Any) -> int | None:
    """x * 0 is 0, were x infinite or below zero."""
    return args[1] if columns.number(args[1]) == 0 else None


def zero_added_to_anything(columns: Columns, args: list[int], dtype: Any) -> int | None:
    """x + 0 is x, were x -0.0."""
    return args[0] if columns.number(args[1]) == 0 else None


def any_zero_taken_off(columns: Columns, args: list[int], dtype: Any) -> int | None:
    """x - -0.0 is x, were x -0.0."""
    return args[0] if columns.number(args[1]) == 0 else None


def nothing_left(columns: Columns, args: list[int], dtype: Any) -> int | None:
    """x - x is 0, were x infinite."""
    return columns.const(dtype.type(0)) if args[0] == args[1] and dtype.kind in "iuf" else None


def zero_whatever_divides_it(columns: Columns, args: list[int], dtype: Any) -> int | None:
    """0 / x is 0, were x zero, below zero or NaN."""
    return args[0] if columns.number(args[0]) == 0 else None


def greatest_of_known(columns: Columns, args: list[int], dtype: Any) -> int | None:
    """max(x, y) is x when it is never below, were y NaN."""
    one, other = (columns.range_of(arg) for arg in args)
    return args[0] if one is not None and other is not None and one.low > other.high else None


def itself(columns: Columns, args: list[int], dtype: Any) -> int | None:
    return args[0]


def undone(columns: Columns, args: list[int], dtype: Any) -> int | None:
    """Not not x is x, were x a number."""
    node = columns.nodes[args[0]]
    return columns.cast(node.args[0], dtype) if node.op in ("logical_not", "absolute") else None


def true_of_any_number(columns: Columns, args: list[int], dtype: Any) -> int | None:
    """x & x and x & true are x, but x & y?"""
    return args[0] if columns.number(args[1]) else None


WRONG = [
    ("multiply", zero_whatever_it_multiplies),
    ("add", zero_added_to_anything),
    ("subtract", any_zero_taken_off),
    ("subtract", nothing_left),
    ("divide", zero_whatever_divides_it),
    ("maximum", greatest_of_known),
    ("negative", undone),
    ("bitwise_and", true_of_any_number),
    ("bitwise_or", true_of_any_number),
    *[(name, itself) for name in sorted(simplify.RULES) if name != "positive"],
]


@pytest.mark.parametrize(("name", "wrong"), WRONG, ids=lambda one: getattr(one, "__name__", one))
def test_a_wrong_rule_is_caught(name: str, wrong: simplify.Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(simplify.RULES, name, wrong)

    look_for(name, lambda drawn: bool(differences(drawn)))


def decided_for_nan_too(columns: Columns, name: str, args: list[int]) -> int | None:
    """x < y is true when the bounds say so, were x NaN."""
    one, other = (columns.range_of(arg) for arg in args)
    if name != "less" or one is None or other is None:
        return None
    return columns.const(np.True_) if one.high < other.low else None


@pytest.mark.parametrize(
    ("name", "where", "attribute", "wrong"),
    [
        ("less", Columns, "decided", decided_for_nan_too),
        ("where", Columns, "asks", lambda columns, place, _: columns.nodes[place].op == "where"),
        ("cast", simplify, "held", lambda *_: True),
        ("cast", Columns, "through", lambda columns, inner, *_: inner),
    ],
)
def test_a_wrong_choice_conversion_or_comparison_is_caught(
    name: str, where: Any, attribute: str, wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, attribute, wrong)

    look_for(name, lambda drawn: bool(differences(drawn)))
