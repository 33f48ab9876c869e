"""Journeys, claims and their facts, made by the ops."""

from datetime import date, timedelta
from typing import Any

import factory

from allervers.accompaniment import ops
from allervers.accompaniment.models import Claim, Event, Journey
from allervers.base import clock
from tests.factories.people import PersonFactory, signed


class JourneyFactory(factory.Factory):
    """A journey led by `by`, with a person who agreed to it; give `person` (and `team`) for a known one."""

    class Meta:
        model = Journey

    what_matters = ""

    @classmethod
    def _create(cls, model_class: type[Journey], *args: Any, **kwargs: Any) -> Journey:
        by, team = signed(kwargs.pop("by", None), kwargs.pop("team", None))
        person = kwargs.pop("person", None) or PersonFactory(by=by, team=team, purposes=["rights", "journey"])
        told = {"lead": by, "lead_chosen_by_person_on": clock.today(), **kwargs}
        return ops.open_journey(person_id=person.pk, team=team, by=by, **told)


class ClaimFactory(factory.Factory):
    """A claim of the RSA; its journey's lead signs unless `by` is given."""

    class Meta:
        model = Claim

    right = "rsa"

    @classmethod
    def _create(cls, model_class: type[Claim], *args: Any, **kwargs: Any) -> Claim:
        by = kwargs.pop("by", None)
        journey = kwargs.pop("journey", None) or JourneyFactory(by=by)
        return ops.open_claim(journey=journey, by=by or journey.lead, **kwargs)


def note(claim: Claim, kind: str, happened_on: date | None = None, **more: Any) -> Event:
    """A fact of the claim, today unless a day is given; a grant starts the same day unless told."""
    day = happened_on or clock.today()
    if kind in ("granted", "renewed"):
        more.setdefault("starts_on", day)
    return ops.record_event(claim=claim, kind=kind, happened_on=day, by=more.pop("by", claim.journey.lead), **more)


def open_right(claim: Claim, *, amount: Any = 300) -> Claim:
    """Live the claim to its end: filed, granted, first payment seen, over the last days."""
    today = clock.today()
    note(claim, "filed", today - timedelta(days=20))
    note(claim, "granted", today - timedelta(days=6), amount=amount)
    note(claim, "first_payment", today)
    return claim
