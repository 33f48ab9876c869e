"""The records that figures are computed from: each as rows with a day, a place, perhaps an outing, a right, a person.

A figure and the facts behind it come from the same rows, so they cannot disagree. Struck records are never rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import (
    Case,
    Count,
    DecimalField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, Least, TruncDate

from allervers.accompaniment.choices import EventKind
from allervers.accompaniment.models import Event
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
    """Rows, and the paths to what they are told by. `areas`: the first one known; `is_moment`: the day is a moment."""

    rows: Callable[[], Rows]
    day: str
    areas: tuple[str, ...]
    is_moment: bool = True
    outing: str | None = None
    team: str | None = None
    right: str | None = None
    person: str | None = None

    @property
    def commune(self) -> Coalesce:
        """The commune of a row, an IRIS counted in its commune; NULL when nobody knows."""
        steps = [path for area in self.areas for path in (f"{area}__commune", area)]
        return Coalesce(*steps)


def outings() -> Rows:
    """Outings that took place."""
    return Outing.objects.filter(started_at__isnull=False, cancelled_at=None)


def encounters() -> Rows:
    """Encounters that stand, with how many `known` persons are in each."""
    pairs = Encounter.people.through.objects.filter(encounter=OuterRef("pk"))
    return Encounter.objects.filter(struck_at=None).annotate(known=how_many(pairs, "encounter"))


def known() -> Rows:
    """Each known person in each encounter that stands; reunited records are one `whole` person."""
    pairs: Rows = Encounter.people.through.objects.filter(encounter__struck_at=None)
    named: Rows = pairs.annotate(whole=Coalesce(counting.record_kept(), "person", output_field=UUIDField()))
    return named


def assessments() -> Rows:
    """Computations of rights, unless made in an encounter struck since; with the rights each found first."""
    first = RightFound.objects.filter(assessment=OuterRef("pk"), again=False).order_by()
    return Assessment.objects.exclude(encounter__in=struck()).annotate(
        sure=how_many(first.filter(certainty__in=SURE), "assessment"),
        unsure=how_many(first.exclude(certainty__in=SURE), "assessment"),
    )


def found() -> Rows:
    """Rights found for the first time for a person, each time without one, unless in an encounter struck since."""
    return RightFound.objects.filter(again=False).exclude(assessment__encounter__in=struck())


def how_many(rows: Rows, by: str) -> Coalesce:
    """How many of these rows belong to the row outside, by their link to it."""
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


def struck() -> Rows:
    """The encounters struck: few, and indexed apart."""
    return Encounter.objects.order_by().filter(struck_at__isnull=False).values("pk")


def asked() -> Rows:
    """Of each claim the first filing or receipt, on its day `asked_on`; with the day of the first meeting."""
    kinds = (EventKind.FILED, EventKind.RECEIPT)
    rows = standing(*kinds).exclude(earlier(*kinds))
    return since_the_first_meeting(rows.annotate(asked_on=F("happened_on")))


def granted() -> Rows:
    """Of each claim the first grant, on its day `granted_on`; and the day `asked_on` of its first filing."""
    rows = standing(EventKind.GRANTED).exclude(earlier(EventKind.GRANTED))
    return rows.annotate(granted_on=F("happened_on"), asked_on=first_day(EventKind.FILED, EventKind.RECEIPT))


def opened() -> Rows:
    """Of each right opened, what opened it, on the day `opened_on`, with its `worth`: `rules.first_opening`.

    `granted_on` and `paid_on` are the days of its first grant and of its first payment, which a cover never has.
    """
    is_cover = Q(claim__right__in=not_money())
    rows = standing(EventKind.GRANTED, EventKind.FIRST_PAYMENT).annotate(begun_on=BEGUN)
    opening = rows.filter((is_cover & covering()) | (~is_cover & (granting_the_paid() | paying_the_granted())))
    dated = opening.annotate(
        opened_on=Case(When(is_cover, then="begun_on"), default="happened_on"),
        granted_on=first_day(EventKind.GRANTED),
        paid_on=first_day(EventKind.FIRST_PAYMENT),
        worth=opening_amount(),
    )
    return since_the_first_meeting(dated.filter(opened_on__lte=clock.today()))


def covering() -> Q:
    """The grant that began first."""
    return Q(kind=EventKind.GRANTED) & ~Q(earlier(EventKind.GRANTED, day="begun_on"))


def granting_the_paid() -> Q:
    """The first grant, when money had come by then."""
    paid = of_claim(EventKind.FIRST_PAYMENT).filter(happened_on__lte=OuterRef("happened_on"))
    return Q(kind=EventKind.GRANTED) & ~Q(earlier(EventKind.GRANTED)) & Q(Exists(paid))


def paying_the_granted() -> Q:
    """The first payment, when the grant came on a day before; the same day, the grant opens the right."""
    decided = of_claim(EventKind.GRANTED).filter(happened_on__lt=OuterRef("happened_on"))
    return Q(kind=EventKind.FIRST_PAYMENT) & ~Q(earlier(EventKind.FIRST_PAYMENT)) & Q(Exists(decided))


def set_aside() -> Rows:
    """Of each claim the first time the person left it aside, unless they also said no to the right itself."""
    declined, whose = (
        counting.rights_declined().filter(right=OuterRef("claim__right")),
        OuterRef("claim__journey__person"),
    )
    left = standing(EventKind.SET_ASIDE).exclude(earlier(EventKind.SET_ASIDE))
    said, said_elsewhere = declined.filter(person=whose), declined.filter(person__merged_into=whose)
    return left.exclude(Exists(said)).exclude(Exists(said_elsewhere))


def renewed() -> Rows:
    """Renewals obtained, with their `worth`: their amount, or the one the right opened with."""
    worth = Coalesce("amount", opening_amount(), output_field=AMOUNT)
    return standing(EventKind.RENEWED).annotate(worth=worth)


def decisions() -> Rows:
    """What administrations answered and what was contested."""
    return standing(EventKind.REFUSED, EventKind.APPEALED)


# ---------------------------------------------------------------- facts of a claim

BEGUN: Final = Greatest("happened_on", Coalesce("starts_on", "happened_on"))  # a grant given, and begun


def standing(*kinds: EventKind) -> QuerySet[Event]:
    """The facts of these kinds that stand."""
    return Event.objects.filter(kind__in=kinds, struck_at=None).order_by()


def of_claim(*kinds: EventKind) -> QuerySet[Event]:
    """Those of the claim of the fact outside."""
    return standing(*kinds).filter(claim=OuterRef("claim"))


def earlier(*kinds: EventKind, day: str = "happened_on") -> Exists:
    """Whether another of these came before the fact outside; of two on one day, one only is first."""
    before = Q(**{f"{day}__lt": OuterRef(day)}) | Q(**{day: OuterRef(day), "pk__lt": OuterRef("pk")})
    return Exists(of_claim(*kinds).annotate(begun_on=BEGUN).filter(before))


def since_the_first_meeting(events: Rows) -> Rows:
    """Facts with `first_met_on`: the first meeting of the team with the person, even written after the claim.

    What the claim keeps counts too: it is all that stays once the person's name is taken off the meetings.
    """
    whose = Q(people=OuterRef("whose")) | Q(people__merged_into=OuterRef("whose"))
    met = Encounter.objects.filter(whose, struck_at=None, team=OuterRef("claim__journey__team"))
    seen = Subquery(met.order_by("happened_at").values(day=TruncDate("happened_at", tzinfo=clock.PARIS))[:1])
    found: Rows = events.annotate(
        whose=Coalesce("claim__journey__person__merged_into", "claim__journey__person"),
        first_met_on=Coalesce(Least("claim__met_on", seen), "claim__met_on", seen),
    )
    return found


def first_day(*kinds: EventKind) -> Subquery:
    """The first day on which one of these happened to the claim."""
    return Subquery(of_claim(*kinds).values("claim").annotate(day=Min("happened_on")).values("day"))


def opening_amount() -> Combinable:
    """The amount first granted, or else first seen paid; € a month. NULL when none was written."""
    of_grant, of_payment = (
        Subquery(
            of_claim(kind).exclude(amount=None).order_by("happened_on", "amount").values("amount")[:1],
            output_field=AMOUNT,
        )
        for kind in (EventKind.GRANTED, EventKind.FIRST_PAYMENT)
    )
    return Coalesce(of_grant, of_payment, output_field=AMOUNT)


def of_claims(rows: Callable[[], Rows], day: str = "happened_on") -> Source:
    """A source of facts of claims, on their `day`."""
    journey = "claim__journey"
    return Source(
        rows, day, ("claim__area",), False, "claim__outing", f"{journey}__team", "claim__right", f"{journey}__person"
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
    "asked": of_claims(asked),
    "granted": of_claims(granted),
    "opened": of_claims(opened, "opened_on"),
    "set_aside": of_claims(set_aside),
    "renewed": of_claims(renewed),
    "decisions": of_claims(decisions),
    "declined": Source(counting.rights_declined, "said_at", ("person__area",), right="right", person="person"),
}
