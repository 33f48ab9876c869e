"""What a cell says, whoever wrote it: numbers with a comma, INSEE's marks for a figure that is not published, lists."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

NOT_PUBLISHED: Final = {"", "s", "ns", "nd", "so", "c", "na", "n/a", "nan", "null", "none", "-", "…", "..."}
THOUSANDTH: Final = Decimal("0.001")
SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")


def number(cell: Any) -> Decimal | None:
    """The number, to the thousandth; None when it is not published. Raises ValueError when it is neither."""
    if cell is None or isinstance(cell, bool):
        return None if cell is None else _no(cell)
    if isinstance(cell, (int, float)):
        return None if math.isnan(cell) else _exact(repr(cell), cell)
    text = SPACES.sub("", str(cell))
    if text.lower() in NOT_PUBLISHED or text.lower().startswith("n/a"):
        return None
    return _exact(text.replace(",", "."), cell)


def _exact(text: str, cell: Any) -> Decimal:
    try:
        value = Decimal(text)
        return value.quantize(THOUSANDTH)
    except InvalidOperation:
        return _no(cell)


def _no(cell: Any) -> Decimal:
    raise ValueError(f"not a number: {cell!r}")


def text(cell: Any) -> str:
    """The text of a cell, without the spaces around."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def texts(cell: Any) -> list[str]:
    """A list of texts: a JSON list, a database's braces, or words between commas, semicolons or bars."""
    if isinstance(cell, (list, tuple)):
        return [text(item) for item in cell if text(item)]
    written = text(cell)
    if written.startswith("["):
        listed = json.loads(written)  # json.JSONDecodeError is a ValueError
        return [text(item) for item in listed if text(item)]
    return [part.strip().strip('"') for part in re.split(r"[,;|]", written.strip("{}")) if part.strip()]


def day(cell: Any) -> date | None:
    """A day, written in ISO, with or without a time; None when empty. Raises ValueError."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = text(cell)
    return date.fromisoformat(written[:10]) if written else None
