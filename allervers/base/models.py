"""The journal: one line per thing done or read, by whom, about what. Never updated, never deleted.

And `Record`, the shape that every other table shares.
"""

import uuid
from typing import Any, ClassVar

from django.db import models


class Record(models.Model):
    """A row with a key made anywhere (a phone can make it), checked whole before it is saved by an op."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def checked(self) -> "Record":
        """Check every constraint, then save. Raises ValidationError with French messages."""
        self.full_clean()
        self.save()
        return self


class Entry(models.Model):
    """A line of the journal. No foreign key, so that nothing blocks an erasure; codes and keys only, never words."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    what = models.CharField(max_length=60, db_index=True)
    by = models.CharField(max_length=60, db_index=True)
    about = models.CharField(max_length=120, db_index=True)
    person = models.UUIDField(null=True, blank=True, db_index=True)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    PRIVACY: ClassVar = dict.fromkeys(
        ("number", "at", "what", "by", "about", "person", "facts", "previous", "seal"),
        "preuve de ce qui a été fait et lu, par des clés et des codes seulement ; 36 mois (CRPA R114-9-7)",
    )

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"

    def __str__(self) -> str:
        return f"{self.number} {self.what} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A journal line is never updated: write another line.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A journal line is never deleted.")


class Head(models.Model):
    """How many lines the journal has and the seal of the last: shows a line cut off at the end."""

    lines = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = "tête du journal"
        verbose_name_plural = "tête du journal"

    def __str__(self) -> str:
        return f"{self.lines} lignes"
