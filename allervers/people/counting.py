"""What may be counted about persons without opening anyone: rows without a name, a word or a phone."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from allervers.people.choices import RefusalKind
from allervers.people.models import Person, Refusal


def rights_declined() -> QuerySet[Refusal]:
    """The rights that persons said they do not want, and have not come back on; to be counted, never listed by name."""
    standing = Refusal.objects.filter(kind=RefusalKind.NOT_THIS_RIGHT, lifted_at=None)
    return standing.only("pk", "right", "said_at", "person_id")


def record_kept(person: str = "person") -> Subquery:
    """The record that the `person` of the row outside was reunited with; NULL for one never reunited."""
    return Subquery(Person.objects.filter(pk=OuterRef(person), merged_into__isnull=False).values("merged_into"))
