"""Who comes after hears that meetings changed: encounters do not know what is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.dispatch import Signal

from allervers.encounters.models import Encounter

if TYPE_CHECKING:
    from allervers.people.models import Person

meetings_changed: Final = (
    Signal()
)  # with `people`: the keys of those whose meetings were noted, named, struck, put back


def tell_who_listens(met: Iterable[Person]) -> None:
    """Say, before the op ends, that the meetings of these persons are not what they were."""
    people: list[UUID] = [one.pk for one in met]
    if people:
        meetings_changed.send(sender=Encounter, people=people)
