"""Where a claim stands, from its dated facts. No query, no clock, no memory of the order in which they were written.

A right is open when both a grant and a first payment have been seen, in whichever order they were seen; a right that is
not money (a health cover, a savings book) is open when it is granted and its first day has come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from allervers.accompaniment.choices import EventKind, State
from allervers.accompaniment.due import Due, next_due
from allervers.accompaniment.life import FOLLOW, OPEN, Life, Told, in_order, start_of
from allervers.base.errors import Refused
from allervers.people.rules import months_after

LIVE: Final = set(State) - {
    State.REFUSED,
    State.ENDED,
    State.SET_ASIDE,
}  # a second claim of the right would be a double
READ: Final = ("kind", "happened_on", "amount", "starts_on", "until", "answer_by", "struck_at")  # of a fact: see `Told`


@dataclass(frozen=True)
class Standing:
    """Where a claim stands on a day. Amounts in € a month, None when not known or not money."""

    code: State
    since: date | None
    next_due: Due | None
    monthly_amount: Decimal | None
    filed_on: date | None
    granted_on: date | None
    first_payment_on: date | None
    opened_on: date | None
    until: date | None

    @property
    def label(self) -> str:
        """In French, as the screens say it."""
        return str(self.code.label)

    @property
    def is_open(self) -> bool:
        """The right reaches the person: money seen, or cover begun."""
        return self.code in OPEN

    @property
    def is_live(self) -> bool:
        """Something is still under way or open."""
        return self.code in LIVE

    @property
    def late(self) -> bool:
        """The day of what is waited for has passed."""
        return self.next_due is not None and self.next_due.late


def state(
    events: Iterable[Told],
    today: date,
    *,
    money: bool = True,
    opened_on: date | None = None,
    usual_months: int | None = None,
) -> Standing:
    """Where a claim stands on `today`; struck facts and facts dated later are as if never written.

    `money`: whether the right is paid; `opened_on`: day the claim was opened here, used while nothing has happened;
    `usual_months`: the published delay of the answer, where there is one.
    """
    told = in_order(events, today)
    life = Life(since=opened_on, money=money)
    for event in told:
        FOLLOW[EventKind(event.kind)](life, event)
    life.let_time_pass(today)
    return Standing(
        code=life.code,
        since=life.since,
        next_due=next_due(life, today, usual_months),
        monthly_amount=life.amount if money else None,
        filed_on=life.filed_on,
        granted_on=first_day(told, EventKind.GRANTED),
        first_payment_on=first_day(told, EventKind.FIRST_PAYMENT),
        opened_on=first_opening(told, today, money=money),
        until=life.until,
    )


def first_day(told: Sequence[Told], *kinds: EventKind) -> date | None:
    """The first day on which one of these happened."""
    return min((one.happened_on for one in told if one.kind in kinds), default=None)


def first_opening(told: Sequence[Told], today: date, *, money: bool) -> date | None:
    """The first day on which the right was open, even if it stopped since; what the figures count."""
    if money:
        granted, paid = first_day(told, EventKind.GRANTED), first_day(told, EventKind.FIRST_PAYMENT)
        return max(granted, paid) if granted and paid else None
    begun = [max(one.happened_on, start_of(one)) for one in told if one.kind == EventKind.GRANTED]
    return min((day for day in begun if day <= today), default=None)


# ---------------------------------------------------------------- what cannot have happened

MUST_FOLLOW: Final = {  # when both are known, the first of these comes on or after the first of those
    EventKind.RECEIPT: EventKind.FILED,
    EventKind.DOCUMENTS_ASKED: EventKind.FILED,
    EventKind.GRANTED: EventKind.FILED,
    EventKind.REFUSED: EventKind.FILED,
    EventKind.FIRST_PAYMENT: EventKind.FILED,
    EventKind.APPEALED: EventKind.REFUSED,
    EventKind.RENEWED: EventKind.GRANTED,
}
CLOSING: Final = {EventKind.REFUSED, EventKind.STOPPED, EventKind.SET_ASIDE}  # after these, another payment is a first
DATED: Final = {EventKind.GRANTED, EventKind.RENEWED}
OLDEST_YEARS: Final = 5  # before the claim was opened here: older is a slip of the keyboard
HIGHEST: Final = Decimal(10_000)  # € a month: above, a slip of the keyboard


def refuse_impossible_event(
    event: Told, others: Iterable[Told], *, today: date, opened_on: date, money: bool = True
) -> None:
    """Refuse, in French, a fact that cannot have happened on that day beside the others that stand.

    A grant without a filing stands (some rights open by themselves, and some claims were filed without us), and so does
    a payment seen before the letter, as long as the right had begun.
    """
    refuse_impossible_day(event.happened_on, today=today, opened_on=opened_on)
    refuse_impossible_amount(event, money=money)
    refuse_impossible_period(event)
    standing = [one for one in others if one.struck_at is None]
    refuse_twice(event, standing)
    for kind, first in MUST_FOLLOW.items():
        if event.kind in (kind, first):
            refuse_out_of_order(kind, first, [*standing, event])
    if event.kind == EventKind.FIRST_PAYMENT:
        refuse_second_payment(event, standing)
    if event.kind in (EventKind.FIRST_PAYMENT, EventKind.GRANTED):
        refuse_paid_before_the_start([*standing, event])


def refuse_impossible_day(day: date, *, today: date, opened_on: date) -> None:
    """Refuse tomorrow, and years ago."""
    if day > today:
        raise Refused(
            "in-the-future",
            why=f"Ce fait est daté du {day:%d/%m/%Y} : ce jour n'est pas encore venu.",
            remedy="Notez-le le jour où il arrive ; pour une date à venir, convenez d'un pas.",
        )
    if day < months_after(opened_on, -12 * OLDEST_YEARS):
        raise Refused(
            "long-before-the-claim",
            why=f"Ce fait est daté du {day:%d/%m/%Y}, plus de cinq ans avant cette demande.",
            remedy="Vérifiez l'année.",
        )


def refuse_impossible_amount(event: Told, *, money: bool) -> None:
    """Refuse less than nothing, a fortune, and money where the right is none."""
    if not money and (event.amount is not None or event.kind == EventKind.FIRST_PAYMENT):
        raise Refused(
            "not-money",
            why="Ce droit ne se verse pas en argent.",
            remedy="Notez « droit accordé » et le jour où il commence : il sera ouvert ce jour-là.",
        )
    if event.amount is not None and not 0 <= event.amount <= HIGHEST:
        raise Refused(
            "impossible-amount",
            why="Un montant est entre 0 et 10 000 € par mois.",
            remedy="Écrivez le montant d'un mois ; pour une aide à l'année, divisez par douze.",
        )


def refuse_impossible_period(event: Told) -> None:
    """Refuse a right without a first day, or that ends before it starts."""
    if event.kind in DATED and event.starts_on is None:
        raise Refused(
            "no-start",
            why="Dites à partir de quand le droit est ouvert.",
            remedy="Recopiez le jour écrit sur la notification.",
        )
    if event.until and event.until < start_of(event):
        raise Refused(
            "ends-before-it-starts",
            why="Le droit finirait avant d'avoir commencé.",
            remedy="Vérifiez les deux dates de la notification.",
        )
    if event.answer_by and event.answer_by < event.happened_on:
        raise Refused(
            "answer-before-the-fact",
            why="La réponse serait attendue avant le fait lui-même.",
            remedy="Vérifiez la date avant laquelle il faut répondre.",
        )


def refuse_twice(event: Told, standing: Iterable[Told]) -> None:
    """Refuse the same fact twice the same day."""
    if any(one.kind == event.kind and one.happened_on == event.happened_on for one in standing):
        raise Refused(
            "twice",
            why="Ce fait est déjà noté ce jour-là pour cette demande.",
            remedy="S'il est faux, annulez-le, puis notez le bon.",
        )


def refuse_out_of_order(kind: EventKind, first: EventKind, told: Sequence[Told]) -> None:
    """Refuse that the earliest `kind` comes before the earliest `first`, when both are known."""
    day, before = first_day(told, kind), first_day(told, first)
    if day and before and day < before:
        raise Refused(
            "out-of-order",
            why=f"« {kind.label} » ({day:%d/%m/%Y}) viendrait avant « {first.label} » ({before:%d/%m/%Y}).",
            remedy="Vérifiez les deux dates. Si un premier fait manque, notez-le d'abord ; un droit ouvert sans "
            "demande se note sans dépôt ; une nouvelle période se note « droit renouvelé ».",
        )


def refuse_second_payment(event: Told, standing: Sequence[Told]) -> None:
    """Refuse another first payment, unless the right was closed between the two."""
    closed = [one.happened_on for one in standing if one.kind in CLOSING]
    for one in standing:
        first, second = sorted((one.happened_on, event.happened_on))
        if one.kind == EventKind.FIRST_PAYMENT and not any(first <= day <= second for day in closed):
            raise Refused(
                "paid-twice",
                why=f"Un premier versement est déjà noté pour cette demande, au {one.happened_on:%d/%m/%Y}.",
                remedy="S'il est faux, annulez-le, puis notez le bon. Les versements suivants ne se notent pas ; une "
                "nouvelle période se note « droit renouvelé ».",
            )


def refuse_paid_before_the_start(told: Sequence[Told]) -> None:
    """Refuse that the earliest payment comes before the first day of the right, when a grant says it."""
    paid = first_day(told, EventKind.FIRST_PAYMENT)
    start = min((start_of(one) for one in told if one.kind == EventKind.GRANTED), default=None)
    if paid and start and paid < start:
        raise Refused(
            "paid-before-the-start",
            why=f"Le premier versement ({paid:%d/%m/%Y}) viendrait avant le début du droit accordé ({start:%d/%m/%Y}).",
            remedy="Vérifiez le jour du versement, et « à partir du » sur la notification. Si le fait déjà noté est "
            "faux, annulez-le, puis notez le bon.",
        )
