"""Pure questions about agreements and refusals: what state is this answer in, may we go towards this person."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from allervers.base.clock import PARIS
from allervers.people.choices import Answer, Channel, RefusalKind

SILENCE_MONTHS = 3  # a "not now" that says no date: docs/decisions/0020-not-now-without-a-date.md


class State(StrEnum):
    """Where an answer stands on a day."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"

    @property
    def label(self) -> str:
        return STATES[self]


STATES = {
    State.GIVEN: "donné",
    State.REFUSED: "refusé",
    State.NOT_ASKED: "pas demandé",
    State.WITHDRAWN: "retiré",
    State.EXPIRED: "arrivé à son terme",
    State.INVALIDATED: "plus valable",
}


class Answered(Protocol):
    """The fields of an agreement that its state is made of."""

    @property
    def answer(self) -> str: ...
    @property
    def expires_on(self) -> date | None: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...
    @property
    def invalidated_at(self) -> datetime | None: ...


def agreement_state(agreement: Answered | None, today: date) -> State:
    """Where an answer stands today; its last day (`expires_on`) is still good."""
    if agreement is None:
        return State.NOT_ASKED
    if agreement.invalidated_at is not None:
        return State.INVALIDATED
    if agreement.withdrawn_at is not None:
        return State.WITHDRAWN
    if agreement.answer != Answer.GIVEN:
        return State(agreement.answer)
    if agreement.expires_on is not None and agreement.expires_on < today:
        return State.EXPIRED
    return State.GIVEN


class SaidNo(Protocol):
    """The fields of a refusal that the rule reads."""

    @property
    def kind(self) -> str: ...
    @property
    def right(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def may_come_back(self) -> bool | None: ...
    @property
    def come_back_on(self) -> date | None: ...
    @property
    def said_at(self) -> datetime: ...
    @property
    def lifted_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Wishes:
    """What the person said of being called, texted, written to, visited; None: they did not say."""

    may_call: bool | None = None
    may_text: bool | None = None
    may_write: bool | None = None
    may_visit: bool | None = None


@dataclass(frozen=True)
class Approach:
    """Whether the team may go towards the person; if not, why, in French, and until when (None: no end is known)."""

    ok: bool
    why: str = ""
    until: date | None = None


WISH_OF = {
    Channel.CALL: ("may_call", "La personne ne veut pas être appelée."),
    Channel.TEXT: ("may_text", "La personne ne veut pas recevoir de SMS."),
    Channel.LETTER: ("may_write", "La personne ne veut pas recevoir de courrier."),
    Channel.VISIT: ("may_visit", "La personne ne veut pas qu'on passe chez elle."),
}

BY_NUMBER = {Channel.CALL, Channel.TEXT}


def is_known(channel: Channel, *, wishes: Wishes, has_number: bool) -> bool:
    """Whether this way was agreed to and exists: silence is not a yes. `may_approach` says whether one may use it."""
    field, _ = WISH_OF.get(channel, ("", ""))
    return not field or (getattr(wishes, field) is True and (has_number or channel not in BY_NUMBER))


WHY = {
    RefusalKind.NO_MORE: "La personne ne veut plus être contactée.",
    RefusalKind.NOT_NOW: "La personne a dit : pas maintenant.",
    RefusalKind.NOT_THIS_RIGHT: "La personne ne veut pas qu'on lui reparle de ce droit.",
    RefusalKind.NOT_THIS_CHANNEL: "La personne ne veut pas être jointe par ce moyen.",
}


def may_approach(
    refusals: Iterable[SaidNo],
    *,
    channel: str,
    agreed: bool,
    today: date,
    right: str | None = None,
    wishes: Wishes = Wishes(),
) -> Approach:
    """Whether the team may take the initiative to reach the person this way, about this right (None: no right).

    `agreed`: a live agreement to be contacted. The only rule for every list, letter and call; see DESIGN, promise 2.
    """
    stops = [(end_of(no), WHY[RefusalKind(no.kind)]) for no in refusals if stops_us(no, channel, right, today)]
    field, why = WISH_OF.get(Channel(channel), ("", ""))
    if field and getattr(wishes, field) is False:
        stops.append((None, why))
    if not agreed:
        stops.append((None, "La personne n'a pas donné son accord pour être recontactée."))
    if not stops:
        return Approach(ok=True)
    end, why = max(stops, key=lambda stop: (stop[0] is None, stop[0] or today, stop[1]))
    return Approach(ok=False, why=why, until=end)


def stops_us(no: SaidNo, channel: str, right: str | None, today: date) -> bool:
    """Whether this refusal, today, stands against this way of reaching the person about this right."""
    if no.lifted_at is not None:
        return False
    end = end_of(no)
    return (end is None or today < end) and concerns(no, channel, right)


def concerns(no: SaidNo, channel: str, right: str | None) -> bool:
    """Whether the refusal speaks of this: "no more" of everything, the others of what they name."""
    if no.kind == RefusalKind.NO_MORE:
        return True
    return no.right in ("", right) and no.channel in ("", channel)


def end_of(no: SaidNo) -> date | None:
    """The day from which one may come back; None: not until the person lifts it."""
    if no.kind == RefusalKind.NO_MORE or no.may_come_back is False:
        return None
    if no.come_back_on is not None:
        return no.come_back_on
    if no.kind == RefusalKind.NOT_NOW:
        return months_after(no.said_at.astimezone(PARIS).date(), SILENCE_MONTHS)
    return None


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
