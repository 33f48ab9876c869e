"""One reader a kind of value: what came in, or None and a fault."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from allervers.rights.household.faults import Reading, Shown
from allervers.rights.household.shape import Amount
from allervers.rights.household.words import MOST_MONEY

Reader = Callable[[Reading, str, Any], Any]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])")
_COMMUNE = re.compile(r"(0[1-9]|[1-8]\d|9[0-5]|2[AB])\d{3}|97[1-8]\d{2}")


def group(reading: Reading, path: str, value: Any, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """The known keys of a mapping, each through its reader; an empty value is left out, so unknown."""
    if not isinstance(value, dict):
        reading.refuse(path, "un groupe de champs", value)
        return {}
    found = {}
    for key, inner in value.items():
        where = f"{path}.{key}" if path else str(key)
        if key not in readers:
            refuse_key(reading, where, str(key), tuple(readers))
        elif inner is not None and (read := readers[key](reading, where, inner)) is not None:
            found[str(key)] = read
    return found


def refuse_key(reading: Reading, path: str, key: str, known: tuple[str, ...]) -> None:
    """Note a key nobody knows, with the closest one that is known."""
    close = get_close_matches(key, known, n=1)
    hint = f" (vouliez-vous écrire « {close[0]} » ?)" if close else ""
    came = Shown(f"« {Shown(key[:40])} »")
    reading.refuse(path, "un des champs " + ", ".join(known) + hint, came, "champ inconnu")


def choice(*options: str) -> Reader:
    """One word of a closed list."""

    def read(reading: Reading, path: str, value: Any) -> str | None:
        if isinstance(value, str) and value in options:
            return value
        reading.refuse(path, "un de ces mots : " + ", ".join(options), value)
        return None

    return read


def truth(reading: Reading, path: str, value: Any) -> bool | None:
    """True or false; nothing else stands for them."""
    if isinstance(value, bool):
        return value
    reading.refuse(path, "true (oui) ou false (non)", value)
    return None


def text(reading: Reading, path: str, value: Any) -> str | None:
    """A short label."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and 0 < len(value) <= 40:
        return value
    reading.refuse(path, "une étiquette courte", value)
    return None


def whole(least: int, most: int, unit: str = "") -> Reader:
    """A whole number between two bounds."""

    def read(reading: Reading, path: str, value: Any) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        reading.refuse(path, f"un nombre entier{unit} de {least} à {most}", value)
        return None

    return read


def one_of(*numbers: int) -> Reader:
    """One number of a closed list."""

    def read(reading: Reading, path: str, value: Any) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and value in numbers:
            return value
        reading.refuse(path, "un de ces nombres : " + ", ".join(map(str, numbers)), value)
        return None

    return read


def number(least: float, most: float) -> Reader:
    """A finite number between two bounds."""

    def read(reading: Reading, path: str, value: Any) -> float | None:
        if is_number(value) and least <= value <= most:
            return float(value)
        reading.refuse(path, f"un nombre de {least:g} à {most:g}", value)
        return None

    return read


def is_number(value: Any) -> bool:
    """A finite number; `yes` in YAML is a boolean, and a boolean is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) or math.isfinite(value)


def amount(unit: str = "€ par mois", *, negative: bool = False) -> Reader:
    """Euros, or a range `{from: 600, to: 900}` with either end missing."""
    least = -MOST_MONEY if negative else 0.0
    expected = f"un montant en {unit}" + ("" if negative else ", zéro ou plus")

    def money(reading: Reading, path: str, value: Any) -> float | None:
        if is_number(value) and least <= value <= MOST_MONEY:
            return float(value)
        reading.refuse(path, expected, value)
        return None

    def read(reading: Reading, path: str, value: Any) -> Amount | None:
        if not isinstance(value, dict):
            exact = money(reading, path, value)
            return None if exact is None else Amount.of(exact)
        ends = group(reading, path, value, {"from": money, "to": money})
        low, high = ends.get("from"), ends.get("to")
        if low is not None and high is not None and low > high:
            came = Shown(f"de {low:g} à {high:g}")
            reading.refuse(path, "un intervalle du plus petit au plus grand", came, "intervalle à l'envers")
            return None
        if low is None and high is None:
            return None
        return Amount(low, high)

    return read


def day_of(reading: Reading, path: str, value: Any) -> date | None:
    """An ISO date that exists."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            came = Shown(f"« {value} », un jour qui n'existe pas")
            reading.refuse(path, "une date qui existe, par exemple 2026-09-01", came, "date impossible")
            return None
    reading.refuse(path, "une date, par exemple 2026-09-01", value)
    return None


def is_month(value: Any) -> bool:
    """Whether `value` names a month, such as "2026-05"."""
    return isinstance(value, str) and bool(_MONTH.fullmatch(value))


def commune(reading: Reading, path: str, value: Any) -> str | None:
    """The INSEE code of a municipality, as text: a number would lose its leading zero."""
    if isinstance(value, str) and _COMMUNE.fullmatch(value):
        return value
    expected = 'un code INSEE de commune entre guillemets, par exemple "31555"'
    reading.refuse(path, expected, value)
    return None
