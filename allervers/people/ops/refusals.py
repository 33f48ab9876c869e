"""A no, noted in the person's words, and lifted when they say so."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.errors import Refused
from allervers.base.ops import op
from allervers.people import access, told
from allervers.people.choices import Purpose, RefusalKind
from allervers.people.models import Refusal
from allervers.rights.catalogue import ORDER

if TYPE_CHECKING:
    from allervers.accounts.models import Agent


@op
def record_refusal(
    *,
    id: UUID | None = None,
    person_id: UUID,
    kind: str,
    right: str = "",
    channel: str = "",
    own_words: str = "",
    form: str = "",
    may_come_back: bool | None = None,
    come_back_on: date | None = None,
    come_back_how: str = "",
    said_at: datetime | None = None,
    by: Agent,
) -> Refusal:
    """Note a no: for now, for a right, for a way of being reached, or for good. It costs the person nothing else."""
    require(by, "write_person")
    person = access.reach_person(person_id, by=by, purpose=Purpose.RECORD)
    said = {
        "kind": kind,
        "right": right,
        "channel": channel,
        "own_words": own_words.strip(),
        "form": form,
        "may_come_back": may_come_back,
        "come_back_on": come_back_on,
        "come_back_how": come_back_how.strip(),
    }
    if known := told.already(Refusal, id, {**said, "recorded_by": by}):
        return known
    _refuse_what_contradicts_itself(kind, may_come_back, come_back_on)
    _refuse_a_right_unknown(right)
    no = Refusal(id=id or uuid4(), person=person, said_at=told.moment(said_at), recorded_by=by, **said)
    no.checked()
    journal.write(
        "people.refusal_recorded",
        by=by,
        about=no,
        person=person.pk,
        kind=kind,
        right=right,
        channel=channel,
        form=form,
        come_back_on=come_back_on,
    )
    return no


@op
def lift_refusal(*, refusal_id: UUID, by: Agent) -> Refusal:
    """Lift a refusal because the person says so; it stays written that they once said it."""
    require(by, "write_person")
    no = Refusal.objects.filter(pk=refusal_id).first()
    if no is None:
        raise access.not_visible()
    person = access.reach_person(no.person_id, by=by, purpose=Purpose.RECORD)
    if no.lifted_at:
        journal.nothing_changed()
        return no
    no.lifted_at, no.lifted_by = clock.now(), by
    no.checked()
    journal.write("people.refusal_lifted", by=by, about=no, person=person.pk, kind=no.kind)
    return no


def _refuse_what_contradicts_itself(kind: str, may_come_back: bool | None, come_back_on: date | None) -> None:
    if kind == RefusalKind.NO_MORE and (may_come_back or come_back_on):
        raise Refused(
            "no-more-has-no-return",
            why="« Plus du tout » ne va pas avec une date ou une façon de revenir.",
            remedy="Si la personne accepte qu'on revienne, choisissez « pas maintenant ».",
        )
    if may_come_back is False and come_back_on:
        raise Refused(
            "no-return-has-no-day",
            why="La personne ne veut pas qu'on revienne : il n'y a pas de date de retour.",
            remedy="Effacez la date, ou notez que l'on peut en reparler.",
        )
    if come_back_on and come_back_on <= clock.today():
        raise Refused(
            "comes-back-too-soon",
            why="La date à laquelle on peut revenir est déjà passée.",
            remedy="Choisissez un jour à venir avec la personne.",
        )


def _refuse_a_right_unknown(right: str) -> None:
    if right and right not in ORDER:
        raise Refused(
            "no-such-right",
            why="Ce droit n'est pas dans le catalogue.",
            remedy="Choisissez-le dans la liste des droits.",
        )
