"""What a claim needs to know of the right it claims: its name, whether it is money, how long an answer takes."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from allervers.base.errors import Refused
from allervers.rights.catalogue import Right, all_rights

COVERS: Final = {"ame"}  # declared rights that are a cover and not money; computed ones say so themselves ("yes_no")
CHECKED: Final = {"S", "S-JO"}
WORDS: Final = {"un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6}
MONTHS: Final = re.compile(rf"\b({'|'.join(WORDS)}) mois\b")


def right_called(right: str) -> Right:
    """The right of the catalogue with this id. Raises Refused."""
    known = all_rights().get(right)
    if known is None:
        raise Refused(
            "unknown-right",
            why=f"Le droit « {right} » n'est pas au catalogue.",
            remedy="Choisissez un droit de la liste ; une aide locale se note sous « aides locales ».",
        )
    return known


@cache
def is_money(right: str) -> bool:
    """Whether the right is paid; False for a cover or a savings book, True for a right no longer in the catalogue."""
    known = all_rights().get(right)
    if known is None or known.computed is None:
        return right not in COVERS
    return known.computed.unit != "yes_no"


@cache
def not_money() -> frozenset[str]:
    """The ids of the rights that are not paid."""
    return frozenset(name for name in all_rights() if not is_money(name))


@cache
def usual_months(right: str) -> int | None:
    """The published delay of the answer, in months, where a page read gives one in months."""
    known = all_rights().get(right)
    if known is None or known.delay.mark not in CHECKED:
        return None
    said = MONTHS.search(known.delay.says)
    return WORDS[said.group(1)] if said else None


def name_of(right: str) -> str:
    """What people call the right; its id when it left the catalogue."""
    known = all_rights().get(right)
    return known.names.plain if known else right
