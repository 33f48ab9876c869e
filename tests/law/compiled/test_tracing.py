"""A trace follows what it understands and raises on the rest: nothing escapes in silence."""

from typing import Any

import numpy as np
import pytest

from allervers.law.compiled.graph import Graph
from allervers.law.compiled.tracing.arrays import Tape, Traced, Untracked


@pytest.fixture
def tape() -> Tape:
    return Tape(Graph())


def given(tape: Tape, values: Any, name: str = "x", entity: str = "individu") -> Any:
    array = np.asarray(values)
    return tape.traced(array, tape.graph.add("input", (), (name, "2026-09"), array.dtype, entity), entity)


READINGS = {
    "a number": lambda x: float(x[:1]),
    "a place": lambda x: x[0],
    "a loop": lambda x: list(x),
    "a question": lambda x: 1 if x > 2 else 0,
    "a list": lambda x: x.tolist(),
    "the largest": lambda x: x.max(),
    "a sum over everybody": lambda x: x.sum(),
    "Python's own sum": lambda x: sum(x),
    "a sort": lambda x: np.sort(x),
    "a function nobody taught": lambda x: np.percentile(x, 50),
    "a reduction": lambda x: np.add.reduce(x),
    "a value written in": lambda x: x.__setitem__(0, 3.0),
}


@pytest.mark.parametrize("reading", READINGS)
def test_a_value_that_would_be_read_out_of_the_sample_raises(tape, reading):
    with pytest.raises(Untracked):
        READINGS[reading](given(tape, [1.0, 2.0, 3.0]))


def test_an_array_that_nobody_traced_raises(tape):
    with pytest.raises(Untracked, match="nobody traced"):
        given(tape, [1.0, 2.0]) + np.array([1.0, 2.0])


def test_members_of_two_entities_never_meet(tape):
    with pytest.raises(Untracked, match="members of"):
        given(tape, [1.0, 2.0]) + given(tape, [1.0, 2.0], entity="menage")


def test_a_view_of_an_array_is_not_tracked(tape):
    with pytest.raises(Untracked, match="cut, or viewed"):
        given(tape, [1.0, 2.0]).reshape(2, 1) + 1


def test_the_same_operation_is_written_once(tape):
    x = given(tape, np.float32([1.0, 2.0]))
    count = len(tape.graph.nodes)
    first, second = x * 2 + 1, x * 2 + 1
    assert first._place == second._place
    assert len(tape.graph.nodes) == count + 4  # 2, the product, 1, the sum


def test_python_s_numbers_take_the_dtype_of_the_array(tape):
    x = given(tape, np.float32([1.0, 2.0]))
    assert (x * 0.1).dtype == np.float32
    assert (x * np.float64(0.1)).dtype == np.float64
    assert tape.graph.nodes[(x * np.float64(0.1))._place].dtype == np.float64


def test_nobody_may_be_concerned_and_that_becomes_a_guard(tape):
    x = given(tape, [1.0, 2.0])
    assert (x > 5).any() is False
    [guard] = tape.guards
    assert tape.graph.nodes[guard.place].op == "greater"
    with pytest.raises(Untracked, match="few households"):
        (x > 1).any()


def test_what_a_mask_keeps_goes_back_where_it_was_taken(tape):
    x, y = given(tape, np.float32([1.0, 2.0, 3.0])), given(tape, np.float32([10.0, 20.0, 30.0]), "y")
    x[x > 1] = y[x > 1] * 2
    assert np.asarray(x).tolist() == [1.0, 40.0, 60.0]
    node = tape.graph.nodes[x._place]
    assert (node.op, isinstance(x, Traced)) == ("where", True)
