"""Parameters picked by a traced array: one operation that takes in a table, for each figure read.

What the table lacks is noted: a value outside goes to OpenFisca, which refuses it.
"""

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.parameters import ParameterNodeAtInstant

from allervers.law.compiled.tracing.arrays import Traced, TracedEnum, Untracked, plain


class TracedNode:
    """A node of parameters at an instant, that a traced array may index."""

    def __init__(self, node: Any) -> None:
        self._node = node

    @property
    def _name(self) -> str:
        return str(self._node._name)

    def __getattr__(self, key: str) -> Any:
        return wrapped(getattr(self._node, key))

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, Traced):
            names, codes = table_of(self._node, key)
            return picked([child(self._node, name) for name in names], codes)
        return wrapped(self._node[key])

    def __iter__(self) -> Any:
        return iter(self._node)

    def __contains__(self, key: object) -> bool:
        return key in list(self._node)


class TracedChoice:
    """For each member, one of several nodes."""

    def __init__(self, nodes: Sequence[Any], codes: Traced) -> None:
        self._nodes, self._codes = nodes, codes

    def __getattr__(self, name: str) -> Any:
        return self[name]

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return picked([None if node is None else child(node, key) for node in self._nodes], self._codes)
        if not isinstance(key, TracedEnum):
            raise Untracked(f"parameters are indexed by {type(key).__name__}")
        names, codes = table_of(None, key)
        leaves = [None if node is None else child(node, name) for node in self._nodes for name in names]
        return picked(leaves, self._codes * np.int64(len(names)) + codes)


def wrapped(child: Any) -> Any:
    return TracedNode(child) if isinstance(child, ParameterNodeAtInstant) else child


def child(node: Any, name: str) -> Any:
    """What stands under that name; None when nothing does."""
    try:
        return node[name]
    except (ParameterNotFoundError, KeyError):
        return None


def table_of(node: Any, key: Any) -> tuple[list[str], Any]:
    """The names that an array may pick, and the place of each member's own: items, whole numbers, or days."""
    if isinstance(key, TracedEnum):
        items: Any = key.possible_values
        return [item.name for item in items], key.codes().astype(np.int64)
    if key.dtype.kind == "M":
        return by_day(node, key)
    if key.dtype.kind == "U":
        return by_name(key)
    if key.dtype.kind not in "iu":
        raise Untracked(f"{node._name} is indexed by an array of {key.dtype}")
    numbers = [int(name) for name in node]
    return [str(number) for number in range(max(numbers) + 1)], key.astype(np.int64)


def by_name(key: Traced) -> tuple[list[str], Traced]:
    """Names that a formula chooses among a few: `where(couple, "couple", "personne_isolee")`."""
    tape, names = key._tape, dict[str, int]()

    def coded(place: int) -> int:
        node = tape.graph.nodes[place]
        if node.op == "const":
            return tape.graph.const(np.int64(names.setdefault(str(node.attr), len(names))))
        if node.op != "where":
            raise Untracked(f"{tape.variable}: parameters are indexed by names that {node.op} gives")
        condition, yes, no = node.args
        return tape.graph.where(condition, coded(yes), coded(no), np.dtype(np.int64))

    place = coded(tape.place_of(key))
    codes = np.array([names[str(name)] for name in plain(key)], np.int64)
    return list(names), tape.traced(codes, place, key._entity)


def by_day(node: Any, key: Traced) -> tuple[list[str], Any]:
    """Names such as "before_1992_06_01", "after_1992_06_01": the last whose day has come."""
    names = list(node)
    days = [np.datetime64("-".join(name.removeprefix("after_").split("_"))) for name in names
            if not name.startswith("before")]  # fmt: skip
    come = [(key >= day).astype(np.int64) for day in days]
    return names, reduce(add, come)


def picked(found: Sequence[Any], codes: Any) -> Any:
    """The nodes, or the figures, that stand at each code."""
    known = [one for one in found if one is not None]
    if known and isinstance(known[0], ParameterNodeAtInstant):
        return TracedChoice(found, codes)
    return taken(found, codes)


def taken(leaves: Sequence[Any], codes: Traced) -> Any:
    """The figure that stands at each code; the places where none stands make its domain."""
    known = [one for one in leaves if one is not None]
    if not known or not all(isinstance(one, int | float | bool | np.number) for one in known):
        raise Untracked(f"a table of {[type(one).__name__ for one in known][:3]}")
    table = np.array([0 if one is None else one for one in leaves])
    inside = np.array([one is not None for one in leaves])
    attr = (tuple(table.tolist()), table.dtype.str, tuple(inside.tolist()))
    tape = codes._tape
    place = tape.graph.add("take", (tape.place_of(codes),), attr, table.dtype, codes._entity)
    return tape.traced(table[plain(codes)], place, codes._entity)
