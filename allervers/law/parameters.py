"""Parameters read one by one: OpenFisca builds the whole tree of 4,000 for each instant, and forgets it too soon.

Its cache holds 128 instants for all systems together; a household's window of months asks for more than a hundred.
It also picks a parameter by zone or by status one household after the other; here, one value after the other.
"""

from functools import cached_property
from typing import Any

import numpy as np
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.parameters import ParameterNode, ParameterNodeAtInstant, VectorialParameterNodeAtInstant
from openfisca_core.periods import Period, instant


class LazyNode(ParameterNodeAtInstant):  # type: ignore[misc]
    """A node of parameters at an instant, whose children are made when they are first read."""

    def __init__(self, name: str, node: Any, instant_str: str) -> None:
        self._name = name
        self._node = node
        self._instant_str = instant_str

    @cached_property
    def _children(self) -> dict[str, Any]:
        found = {name: self._child(name) for name in self._node.children}
        return {name: child for name, child in found.items() if child is not None}

    def __getattr__(self, key: str) -> Any:
        child = self._child(key)
        if child is None:
            raise ParameterNotFoundError(f"{self._name}.{key}", self._instant_str)
        setattr(self, key, child)
        return child

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return getattr(self, key)
        if not isinstance(key, np.ndarray):
            return super().__getitem__(key)
        self._alike  # noqa: B018 - raises where the children differ
        distinct, which = _distinct(key)
        name_of = VectorialParameterNodeAtInstant._get_appropriate_subnode_function(distinct[0])
        return _chosen(self, [self[name_of(self, item)] for item in distinct], which)

    @cached_property
    def _alike(self) -> bool:
        VectorialParameterNodeAtInstant.check_node_vectorisable(self)
        return True

    def _child(self, name: str) -> Any:
        child = self._node.children.get(name)
        if isinstance(child, ParameterNode):
            return LazyNode(child.name, child, self._instant_str)
        return None if child is None else child._get_at_instant(self._instant_str)


class ChosenNodes(VectorialParameterNodeAtInstant):  # type: ignore[misc]
    """For each household, one of a few nodes: `nodes` are the distinct ones, `which` says whose is whose."""

    def __init__(self, nodes: list[Any], which: Any, name: str, instant_str: str) -> None:
        super().__init__(nodes, name, instant_str)
        self._which = which

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return _chosen(self, [node[key] for node in self.vector], self._which)
        distinct, which = _distinct(key)
        pairs, which_pair = np.unique(self._which * len(distinct) + which, return_inverse=True)
        nodes = [self.vector[pair // len(distinct)][distinct[pair % len(distinct)]] for pair in pairs]
        return _chosen(self, nodes, which_pair)


def _distinct(key: Any) -> tuple[list[Any], Any]:
    """The distinct items of an array (names, for an enum) and, for each place, which of them stands there."""
    if isinstance(key, EnumArray):
        codes, which = np.unique(key.view(np.ndarray), return_inverse=True)
        items: list[Any] = [*key.possible_values]  # type: ignore[misc]
        return [items[code].name for code in codes], which
    names = np.array([getattr(item, "name", item) for item in key]) if key.dtype == object else key
    distinct, which = np.unique(names, return_inverse=True)
    return list(distinct), which


def _chosen(parent: Any, nodes: list[Any], which: Any) -> Any:
    if isinstance(nodes[0], ParameterNodeAtInstant):
        return ChosenNodes(nodes, which, parent._name, parent._instant_str)
    return np.array(nodes)[which]


class ReadsOneByOne:
    """For a tax and benefit system: parameters at each instant are kept for ever, and filled as they are read."""

    parameters: Any

    def get_parameters_at_instant(self, at: Any) -> Any:
        kept = self.__dict__.setdefault("_at_instants", {})
        key = str(at.start if isinstance(at, Period) else instant(at))
        node = kept.get(key)
        if node is None:
            node = kept[key] = LazyNode(self.parameters.name, self.parameters, key)
        return node
