"""Parameters of OpenFisca, found and changed by name."""

import re
from typing import Any

from openfisca_core.parameters import Parameter
from openfisca_core.periods import instant

from allervers.law.corrections.entry import Change, NewParameter

_BRACKET = re.compile(r"^brackets\[(\d+)\]$")


def find(root: Any, name: str) -> Any:
    """The parameter called `name` ("a.b.scale.brackets[2].threshold"); raises KeyError when there is none."""
    node = root
    for part in name.split("."):
        bracket = _BRACKET.match(part)
        found = node.brackets[int(bracket[1])] if bracket else _child(node, part)
        if found is None:
            raise KeyError(f"no parameter {name}: {part} is unknown")
        node = found
    return node


def change(root: Any, entry: Change) -> None:
    """Give a parameter its new value, from `since` to `until` or until further notice."""
    stop = instant(entry.until.isoformat()) if entry.until else None
    find(root, entry.parameter).update(start=instant(entry.since.isoformat()), stop=stop, value=entry.new)


def add(root: Any, entry: NewParameter) -> None:
    """Add a dated figure that OpenFisca lacks."""
    parent, _, child = entry.parameter.rpartition(".")
    values = {since.isoformat(): {"value": value} for since, value in entry.values}
    data = {"description": entry.description, "values": values}
    find(root, parent).add_child(child, Parameter(entry.parameter, data))


def _child(node: Any, name: str) -> Any:
    children = getattr(node, "children", None)
    return children.get(name) if children else getattr(node, name, None)
