"""The demonstration many times over, to measure with: rows copied in bulk, which no op would do.

The first time is lived through the ops; the others are copies of its rows with their own keys, shifted back quarter by
quarter over three years, so that the present stays the size of a real team's. Copies leave no line in the journal and
their names carry a number. For `make bench` only: nothing in the application reads or writes this way.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction

from allervers.base.models import Entry
from allervers.demonstration.loading import Told
from allervers.people.keys import name_key

QUARTERS = 12
QUARTER = timedelta(weeks=13)
BATCH = 2000
COPIED = (  # in the order in which rows point at each other
    "outreach.Outing", "people.Person", "people.Agreement", "people.Fact", "people.Refusal", "people.Saying",
    "people.CloseOne", "encounters.Encounter", "encounters.Assessment", "encounters.RightFound",
    "accompaniment.Journey", "accompaniment.Claim", "accompaniment.Event", "accompaniment.Step",
)  # fmt: skip
LINKS = (("outreach.Outing", "agents"), ("outreach.Outing", "partners"), ("encounters.Encounter", "people"))
NAMESPACE = uuid.UUID("6f1c6f0e-9b3e-5a57-9d0b-7a1a5c1f3a31")


def multiply(times: int, *, seed: int = 0, tell: Told = lambda what, done, of: None) -> None:
    """Add `times` - 1 copies of everything that happened. Keys depend on the seed and the copy only."""
    first = {label: list(apps.get_model(label).objects.order_by("pk")) for label in COPIED}
    links = {(label, name): list(through(label, name).objects.order_by("pk").values()) for label, name in LINKS}
    for copy in range(1, times):
        with transaction.atomic():
            Copy(first, copy, seed).write(links)
        tell("Recopié en bloc", copy, times - 1)


def is_multiplied() -> bool:
    """Whether there is more here than the journal tells: copies have been added."""
    told = Entry.objects.filter(what="encounters.recorded").count()
    return apps.get_model("encounters.Encounter").objects.count() > told


def through(label: str, name: str) -> Any:
    """The table that joins two others."""
    return getattr(apps.get_model(label), name).through


class Copy:
    """One copy: a key for each key, a shift for each date."""

    def __init__(self, first: dict[str, list[models.Model]], number: int, seed: int) -> None:
        self.first, self.number = first, number
        self.back = number % QUARTERS
        self.shift = QUARTER * self.back
        space = uuid.uuid5(NAMESPACE, f"{seed}:{number}")
        self.keys = {row.pk: uuid.uuid5(space, str(row.pk)) for rows in first.values() for row in rows}

    def write(self, links: dict[tuple[str, str], list[dict[str, Any]]]) -> None:
        for label, rows in self.first.items():
            model = apps.get_model(label)
            model.objects.bulk_create((model(**self.values_of(row)) for row in rows), batch_size=BATCH)
        for (label, name), pairs in links.items():
            joined = through(label, name)
            joined.objects.bulk_create(self.links_of(joined, pairs), batch_size=BATCH)

    def values_of(self, row: models.Model) -> dict[str, Any]:
        """The row's values, keys and dates changed; journeys of past quarters are over."""
        values = {
            field.attname: self.changed(field, getattr(row, field.attname)) for field in row._meta.concrete_fields
        }
        label = row._meta.label
        if label == "people.Person" and values["name"]:
            values["name"] = f"{values['name']} {self.number}"
            values["search_key"] = name_key(values["name"])
        if label == "accompaniment.Journey" and self.back and not values["ended_at"]:
            values |= {
                "ended_at": values["opened_at"] + QUARTER,
                "ended_by_id": values["lead_id"],
                "ending": "on_their_own",
            }
        return values

    def changed(self, field: models.Field, value: Any) -> Any:
        if isinstance(value, uuid.UUID):
            return self.keys.get(value, value)
        if isinstance(value, datetime | date) and field.name != "born":
            return value - self.shift
        return value

    def links_of(self, joined: Any, rows: list[dict[str, Any]]) -> Iterator[models.Model]:
        for row in rows:
            yield joined(**{name: self.keys.get(value, value) for name, value in row.items() if name != "id"})
