"""The life of a claim: its dated facts read one after the other.

Facts are read in the order of their days; on the same day, in the order in which a claim goes (`RANK`). The order in
which they were written down does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Protocol, cast

from allervers.accompaniment.choices import EventKind, State

OPEN: Final = {State.PAID, State.RENEWED}
DECIDED: Final = {State.GRANTED, *OPEN}
WITHOUT_FILE: Final = {State.TO_PREPARE, State.REFUSED, State.ENDED, State.SET_ASIDE}

RANK: Final = {
    kind: place
    for place, kind in enumerate(
        (
            EventKind.PREPARED,
            EventKind.FILED,
            EventKind.RECEIPT,
            EventKind.DOCUMENTS_ASKED,
            EventKind.DOCUMENTS_SENT,
            EventKind.REFUSED,
            EventKind.APPEALED,
            EventKind.GRANTED,
            EventKind.FIRST_PAYMENT,
            EventKind.RENEWED,
            EventKind.STOPPED,
            EventKind.SET_ASIDE,
        )
    )
}


class Told(Protocol):
    """A dated fact of a claim, as the record gives it or as it is about to be written."""

    @property
    def kind(self) -> str: ...
    @property
    def happened_on(self) -> date: ...
    @property
    def amount(self) -> Decimal | None: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...
    @property
    def answer_by(self) -> date | None: ...
    @property
    def struck_at(self) -> datetime | None: ...


def in_order(events: Iterable[Told], today: date) -> list[Told]:
    """The facts that count on `today`, in the order of the trade."""
    return sorted((one for one in events if one.struck_at is None and one.happened_on <= today), key=place_of)


def place_of(event: Told) -> tuple[date, int, Decimal, date, date, date]:
    """Two facts that differ never share a place, whoever wrote them first."""
    return (
        event.happened_on,
        RANK[EventKind(event.kind)],
        event.amount if event.amount is not None else Decimal(-1),
        event.starts_on or date.min,
        event.until or date.min,
        event.answer_by or date.min,
    )


def start_of(event: Told) -> date:
    """The first day of the right a grant gives; its own day when none is said."""
    return event.starts_on or event.happened_on


@dataclass
class Life:
    """What is known of a claim as its facts are read one after the other."""

    since: date | None
    money: bool
    code: State = State.TO_PREPARE
    filed_on: date | None = None
    granted_on: date | None = None
    paid_on: date | None = None
    starts_on: date | None = None
    until: date | None = None
    amount: Decimal | None = None
    answer_by: date | None = None
    documents_by: date | None = None
    documents_on: date | None = None
    appealed_on: date | None = None
    counted_from: date | None = None  # the day from which an answer is waited for

    def turn(self, code: State, event: Told) -> None:
        """Pass to another state, on the day of the fact."""
        if self.code != code:
            self.code, self.since = code, event.happened_on

    @property
    def is_decided(self) -> bool:
        """Granted or open: news of the file no longer changes where it stands."""
        return self.code in DECIDED

    def wait_again(self, event: Told) -> None:
        """An answer is waited for from this fact on."""
        self.answer_by, self.counted_from = event.answer_by, event.happened_on
        self.documents_on = self.documents_by = None

    def open_or_grant(self, event: Told) -> None:
        """Granted, and open at once when a payment has already been seen."""
        self.turn(State.PAID if self.money and self.paid_on else State.GRANTED, event)

    def close(self, code: State, event: Told) -> None:
        """Nothing comes in any more."""
        self.turn(code, event)
        self.granted_on = self.paid_on = self.amount = self.until = self.starts_on = self.appealed_on = None
        self.documents_on = self.documents_by = None

    def let_time_pass(self, today: date) -> None:
        """What no fact says and the calendar does: a cover begins, a right reaches its end."""
        if self.code == State.GRANTED and not self.money and self.starts_on and self.starts_on <= today:
            self.code = State.PAID
            self.since = max(self.starts_on, cast("date", self.granted_on))
        if self.code in OPEN and self.until and self.until < today:
            self.code, self.since, self.amount = State.ENDED, self.until, None


def follow_prepared(life: Life, event: Told) -> None:
    if life.code in WITHOUT_FILE:
        life.turn(State.PREPARED, event)


def follow_filed(life: Life, event: Told) -> None:
    life.filed_on = life.filed_on or event.happened_on
    if not life.is_decided:
        life.turn(State.FILED, event)
        life.wait_again(event)


def follow_receipt(life: Life, event: Told) -> None:
    if not life.is_decided:
        life.turn(State.WAITING, event)
        life.answer_by = event.answer_by or life.answer_by
        life.counted_from = life.filed_on or event.happened_on


def follow_documents_asked(life: Life, event: Told) -> None:
    life.documents_on, life.documents_by = event.happened_on, event.answer_by
    if not life.is_decided:
        life.turn(State.DOCUMENTS_ASKED, event)


def follow_documents_sent(life: Life, event: Told) -> None:
    life.documents_on = life.documents_by = None
    if not life.is_decided:
        life.turn(State.WAITING, event)
        life.wait_again(event)


def follow_granted(life: Life, event: Told) -> None:
    life.granted_on, life.starts_on, life.until = event.happened_on, start_of(event), event.until
    life.amount = event.amount if event.amount is not None else life.amount
    life.answer_by, life.appealed_on = event.answer_by, None
    life.documents_on = life.documents_by = None
    life.open_or_grant(event)


def follow_refused(life: Life, event: Told) -> None:
    life.close(State.REFUSED, event)
    life.counted_from, life.answer_by = event.happened_on, event.answer_by


def follow_appealed(life: Life, event: Told) -> None:
    life.appealed_on = event.happened_on
    if not life.is_decided:
        life.turn(State.APPEALED, event)
    life.wait_again(event)


def follow_first_payment(life: Life, event: Told) -> None:
    life.paid_on = event.happened_on
    life.amount = event.amount if life.amount is None else life.amount
    if life.granted_on:
        life.turn(State.PAID, event)
    elif not life.is_decided:
        life.turn(State.WAITING, event)


def follow_renewed(life: Life, event: Told) -> None:
    life.amount = event.amount if event.amount is not None else life.amount
    life.starts_on, life.until = start_of(event), event.until
    life.documents_on = life.documents_by = life.appealed_on = None
    life.turn(State.RENEWED, event)


def follow_stopped(life: Life, event: Told) -> None:
    life.close(State.ENDED, event)


def follow_set_aside(life: Life, event: Told) -> None:
    life.close(State.SET_ASIDE, event)


FOLLOW: Final[dict[EventKind, Callable[[Life, Told], None]]] = {
    EventKind.PREPARED: follow_prepared,
    EventKind.FILED: follow_filed,
    EventKind.RECEIPT: follow_receipt,
    EventKind.DOCUMENTS_ASKED: follow_documents_asked,
    EventKind.DOCUMENTS_SENT: follow_documents_sent,
    EventKind.GRANTED: follow_granted,
    EventKind.REFUSED: follow_refused,
    EventKind.APPEALED: follow_appealed,
    EventKind.FIRST_PAYMENT: follow_first_payment,
    EventKind.RENEWED: follow_renewed,
    EventKind.STOPPED: follow_stopped,
    EventKind.SET_ASIDE: follow_set_aside,
}
