"""The answer: for each right, how sure it is, how much, why, and what would settle it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Certainty = Literal["certain", "likely", "possible", "excluded"]
Unit = Literal["month", "year", "once", "yes_no", "declared"]


@dataclass(frozen=True)
class Range:
    """Euros: the least and the most over everything tried, and the middle amount where the right is open."""

    low: float
    likely: float
    high: float

    def as_json(self) -> dict[str, float]:
        return {"low": self.low, "likely": self.likely, "high": self.high}

    def each(self, share: float) -> "Range":
        """The same range, multiplied."""
        return Range(round(self.low * share, 2), round(self.likely * share, 2), round(self.high * share, 2))

    def beyond(self, amount: float) -> "Range":
        """What is left above an amount, never below zero."""
        return Range(*(max(0.0, round(end - amount, 2)) for end in (self.low, self.likely, self.high)))


NOTHING = Range(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Settling:
    """A fact that nobody said and that would settle the right, as a plain question."""

    fact: str | None
    text: str

    def as_json(self) -> dict[str, str | None]:
        return {"fact": self.fact, "text": self.text}


@dataclass(frozen=True)
class RightAnswer:
    """What can be said of one right, or of one form of it (`form_of`).

    `monthly` spreads yearly and one-off amounts over twelve months; `amount` is the amount as it is paid. Both are
    zero where no amount is worked out (`unit` "yes_no" or "declared"). `received`: € a month that comes in already,
    None where nobody said; `is_received`: whether it comes in, also where the amount is not known.
    """

    id: str
    certainty: Certainty
    unit: Unit
    monthly: Range
    amount: Range
    received: float | None
    is_received: bool | None
    unclaimed: Range
    because: tuple[str, ...]
    would_settle_it: tuple[Settling, ...]
    limits: tuple[str, ...]
    paid: Literal["yearly", "once"] | None = None
    form_of: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is worth claiming: certain or likely."""
        return self.certainty in ("certain", "likely")

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"id": self.id, "certainty": self.certainty, "unit": self.unit}
        found["monthly"] = self.monthly.as_json()
        if self.paid is not None:
            found |= {"paid": self.paid, self.paid: self.amount.as_json()}
        found |= {"received": self.received, "is_received": self.is_received, "unclaimed": self.unclaimed.as_json()}
        found |= {"because": list(self.because)}
        found |= {"would_settle_it": [one.as_json() for one in self.would_settle_it], "limits": list(self.limits)}
        return found | ({"form_of": self.form_of} if self.form_of else {})


@dataclass(frozen=True)
class Assessment:
    """The rights of one household on a day, in the order of the catalogue; the forms of a right follow it."""

    day: date
    law: str
    engine: str
    rights: tuple[RightAnswer, ...]
    tried: int

    def right(self, id: str) -> RightAnswer:
        """The answer for one right, or one form of a right; KeyError for one that the catalogue does not have."""
        return self.by_id[id]

    @property
    def by_id(self) -> Mapping[str, RightAnswer]:
        return {one.id: one for one in self.rights}

    def as_json(self) -> dict[str, Any]:
        """The answer of the household contract. `tried`: how many completions were worked out."""
        return {
            "day": self.day.isoformat(),
            "law": self.law,
            "engine": self.engine,
            "tried": self.tried,
            "rights": [one.as_json() for one in self.rights],
        }
