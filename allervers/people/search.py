"""Find somebody among those the agent may see, however the name or the phone is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet

from allervers.base import journal
from allervers.people import access
from allervers.people.choices import Purpose
from allervers.people.keys import phone_part, words_of
from allervers.people.models import Person

if TYPE_CHECKING:
    from allervers.accounts.models import Agent


@transaction.atomic
def find(text: str, *, by: Agent, purpose: str = Purpose.RECORD) -> QuerySet[Person]:
    """Those whose name has every word of `text`, begun or whole, in any order, and whose phone has its digits.

    Accents, case and the way a phone is written do not matter; an empty text finds everyone. Ready to be paged.
    What was typed is kept nowhere.
    """
    found = access.among_visible(_written(text), by=by, purpose=purpose)
    journal.write("people.searched", by=by, about=by, purpose=purpose)
    return found


def _written(text: str) -> QuerySet[Person]:
    """Every record, reunited ones included, that the text may speak of. Never leaves this package unguarded."""
    phone, name = phone_part(text)
    words = Q()
    for word in words_of(name):
        words &= Q(search_key__contains=word)
    if not phone:
        return Person.objects.filter(words)
    typed = Q()
    for word in words_of(text):
        typed &= Q(search_key__contains=word)
    return Person.objects.filter((words & Q(phone_key__contains=phone)) | typed)
