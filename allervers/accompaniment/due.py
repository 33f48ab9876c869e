"""What a claim waits for next, in plain French, and until when.

Where nothing published says how long an answer takes, a landmark of two months is used and said to be one: after two
months of silence an administration is, for most claims of money, held to have refused (CRPA L231-4), and a refusal can
be contested during two months. It is a day to take news on, never a reproach.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from allervers.accompaniment.choices import EventKind, State
from allervers.people.rules import months_after

if TYPE_CHECKING:
    from allervers.accompaniment.life import Life

LANDMARK: Final = 2  # months
RENEW_AHEAD: Final = 2  # months before the end of a right
PAYMENT_AHEAD: Final = 1  # month after the first day of a right


@dataclass(frozen=True)
class Due:
    """What is waited for: until when (None when nothing says), in French, and the fact to write then (if any).

    `ends_on`: the last day of the right, where that is why.
    """

    on: date | None
    says: str
    gesture: EventKind | None
    late: bool = False
    ends_on: date | None = None


def next_due(life: Life, today: date, usual_months: int | None) -> Due | None:
    """What this claim waits for, seen on `today`; None when nothing is waited for."""
    due = what_is_due(life, usual_months)
    if due is None or due.on is None or due.on >= today:
        return due
    if due.gesture == EventKind.APPEALED:
        return None  # the time to contest has passed
    return replace(due, late=True)


def what_is_due(life: Life, usual_months: int | None) -> Due | None:
    """What is waited for, whatever the day."""
    if life.documents_on:
        return Due(life.documents_by, "Envoyer les pièces demandées", EventKind.DOCUMENTS_SENT)
    if life.code == State.WAITING and life.paid_on:
        return Due(None, "Noter la décision : l'argent est arrivé avant la lettre", EventKind.GRANTED)
    if life.code in ANSWERED_BY_OTHERS:
        return due_answer(life, usual_months)
    wanted = WANTED.get(life.code)
    return wanted(life) if wanted else None


def due_answer(life: Life, usual_months: int | None) -> Due:
    """The answer of whoever decides."""
    if life.answer_by or life.counted_from is None:
        return Due(life.answer_by, "Réponse attendue", EventKind.GRANTED)
    if life.code == State.APPEALED:
        on = months_after(life.counted_from, LANDMARK)
        return Due(on, "Réponse au recours attendue (repère de deux mois)", EventKind.GRANTED)
    if usual_months:
        on = months_after(life.counted_from, usual_months)
        return Due(on, f"Réponse attendue (délai publié : {usual_months} mois)", EventKind.GRANTED)
    on = months_after(life.counted_from, LANDMARK)
    return Due(on, "Prendre des nouvelles de la demande (repère de deux mois)", EventKind.GRANTED)


def due_preparation(life: Life) -> Due:
    return Due(None, "Préparer le dossier ensemble", EventKind.PREPARED)


def due_filing(life: Life) -> Due:
    return Due(None, "Déposer la demande", EventKind.FILED)


def due_appeal(life: Life) -> Due | None:
    """A refusal can be contested for a time, if the person wishes."""
    if life.since is None:
        return None
    on = life.answer_by or months_after(life.since, LANDMARK)
    return Due(on, "Contester le refus, si la personne le souhaite", EventKind.APPEALED)


def due_once_granted(life: Life) -> Due | None:
    """The money, or the first day of a cover."""
    if not life.money:
        return Due(life.starts_on, "Le droit commence", None)
    granted = [day for day in (life.granted_on, life.starts_on) if day]
    on = life.answer_by or months_after(max(granted), PAYMENT_AHEAD)
    return Due(on, "Vérifier que le premier versement est arrivé", EventKind.FIRST_PAYMENT)


def due_while_open(life: Life) -> Due | None:
    """The renewal, or the answer to an appeal about the amount."""
    if life.appealed_on and life.counted_from:
        on = life.answer_by or months_after(life.counted_from, LANDMARK)
        return Due(on, "Réponse au recours (repère de deux mois)", EventKind.GRANTED)
    if life.until is None:
        return None
    ahead = months_after(life.until, -RENEW_AHEAD)
    on = max(ahead, life.since + timedelta(days=1)) if life.since else ahead
    return Due(on, "Renouveler le droit", EventKind.RENEWED, ends_on=life.until)


ANSWERED_BY_OTHERS: Final = {State.FILED, State.WAITING, State.APPEALED}
WANTED: Final[dict[State, Callable[[Life], Due | None]]] = {
    State.TO_PREPARE: due_preparation,
    State.PREPARED: due_filing,
    State.GRANTED: due_once_granted,
    State.PAID: due_while_open,
    State.RENEWED: due_while_open,
    State.REFUSED: due_appeal,
}
