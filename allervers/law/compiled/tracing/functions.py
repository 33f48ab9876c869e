"""The functions of NumPy that formulas call, on traced arrays: each writes what it does in the graph."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import Enum

from allervers.law.compiled.graph import quietly
from allervers.law.compiled.tracing.arrays import Tape, Traced, TracedEnum, Untracked, is_weak, plain


def call(tape: Tape, ufunc: Any, given: Sequence[Any], out: Any = None, where: Any = True) -> Any:
    """A ufunc; with `where`, what is left out keeps what `out` held."""
    if out is not None:
        return call_into(tape, ufunc, given, out[0] if isinstance(out, tuple) else out, where)
    given = [np.datetime64(one, "D") if isinstance(one, date) else one for one in given]
    entity = entity_of(tape, given)
    values = quietly(ufunc, *map(plain, given))
    place = tape.graph.call(ufunc.__name__, operands(tape, ufunc, given))
    assert tape.graph.nodes[place].dtype == values.dtype, (ufunc.__name__, tape.graph.nodes[place], values.dtype)
    return tape.traced(values, place, entity)


def call_into(tape: Tape, ufunc: Any, given: Sequence[Any], out: Any, where: Any) -> Any:
    """As `divide(a, b, out=zeros, where=b != 0)`: the array given as `out` is a new value from now on."""
    if not isinstance(out, Traced) and np.unique(out).size != 1:
        raise Untracked(f"{tape.variable}: {ufunc.__name__} into an array that nobody traced")
    kept = out if isinstance(out, Traced) else tape.filled(out[0], len(out), entity_of(tape, given))
    found = select(tape, [where], [call(tape, ufunc, given).astype(kept.dtype)], default=kept)
    if isinstance(out, Traced):
        plain(out)[:] = plain(found)
        out._place = found._place
    return found


def operands(tape: Tape, ufunc: Any, given: Sequence[Any]) -> list[int]:
    """The nodes of the operands; Python's own numbers take the dtype that NumPy's loop gives them."""
    if not any(is_weak(one) for one in given):
        return [tape.place_of(one) for one in given]
    known = tuple(type(one) if is_weak(one) else np.asarray(plain(one)).dtype for one in given)
    known = tuple(np.dtype(bool) if one is bool else one for one in known)
    wanted = ufunc.resolve_dtypes((*known, None))
    return [
        tape.graph.const(np.asarray(one, dtype)[()]) if is_weak(one) else tape.place_of(one)
        for one, dtype in zip(given, wanted, strict=False)
    ]


def entity_of(tape: Tape, given: Sequence[Any]) -> str:
    """The entity of the operands."""
    found = {one._entity for one in given if isinstance(one, Traced)}
    if len(found) != 1:
        raise Untracked(f"{tape.variable}: one operation on members of {sorted(found)}")
    return found.pop()


def where(tape: Tape, condition: Any, *choices: Any) -> Any:
    """`numpy.where` with two choices."""
    if len(choices) != 2:
        raise Untracked(f"{tape.variable}: where with {len(choices)} choices")
    if any(isinstance(one, Enum | TracedEnum) for one in choices):
        return of_items(tape, [condition], [choices[0]], choices[1])
    values = np.where(*map(plain, (condition, *choices)))
    return chosen(tape, [condition], choices, values)


def select(tape: Tape, conditions: Sequence[Any], choices: Sequence[Any], default: Any = 0) -> Any:
    """`numpy.select`: the first condition that is true chooses."""
    if any(isinstance(one, Enum | TracedEnum) for one in (*choices, default)):
        return of_items(tape, conditions, choices, default)
    values = np.select([*map(plain, conditions)], [*map(plain, choices)], plain(default))
    return chosen(tape, conditions, [*choices, default], values)


def chosen(tape: Tape, conditions: Sequence[Any], choices: Sequence[Any], values: Any) -> Any:
    """The choices one behind the other, all of the dtype of `values`."""
    graph, dtype = tape.graph, values.dtype
    places = [graph.const(np.asarray(one, dtype)[()]) if is_weak(one) else tape.place_of(one) for one in choices]
    found = graph.cast(places[-1], dtype)
    for condition, place in reversed([*zip(conditions, places[:-1], strict=True)]):
        found = graph.where(tape.place_of(condition), place, found, dtype)
    return tape.traced(values, found, entity_of(tape, [*conditions, *choices]))


def of_items(tape: Tape, conditions: Sequence[Any], choices: Sequence[Any], default: Any) -> Any:
    """A choice among items of an enumeration."""
    everything = [*choices, default]
    items: Any = next(type(one) if isinstance(one, Enum) else one.possible_values for one in everything
                 if isinstance(one, Enum | TracedEnum))  # fmt: skip
    dtype = items.indices.dtype
    coded = [np.asarray(one.index, dtype)[()] if isinstance(one, Enum) else one for one in everything]
    coded = [one.codes() if isinstance(one, TracedEnum) else np.asarray(one, dtype)[()] for one in coded]
    found = select(tape, conditions, coded[:-1], coded[-1])
    return tape.traced(plain(found).astype(dtype), tape.graph.cast(tape.place_of(found), dtype), found._entity, items)


def rounded(tape: Tape, given: Traced, decimals: int = 0, out: None = None) -> Any:
    """As NumPy rounds: times the power of ten, to the nearest even, divided again."""
    if given.dtype.kind in "iu" and decimals >= 0:
        return given.copy()
    if given.dtype.kind == "b":
        given = given.astype(np.float16)
    if decimals == 0:
        return call(tape, np.rint, [given])
    if decimals < 0:
        raise Untracked(f"{tape.variable}: round to {decimals} decimals")
    scale = float(10**decimals)
    return call(tape, np.true_divide, [call(tape, np.rint, [call(tape, np.multiply, [given, scale])]), scale])


def like(value: int) -> Callable[..., Any]:
    """`zeros_like` and `ones_like`."""

    def filled(tape: Tape, given: Traced, dtype: Any = None, **_: Any) -> Any:
        return tape.filled(value, len(given), given._entity, given.dtype if dtype is None else dtype)

    return filled


def full_like(tape: Tape, given: Traced, fill_value: Any, dtype: Any = None, **_: Any) -> Any:
    return tape.filled(fill_value, len(given), given._entity, given.dtype if dtype is None else dtype)


def days_between(tape: Tape, begins: Any, ends: Any, weekmask: Any = "1111100", **more: Any) -> Any:
    """`numpy.busday_count` when every day of the week counts."""
    if str(weekmask) != "1111111" or more.get("holidays") is not None:
        raise Untracked(f"{tape.variable}: busday_count on some days of the week")
    numbers = [one.astype("M8[D]").astype(np.int64) if isinstance(one, Traced) else np.datetime64(one, "D").astype(
        np.int64) for one in (begins, ends)]  # fmt: skip
    return call(tape, np.subtract, [numbers[1], numbers[0]])


def isin(tape: Tape, given: Traced, among: Any, **_: Any) -> Any:
    """`numpy.isin` among a few constants."""
    found = [given == one for one in list(among)]
    return reduce(lambda one, other: call(tape, np.logical_or, [one, other]), found)


def any_of(tape: Tape, given: Traced, *args: Any, **kwargs: Any) -> Any:
    return given.any(*args, **kwargs)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "where": where,
    "select": select,
    "round": rounded,
    "around": rounded,
    "zeros_like": like(0),
    "ones_like": like(1),
    "full_like": full_like,
    "busday_count": days_between,
    "isin": isin,
    "any": any_of,
}
