"""What is wrong in a household file: every fault at once, each with its path, what was expected, what came."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One fault. `path` is where in the document ("people[1].incomes.wage.2026-13", "" for the whole)."""

    path: str
    expected: str
    came: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {"path": self.path, "expected": self.expected, "came": self.came, "message": self.message}


class Faults(ValueError):
    """Raised by `read`: the document cannot be understood. `faults` is never empty and keeps reading order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.message for fault in self.faults))

    def as_json(self) -> list[dict[str, str]]:
        return [fault.as_json() for fault in self.faults]


class Reading:
    """Collects the faults met while a document is read."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def refuse(self, path: str, expected: str, came: Any, why: str = "") -> None:
        """Note one fault; reading goes on, so that all are said at once."""
        seen = came if isinstance(came, Shown) else shown(came)
        where = f"« {path} »" if path else "Le document"
        sentence = f"{where} : {why or 'valeur refusée'}. Attendu : {expected}. Reçu : {seen}."
        self.faults.append(Fault(path, expected, str(seen), sentence))

    def close(self) -> None:
        """Raises Faults where anything was refused."""
        if self.faults:
            raise Faults(self.faults)


class Shown(str):
    """A text already fit to be read as what came."""

    __slots__ = ()


def shown(value: Any, limit: int = 60) -> Shown:
    """A value as a short French text: never more than `limit` characters, never a whole document."""
    if value is None:
        return Shown("rien")
    if isinstance(value, bool):
        return Shown("vrai (true)" if value else "faux (false)")
    if isinstance(value, dict):
        return Shown(f"un groupe de {len(value)} champ{'s' * (len(value) > 1)}")
    if isinstance(value, list | tuple):
        return Shown(f"une liste de {len(value)} élément{'s' * (len(value) > 1)}")
    if isinstance(value, int) and abs(value) >= 10**limit:
        return Shown("un nombre démesuré")
    text = " ".join(str(value).split()) if isinstance(value, str) else str(value)
    text = "".join(letter if letter.isprintable() else "�" for letter in text)
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return Shown(f"« {text} »" if isinstance(value, str) else text)
