"""One correction of OpenFisca-France: what it changes, since when, on whose word."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

#: An OpenFisca formula: (population, period, parameters) -> one value per member.
FormulaFunction = Callable[..., Any]


class Mark(StrEnum):
    """How well a figure is founded."""

    SOURCED = "S"  # a page or a text was read and is named
    CITED = "S-JO"  # the text that OpenFisca itself cites, not read again
    PRESS = "P"  # press only
    COMPUTED = "C"  # computed from a sourced rule or value: to confirm before public use
    KNOWN = "K"  # general knowledge, not verified


@dataclass(frozen=True)
class Source:
    """A text or page that founds a correction; `dated` is as precise as the source (day, month or year)."""

    title: str
    dated: str
    url: str


@dataclass(frozen=True)
class Change:
    """A value of an existing parameter: euros unless its description says otherwise.

    `parameter` is its full name; the thresholds of a scale are written "scale.brackets[2].threshold". Holds from
    `since`, until `until` (included) or until further notice. `old` is what OpenFisca gives on `since`.
    """

    parameter: str
    since: date
    old: float
    new: float
    mark: Mark
    until: date | None = None


@dataclass(frozen=True)
class NewParameter:
    """A dated figure that OpenFisca lacks; `values` are (since, value) pairs."""

    parameter: str
    description: str
    values: tuple[tuple[date, float], ...]


@dataclass(frozen=True)
class Formula:
    """A formula of an existing variable, made from the one it replaces, used from `since`.

    `rewrite` takes OpenFisca's formula (None where the variable is an input) and gives ours, of three arguments.
    """

    variable: str
    since: date
    rewrite: Callable[[FormulaFunction | None], FormulaFunction]


@dataclass(frozen=True)
class Correction:
    """A dated, sourced change to OpenFisca-France; `rights` are the ids of the rights that it moves."""

    name: str
    what: str
    old: str
    new: str
    since: date
    mark: Mark
    rights: tuple[str, ...]
    sources: tuple[Source, ...]
    changes: tuple[Change, ...] = ()
    additions: tuple[NewParameter, ...] = ()
    formulas: tuple[Formula, ...] = ()

    def mends(self) -> set[str]:
        """Names of the parameters and variables that this correction changes."""
        return {change.parameter for change in self.changes} | {formula.variable for formula in self.formulas}
