"""One audit of each right: every parameter that it reads, its dates, its state, and who mends it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale

from allervers.law.audit.reading import read_by
from allervers.law.audit.rhythm import History, State, history, state
from allervers.law.corrections import ALL, Correction
from allervers.law.corrections.parameters import find
from allervers.law.limits import LIMITS, limits
from allervers.law.system import chosen, tax_benefit_system


@dataclass(frozen=True)
class Line:
    """A parameter or variable on which a right rests, as OpenFisca publishes it, and what we do about it.

    `read` is False for a figure that stands beside those read but that no formula uses. `mended_by` names
    corrections, `mark` is the weakest mark of theirs (C: to confirm), `limited_by` names limits.
    """

    name: str
    past: History | None
    state: State
    read: bool
    mended_by: tuple[str, ...]
    mark: str | None
    limited_by: tuple[str, ...]

    @property
    def suspect(self) -> bool:
        return self.state in (State.STALE, State.DOUBTFUL) or bool(self.mended_by) or bool(self.limited_by)


@dataclass(frozen=True)
class RightAudit:
    """What one right reads on a day.

    `variables` are all those that its computation asks for; `through` are the other rights on that way, whose
    own `lines` are not repeated here.
    """

    right: str
    asked: tuple[str, ...]
    variables: tuple[str, ...]
    through: tuple[str, ...]
    lines: tuple[Line, ...]
    limits: tuple[str, ...]


def audit(rights: Mapping[str, Collection[str]], day: date) -> list[RightAudit]:
    """The audit of each right, given the OpenFisca variables of each.

    Parameters are those of OpenFisca-France as published, so that what we mend shows; what is read is what the
    corrected law reads. A right without variables only has its limits.
    """
    read = read_by(tax_benefit_system(chosen(True, None)), rights, day)
    root = tax_benefit_system(frozenset()).parameters
    seen: dict[str, Line] = {}
    return [
        RightAudit(
            right=right,
            asked=tuple(rights[right]),
            variables=tuple(sorted(reading.variables)),
            through=tuple(sorted(reading.through)),
            lines=tuple(_lines(root, reading.own, reading.parameters, day, seen)),
            limits=tuple(limits(right, day)),
        )
        for right, reading in read.items()
    ]


def _lines(
    root: Any, variables: frozenset[str], parameters: frozenset[str], day: date, seen: dict[str, Line]
) -> Iterator[Line]:
    """Variables that we mend, then parameters read, then stale ones that stand beside them."""
    for variable in sorted(variables):
        if menders := _menders(variable, day):
            yield Line(variable, None, State.CURRENT, True, *_named(menders), _limiters(variable, day))
    leaves = {name: leaf for each in sorted(parameters) for name, leaf in _leaves(root, each)}
    for name, leaf in leaves.items():
        seen[name] = seen.get(name) or _line(name, leaf, day, read=True)
        yield seen[name]
    for name, leaf in _beside(root, leaves).items():
        line = _line(name, leaf, day, read=False)
        if line.state is State.STALE:
            yield line


def _line(name: str, leaf: tuple[Any, bool], day: date, *, read: bool) -> Line:
    parameter, euros = leaf
    past = history(name, parameter, day, euros=euros)
    return Line(name, past, state(past, day), read, *_named(_menders(name, day)), _limiters(name, day))


def _menders(name: str, day: date) -> list[Correction]:
    return [correction for correction in ALL if correction.since <= day and name in correction.mends()]


def _named(menders: list[Correction]) -> tuple[tuple[str, ...], str | None]:
    marks = [correction.mark for correction in menders]
    return tuple(correction.name for correction in menders), max(marks, key=_weakness) if marks else None


def _weakness(mark: str) -> int:
    return ["S", "S-JO", "P", "C", "K"].index(mark)


def _limiters(name: str, day: date) -> tuple[str, ...]:
    return tuple(limit.name for limit in LIMITS if name in limit.concerns and limit.since <= day)


def _leaves(root: Any, name: str) -> Iterator[tuple[str, tuple[Any, bool]]]:
    """(full name, (parameter, is it a sum in euros)) for a parameter, each place of a scale, or a whole node."""
    try:
        found = find(root, name)
    except KeyError:  # ours: an addition, or a node that OpenFisca builds when it loads
        return
    yield from _under(name, found)


def _under(name: str, found: Any) -> Iterator[tuple[str, tuple[Any, bool]]]:
    if isinstance(found, Parameter):
        yield name, (found, found.metadata.get("unit") == "currency")
    elif isinstance(found, ParameterScale):
        for index, bracket in enumerate(found.brackets):
            for part, child in bracket.children.items():
                unit = found.metadata.get(f"{part}_unit")
                yield f"{name}.brackets[{index}].{part}", (child, unit == "currency" and not _zero(child))
    elif isinstance(found, ParameterNode):
        for part, child in found.children.items():
            yield from _under(f"{name}.{part}", child)


def _zero(parameter: Any) -> bool:
    return all(not each.value for each in parameter.values_list)


def _beside(root: Any, leaves: Mapping[str, Any]) -> dict[str, tuple[Any, bool]]:
    """The parameters that stand in the folders of those read, and that nothing reads."""
    folders = {name.rpartition(".")[0] for name in leaves if ".brackets[" not in name}
    found: dict[str, tuple[Any, bool]] = {}
    for folder in sorted(folder for folder in folders if folder.count(".") >= 2):
        found.update((name, leaf) for name, leaf in _leaves(root, folder) if name not in leaves)
    return found
