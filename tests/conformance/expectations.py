"""What a worked example expects of one answer: amounts, certainty, and whether they agree."""

from collections.abc import Mapping
from typing import Any

CRDS = 0.005
"""Contribution taken off an amount before it reaches the account (ordinance 96-50)."""

ENTITLED = ("certain", "likely")
Answer = Mapping[str, Any]


def faults(expected: Mapping[str, Mapping[str, Any]], answer: Answer) -> list[str]:
    """What differs, one sentence per right; empty when the answer is the one expected.

    `expected`: by right id, or `a+b` for a sum: {monthly | yearly | once, tolerance, before_crds}, {entitled: true},
    {certainty}. `answer`: what `allervers rights FILE --json` prints.
    """
    rights = by_id(answer)
    return [fault for key, wanted in expected.items() if (fault := fault_of(key, wanted, rights))]


def by_id(answer: Answer) -> dict[str, Mapping[str, Any]]:
    """Every right of the answer, and every form of one, by its id."""
    return {right["id"]: right for right in answer["rights"]}


def fault_of(key: str, wanted: Mapping[str, Any], rights: Mapping[str, Mapping[str, Any]]) -> str | None:
    """What differs for one right, or for a sum of rights."""
    names = key.split("+")
    missing = [name for name in names if name not in rights]
    if missing:
        return f"{key}: no answer for {', '.join(missing)}"
    if "certainty" in wanted or "entitled" in wanted:
        return certainty_fault(key, wanted, rights[key])
    return amount_fault(key, wanted, [rights[name] for name in names])


def certainty_fault(key: str, wanted: Mapping[str, Any], right: Mapping[str, Any]) -> str | None:
    """A household that a source calls entitled is at least likely to be; other certainties are compared."""
    allowed = ENTITLED if wanted.get("entitled") else (wanted.get("certainty"),)
    if right["certainty"] in allowed:
        return None
    return f"{key}: expected {' or '.join(map(str, allowed))}, came {right['certainty']}"


def amount_fault(key: str, wanted: Mapping[str, Any], rights: list[Mapping[str, Any]]) -> str | None:
    """The likely amounts summed, before the contribution where the source's figure is."""
    period = next(one for one in ("monthly", "yearly", "once") if one in wanted)
    came = sum(likely(right, period) for right in rights)
    if wanted.get("before_crds"):
        came /= 1 - CRDS
    gap = came - wanted[period]
    if abs(gap) <= wanted["tolerance"] + 0.005:
        return None
    return f"{key}: expected {wanted[period]} ± {wanted['tolerance']}, came {came:.2f} (differs by {gap:+.2f})"


def likely(right: Mapping[str, Any], period: str) -> float:
    """Likely euros of one right, a month, a year or once; nothing when it is excluded or has no amount."""
    amount = right.get(period)
    return float(amount["likely"]) if amount is not None else 0.0
