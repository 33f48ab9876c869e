"""What is asked of an import, and what becomes of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from allervers.territory.rules import departement_of

LISTED: Final = 500  # faults kept with an import: a person reads no more of them
SHOWN: Final = 10  # rows shown in a preview
Progress = Callable[[int, int], None]  # rows done, rows in all


class Fate(StrEnum):
    """What a good row does to what is known."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Fault:
    """Why a row is refused: where, what was expected, what came."""

    line: int
    column: str
    expected: str
    came: object = ""

    def __str__(self) -> str:
        came = "rien" if self.came in ("", None) else f"« {str(self.came)[:60]} »"
        column = f", colonne {self.column}" if self.column else ""
        return f"Ligne {self.line}{column} : {self.expected} ; on a lu {came}."


@dataclass(frozen=True)
class Scope:
    """Which rows are wanted: those of some départements, or of the areas already known; all of them by default."""

    departements: frozenset[str] = frozenset()
    known_only: bool = False

    def leaves_out(self, code: str, known: Container[str]) -> bool:
        """Whether the row of this commune or IRIS is not asked for (`known`: the codes of the areas known)."""
        if self.departements and departement_of(code) not in self.departements:
            return True
        return self.known_only and code not in known and code[:5] not in known

    @property
    def is_everything(self) -> bool:
        return not self.departements and not self.known_only


@dataclass
class Tally:
    """The running count of an import."""

    rows: int = 0
    outside: int = 0
    refused: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    first: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, faults: list[Fault]) -> None:
        """Count a row refused, and keep why as long as somebody may read it."""
        self.refused += 1
        room = max(0, LISTED - len(self.faults))
        self.faults += [str(fault) for fault in faults[:room]]


@dataclass(frozen=True)
class Preview:
    """What carrying out the import would do. `outside` rows were not asked for; `refused` ones say why in `faults`."""

    kind: str
    filename: str
    sha256: str
    rows: int
    created: int
    changed: int
    unchanged: int
    outside: int
    refused: int
    faults: list[str]
    first: list[dict[str, Any]]
    used_columns: list[str]
    unknown_columns: list[str]
    already_imported: bool
