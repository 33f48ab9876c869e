"""Parameters read one by one: OpenFisca builds the whole tree of 4,000 for each instant, and forgets it too soon.

Its cache holds 128 instants for all systems together; a household's window of months asks for more than a hundred.
"""

from functools import cached_property
from typing import Any

from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.parameters import ParameterNode, ParameterNodeAtInstant
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
        return getattr(self, key) if isinstance(key, str) else super().__getitem__(key)

    def _child(self, name: str) -> Any:
        child = self._node.children.get(name)
        if isinstance(child, ParameterNode):
            return LazyNode(child.name, child, self._instant_str)
        return None if child is None else child._get_at_instant(self._instant_str)


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
