"""What may be counted about persons without opening anyone: rows without a name, a word or a phone."""

from __future__ import annotations

from django.db.models import QuerySet

from allervers.people.choices import RefusalKind
from allervers.people.models import Refusal


def rights_declined() -> QuerySet[Refusal]:
    """The rights that persons said they do not want, and have not come back on; to be counted, never listed by name."""
    standing = Refusal.objects.filter(kind=RefusalKind.NOT_THIS_RIGHT, lifted_at=None)
    return standing.only("pk", "right", "said_at", "person_id")
