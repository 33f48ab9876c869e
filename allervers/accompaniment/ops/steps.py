"""Steps agreed by both: who does what, for when; done, dropped, taken up again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from allervers.accompaniment.choices import Doer
from allervers.accompaniment.models import Claim, Journey, Step
from allervers.accompaniment.ops.taking import not_visible, refuse_future, same_or_conflict, take
from allervers.base import clock, journal
from allervers.base.errors import Refused
from allervers.base.ops import op

if TYPE_CHECKING:
    from allervers.accounts.models import Agent


@op
def agree_step(
    *,
    id: UUID | None = None,
    journey: Journey,
    says: str,
    who: str,
    due_on: date | None = None,
    claim: Claim | None = None,
    by: Agent,
) -> Step:
    """Write down a step that the person and the team agree on. Raises Refused, Conflict."""
    journey = take(journey, by)
    told = {
        "journey_id": journey.pk, "claim_id": claim and claim.pk, "says": says.strip(), "who": who, "due_on": due_on,
    }  # fmt: skip
    if id and (known := Step.objects.filter(pk=id).first()):
        return same_or_conflict(known, told, "Ce pas")
    _refuse_unfit(journey, claim, says=says.strip(), who=who, due_on=due_on)
    step = Step(**({"id": id} if id else {}), **told, agreed_at=clock.now(), recorded_by=by)
    step.checked()
    journal.write("accompaniment.step_agreed", by=by, about=step, person=journey.person_id, who=who, due_on=due_on)
    return step


@op
def finish_step(*, step: Step, done_on: date | None = None, by: Agent) -> Step:
    """Note that a step is done, today unless another day is given."""
    step = _take(step, by)
    day = done_on or clock.today()
    if step.done_on and done_on in (None, step.done_on):
        journal.nothing_changed()
        return step
    refuse_future(day, "Le pas")
    step.done_on, step.dropped_on = day, None
    step.checked()
    journal.write("accompaniment.step_finished", by=by, about=step, person=step.journey.person_id, done_on=day)
    return step


@op
def drop_step(*, step: Step, by: Agent) -> Step:
    """Let a step go: it no longer makes sense, or the person does not want it. That is an outcome, not a failure."""
    step = _take(step, by)
    if step.dropped_on:
        journal.nothing_changed()
        return step
    step.done_on, step.dropped_on = None, clock.today()
    step.checked()
    journal.write("accompaniment.step_dropped", by=by, about=step, person=step.journey.person_id)
    return step


@op
def reopen_step(*, step: Step, by: Agent) -> Step:
    """Take back that a step was done or dropped."""
    step = _take(step, by)
    if not step.done_on and not step.dropped_on:
        journal.nothing_changed()
        return step
    step.done_on = step.dropped_on = None
    step.checked()
    journal.write("accompaniment.step_reopened", by=by, about=step, person=step.journey.person_id)
    return step


def _take(step: Step, by: Agent) -> Step:
    fresh = Step.objects.select_related("journey").filter(pk=step.pk).first()
    if fresh is None:
        raise not_visible()
    fresh.journey = take(fresh.journey, by)
    return fresh


def _refuse_unfit(journey: Journey, claim: Claim | None, *, says: str, who: str, due_on: date | None) -> None:
    if not says:
        raise Refused(
            "empty-step", why="Ce pas ne dit rien.", remedy="Écrivez ce que vous avez convenu, en une phrase."
        )
    if who not in Doer.values:
        raise Refused(
            "nobody-does-it",
            why="Dites qui s'en charge.",
            remedy=f"Choisissez parmi : {', '.join(str(label) for label in Doer.labels)}.",
        )
    if due_on and due_on < clock.today():
        raise Refused(
            "due-in-the-past",
            why=f"Ce pas serait pour le {due_on:%d/%m/%Y}, qui est déjà passé.",
            remedy="Choisissez un jour à venir, ou laissez la date vide.",
        )
    if claim and claim.journey_id != journey.pk:
        raise Refused(
            "another-journey",
            why="Cette demande est celle d'un autre parcours.",
            remedy="Choisissez une demande de ce parcours.",
        )
