"""What the person said and wants kept; who is around them. Removed as soon as they ask."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.ops import op
from allervers.people import access, told
from allervers.people.choices import Purpose
from allervers.people.models import CloseOne, Saying

if TYPE_CHECKING:
    from allervers.accounts.models import Agent

REMOVED = "(retiré)"


@op
def keep_saying(
    *, id: UUID | None = None, person_id: UUID, kind: str, text: str, said_at: datetime | None = None, by: Agent
) -> Saying:
    """Keep something the person said and wants kept, in their words."""
    require(by, "write_person")
    person = access.reach_person(person_id, by=by, purpose=Purpose.RECORD)
    said = {"kind": kind, "text": text.strip()}
    if known := told.already(Saying, id, {**said, "recorded_by": by}):
        return known
    saying = Saying(id=id or uuid4(), person=person, said_at=told.moment(said_at), recorded_by=by, **said)
    saying.checked()
    journal.write("people.saying_kept", by=by, about=saying, person=person.pk, kind=kind)
    return saying


@op
def remove_saying(*, saying_id: UUID, by: Agent) -> None:
    """Remove words the person no longer wants kept: the words go, the day and the sort of words stay."""
    require(by, "write_person")
    saying = Saying.objects.filter(pk=saying_id).first()
    if saying is None:
        raise access.not_visible()
    person = access.reach_person(saying.person_id, by=by, purpose=Purpose.RECORD)
    if saying.removed_at:
        return journal.nothing_changed()
    saying.removed_at, saying.text = clock.now(), REMOVED
    saying.checked()
    journal.write("people.saying_removed", by=by, about=saying, person=person.pk, kind=saying.kind)
    return None


@op
def note_close_one(*, id: UUID | None = None, person_id: UUID, who: str, link: str = "", by: Agent) -> CloseOne:
    """Note somebody the person counts on: a first name or a role only, since they were not asked."""
    require(by, "write_person")
    person = access.reach_person(person_id, by=by, purpose=Purpose.RECORD)
    said = {"who": who.strip(), "link": link.strip()}
    if known := told.already(CloseOne, id, {**said, "recorded_by": by}):
        return known
    close = CloseOne(id=id or uuid4(), person=person, recorded_at=clock.now(), recorded_by=by, **said)
    close.checked()
    journal.write("people.close_one_noted", by=by, about=close, person=person.pk)
    return close


@op
def remove_close_one(*, close_one_id: UUID, by: Agent) -> None:
    """Remove somebody from the close circle, as the person asks: what was said of them goes."""
    require(by, "write_person")
    close = CloseOne.objects.filter(pk=close_one_id).first()
    if close is None:
        raise access.not_visible()
    person = access.reach_person(close.person_id, by=by, purpose=Purpose.RECORD)
    if close.removed_at:
        return journal.nothing_changed()
    close.removed_at, close.who, close.link = clock.now(), REMOVED, ""
    close.checked()
    journal.write("people.close_one_removed", by=by, about=close, person=person.pk)
    return None
