"""One correction of OpenFisca-France: what it changes, since when, on whose word."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Mark(StrEnum):
    """How well a correction is founded."""

    SOURCED = "S"  # a page or a text was read and is named
    CITED = "S-JO"  # the text that OpenFisca itself cites, not read again
    PRESS = "P"  # press only
    COMPUTED = "C"  # computed from a sourced rule or value: to confirm before public use
    KNOWN = "K"  # general knowledge, not verified


@dataclass(frozen=True)
class Source:
    """A text or page that founds a correction."""

    title: str
    dated: str  # ISO day, or month or year where the source says no more
    url: str


@dataclass(frozen=True)
class Correction:
    """A dated, sourced change to OpenFisca-France.

    `old` and `new` say in plain words what was and what is; `since` is the first day the new rule holds;
    `parameters` edits a copy of the parameters in place; `variables` are OpenFisca classes that replace
    variables of the same name; `reads` names the parameters or variables that it mends (for the audit).
    """

    name: str
    what: str
    old: str
    new: str
    since: date
    mark: Mark
    sources: tuple[Source, ...]
    how: str
    reads: tuple[str, ...]
    parameters: Callable[[Any], None] | None = None
    variables: tuple[type, ...] = field(default=())
