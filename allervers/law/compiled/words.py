"""What one name or one day decides (a commune, a birth): worked out once for each distinct one, then handed out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allervers.law.compiled.graph import Graph, Node, quietly, ufunc_named

#: Runs OpenFisca's own formula: (variable, period, values of its inputs) → its values.
Named = Callable[[str, str, Sequence[NDArray[Any]]], NDArray[Any]]


@dataclass(frozen=True)
class Words:
    """The operations that depend on one input of names only: `nodes` are numbered apart, the first is the input.

    `handed`: (node, register) of each result that the rest of the program reads. `signs`: for each node, what tells
    the same operation on the same variable from any other, whatever the member and the shape.
    """

    attr: Any
    nodes: tuple[Node, ...]
    signs: tuple[str, ...]
    handed: tuple[tuple[int, int], ...]

    def work_out(self, names: NDArray[Any], named: Named, known: dict[str, Any]) -> list[NDArray[Any]]:
        """The handed results, one value for each of the given names; `known` remembers those already worked out."""
        for node, sign in zip(self.nodes[1:], self.signs[1:], strict=True):
            if sign not in known:
                known[sign] = self.value(node, [known[self.signs[arg]] if arg else names for arg in node.args], named)
        return [np.broadcast_to(known[self.signs[place]], names.shape) for place, _ in self.handed]

    def value(self, node: Node, args: Sequence[Any], named: Named) -> Any:
        if node.op == "const":
            return node.attr
        if node.op == "cast":
            return args[0].astype(node.dtype)
        if node.op == "where":
            return np.where(args[0], args[1], args[2])
        if node.op == "take":
            values, kind, _ = node.attr
            return np.take(np.array(values, kind), args[0], mode="clip")
        if node.op == "named":
            variable, period = node.attr
            return named(variable, period, args)
        return quietly(ufunc_named(node.op), *args)


def worded(graph: Graph, order: Iterable[int]) -> dict[int, int]:
    """Each place that depends on one input of names and on nothing else, and that input's place."""
    found: dict[int, int] = {}
    for place in order:
        node = graph.nodes[place]
        if node.op == "input" and node.dtype.kind in "SUOM":
            found[place] = place
        elif node.args:
            sources = {found.get(arg, -1) for arg in node.args if not graph.is_const(arg)}
            if len(sources) == 1 and -1 not in sources:
                found[place] = sources.pop()
    return found


def gather(graph: Graph, source: int, members: Sequence[int], handed: Sequence[tuple[int, int]]) -> Words:
    """The part of the graph that one input of names decides; `members` in order, the input first."""
    numbers: dict[int, int] = {}
    nodes: list[Node] = []
    signs: list[str] = []

    def number(place: int) -> int:
        if place not in numbers:
            node = graph.nodes[place]
            args = tuple(number(arg) for arg in node.args)
            numbers[place] = len(nodes)
            nodes.append(Node(node.op, args, node.attr, node.dtype, None))
            signs.append(sign(nodes[-1], [signs[arg] for arg in args]))
        return numbers[place]

    for place in members:
        number(place)
    found = tuple((numbers[place], into) for place, into in handed)
    return Words(graph.nodes[source].attr, tuple(nodes), tuple(signs), found)


def sign(node: Node, args: Sequence[str]) -> str:
    """A digest of an operation and of all that leads to it."""
    attr = "" if node.op == "input" else node.attr
    return blake2b(repr((node.op, args, attr, node.dtype.str)).encode(), digest_size=16).hexdigest()
