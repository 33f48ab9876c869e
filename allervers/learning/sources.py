"""The records that figures are computed from: each as rows with a day, a place, perhaps an outing, a right, a person.

A figure and the facts behind it come from the same rows, so they cannot disagree. Struck records are never rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    DateField,
    DecimalField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest

from allervers.accompaniment.choices import EventKind
from allervers.accompaniment.models import Claim, Event
from allervers.accompaniment.rights import not_money
from allervers.base import clock
from allervers.encounters.models import Assessment, Encounter, RightFound
from allervers.outreach.models import Outing
from allervers.people import counting

Rows = QuerySet[Any]
SURE: Final = ("certain", "likely")
AMOUNT: Final = DecimalField(max_digits=12, decimal_places=2)


@dataclass(frozen=True)
class Source:
    """Rows, and the paths to what they are told by. `areas`: the first one known; `is_moment`: the day is a moment.

    `facts`: the kinds of fact that set the day of a claim, so that claims without one in the period are not looked at.
    """

    rows: Callable[[], Rows]
    day: str
    areas: tuple[str, ...]
    is_moment: bool = True
    outing: str | None = None
    team: str | None = None
    right: str | None = None
    person: str | None = None
    facts: tuple[EventKind, ...] = ()

    def near(self, since: date, until: date) -> Rows:
        """The rows, without those that cannot fall between two days."""
        if not self.facts:
            return self.rows()
        there = Q(happened_on__range=(since, until)) | Q(starts_on__range=(since, until))
        told = Event.objects.filter(there, kind__in=self.facts, struck_at=None)
        return self.rows().filter(pk__in=told.order_by().values("claim"))

    @property
    def commune(self) -> Coalesce:
        """The commune of a row, an IRIS counted in its commune; NULL when nobody knows."""
        steps = [path for area in self.areas for path in (f"{area}__commune", area)]
        return Coalesce(*steps)


def outings() -> Rows:
    """Outings that took place."""
    return Outing.objects.filter(started_at__isnull=False, cancelled_at=None)


def encounters() -> Rows:
    """Encounters that stand."""
    return Encounter.objects.filter(struck_at=None)


def known() -> Rows:
    """Each known person in each encounter that stands; reunited records are one `whole` person."""
    pairs: Rows = Encounter.people.through.objects.filter(encounter__struck_at=None)
    named: Rows = pairs.annotate(whole=Coalesce("person__merged_into", "person"))
    return named


def assessments() -> Rows:
    """Computations of rights, unless made in an encounter struck since."""
    return Assessment.objects.filter(encounter__struck_at=None)


def found() -> Rows:
    """Rights found for the first time for a person, each time without one, unless in an encounter struck since."""
    return RightFound.objects.filter(again=False, assessment__encounter__struck_at=None)


def asked() -> Rows:
    """Claims filed, on the day `asked_on` of the first filing or receipt."""
    return Claim.objects.annotate(asked_on=first_day(EventKind.FILED, EventKind.RECEIPT)).exclude(asked_on=None)


def granted() -> Rows:
    """Claims granted, on the day `granted_on` of the first grant."""
    dated: Rows = asked_or_not().exclude(granted_on=None)
    return dated


def asked_or_not() -> Rows:
    """Every claim, with the days of its first filing and of its first grant."""
    return Claim.objects.annotate(
        asked_on=first_day(EventKind.FILED, EventKind.RECEIPT), granted_on=first_day(EventKind.GRANTED)
    )


def opened() -> Rows:
    """Claims whose right opened, on the day `opened_on`, with the `amount` it opened with: `rules.first_opening`."""
    dated = asked_or_not().annotate(paid_on=first_day(EventKind.FIRST_PAYMENT), begun_on=first_beginning())
    both = Q(granted_on__isnull=False, paid_on__isnull=False)
    opening = Case(
        When(right__in=not_money(), then=F("begun_on")),
        When(both, then=Greatest("granted_on", "paid_on")),
        output_field=DateField(),
    )
    come: Rows = dated.annotate(opened_on=opening, amount=opening_amount("pk")).filter(opened_on__lte=clock.today())
    return come


def set_aside() -> Rows:
    """Claims the person left aside, on the first day they did, unless they also said no to the right itself."""
    declined = counting.rights_declined().filter(right=OuterRef("right"))
    whose = Q(person=OuterRef("journey__person")) | Q(person__merged_into=OuterRef("journey__person"))
    left = Claim.objects.annotate(left_on=first_day(EventKind.SET_ASIDE)).exclude(left_on=None)
    return left.exclude(Exists(declined.filter(whose)))


def renewed() -> Rows:
    """Renewals obtained, with their `worth`: their amount, or the one the right opened with."""
    renewals = Event.objects.filter(kind=EventKind.RENEWED, struck_at=None)
    return renewals.annotate(worth=Coalesce("amount", opening_amount("claim"), output_field=AMOUNT))


def decisions() -> Rows:
    """What administrations answered and what was contested."""
    return Event.objects.filter(kind__in=[EventKind.REFUSED, EventKind.APPEALED], struck_at=None)


# ---------------------------------------------------------------- days and amounts of a claim


def told(*kinds: EventKind, claim: str = "pk") -> QuerySet[Event]:
    """The facts of these kinds that stand, of the claim of the row outside."""
    return Event.objects.filter(claim=OuterRef(claim), kind__in=kinds, struck_at=None).order_by()


def first_day(*kinds: EventKind) -> Subquery:
    """The first day on which one of these happened to the claim."""
    return Subquery(told(*kinds).values("claim").annotate(day=Min("happened_on")).values("day"))


def first_beginning() -> Subquery:
    """The first day on which a grant had been given and had begun."""
    begun = Greatest("happened_on", Coalesce("starts_on", "happened_on"))
    return Subquery(told(EventKind.GRANTED).values("claim").annotate(day=Min(begun)).values("day"))


def opening_amount(claim: str) -> Combinable:
    """The amount first granted, or else first seen paid; € a month. NULL when none was written."""
    of_grant, of_payment = (
        Subquery(
            told(kind, claim=claim).exclude(amount=None).order_by("happened_on", "amount").values("amount")[:1],
            output_field=AMOUNT,
        )
        for kind in (EventKind.GRANTED, EventKind.FIRST_PAYMENT)
    )
    return Coalesce(of_grant, of_payment, output_field=AMOUNT)


def of_claims(rows: Callable[[], Rows], day: str, *facts: EventKind) -> Source:
    """A source of claims, whose `day` is set by these facts."""
    return Source(rows, day, ("area",), False, "outing", "journey__team", "right", "journey__person", facts)


def of_events(rows: Callable[[], Rows]) -> Source:
    there = "claim__journey"
    return Source(
        rows,
        "happened_on",
        ("claim__area",),
        False,
        "claim__outing",
        f"{there}__team",
        "claim__right",
        f"{there}__person",
    )


SOURCES: Final[dict[str, Source]] = {
    "outings": Source(outings, "starts_at", ("area",), outing="pk", team="team"),
    "encounters": Source(encounters, "happened_at", ("area",), outing="outing", team="team"),
    "known": Source(
        known,
        "encounter__happened_at",
        ("encounter__area",),
        outing="encounter__outing",
        team="encounter__team",
        person="whole",
    ),
    "assessments": Source(
        assessments,
        "worked_out_at",
        ("encounter__area", "person__area"),
        outing="encounter__outing",
        team="team",
        person="person",
    ),
    "found": Source(
        found,
        "assessment__worked_out_at",
        ("assessment__encounter__area", "assessment__person__area"),
        outing="assessment__encounter__outing",
        team="assessment__team",
        right="right",
        person="assessment__person",
    ),
    "asked": of_claims(asked, "asked_on", EventKind.FILED, EventKind.RECEIPT),
    "granted": of_claims(granted, "granted_on", EventKind.GRANTED),
    "opened": of_claims(opened, "opened_on", EventKind.GRANTED, EventKind.FIRST_PAYMENT),
    "set_aside": of_claims(set_aside, "left_on", EventKind.SET_ASIDE),
    "renewed": of_events(renewed),
    "decisions": of_events(decisions),
    "declined": Source(counting.rights_declined, "said_at", ("person__area",), right="right", person="person"),
}
