"""The one rule of refusals, asked for many persons at once: four queries however many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from allervers.base import clock
from allervers.people import rules
from allervers.people.choices import Channel
from allervers.people.models import Person, Refusal


@dataclass(frozen=True)
class Approached:
    """A person, the records reunited with theirs, and every refusal that stands on any of them."""

    person: Person
    records: list[Person]
    refusals: list[Refusal]

    @property
    def keys(self) -> set[UUID]:
        return {one.pk for one in self.records}

    def by(self, channel: str, right: str | None, *, agreed: bool) -> rules.Approach:
        """Whether the team may go towards the person this way today; if not, why."""
        return rules.may_approach(
            self.refusals,
            channel=channel,
            right=right,
            today=clock.today(),
            wishes=wishes_of(self.records),
            agreed=agreed,
        )

    def knows(self, channel: Channel) -> bool:
        """Whether the person said yes to this way, and it exists."""
        number = any(one.phone for one in self.records)
        return rules.is_known(channel, wishes=wishes_of(self.records), has_number=number)


def approached(people: QuerySet[Person]) -> list[Approached]:
    """These persons, in their order, with all that may stand against going towards them."""
    keys = people.order_by().values("pk")
    records: dict[UUID | None, list[Person]] = defaultdict(list)
    for other in Person.objects.filter(merged_into__in=keys):
        records[other.merged_into_id].append(other)
    refusals: dict[UUID, list[Refusal]] = defaultdict(list)
    for whose in (Q(person__in=keys), Q(person__merged_into__in=keys)):
        for no in Refusal.objects.filter(whose, lifted_at=None):
            refusals[no.person_id].append(no)
    return [_gathered(one, records[one.pk], refusals) for one in people]


def _gathered(person: Person, others: list[Person], refusals: dict[UUID, list[Refusal]]) -> Approached:
    records = [person, *others]
    return Approached(person, records, [no for one in records for no in refusals.get(one.pk, ())])


def wishes_of(records: Iterable[Person]) -> rules.Wishes:
    """What the person said of each way, over the records reunited: a no said once stands."""
    written = list(records)

    def said(field: str) -> bool | None:
        heard = {getattr(one, field) for one in written}
        return False if False in heard else True if True in heard else None

    return rules.Wishes(said("may_call"), said("may_text"), said("may_write"), said("may_visit"))
