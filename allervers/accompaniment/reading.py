"""Journeys and claims as each agent may see them: those of the teams they are in, of persons who still agree.

Names come through the door (`people.access.names`); a list asks the same number of queries for one row and for fifty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from allervers.accompaniment import rules
from allervers.accompaniment.choices import Doer, EventKind, State
from allervers.accompaniment.models import Claim, Event, Journey, Step
from allervers.accompaniment.ops.taking import PURPOSE, not_visible
from allervers.accompaniment.rights import is_money, name_of, usual_months
from allervers.accounts.reading import teams_of
from allervers.accounts.rules import may, require
from allervers.base import clock
from allervers.people import access

if TYPE_CHECKING:
    from allervers.accounts.models import Agent
    from allervers.people.models import Person

Kept = TypeVar("Kept", Journey, Claim, Event, Step)


@dataclass(frozen=True)
class ClaimLine:
    """A claim, where it stands, and whose it is, ready for a list."""

    claim: Claim
    name: str
    right_name: str
    standing: rules.Standing

    @property
    def late(self) -> bool:
        return self.standing.late

    @property
    def due_on(self) -> date | None:
        return self.standing.next_due.on if self.standing.next_due else None


@dataclass(frozen=True)
class JourneyLine:
    """A journey, whose it is, and how many rights it claims, ready for a list."""

    journey: Journey
    name: str
    claims: int


@dataclass(frozen=True)
class StepLine:
    """A step not done yet, and whose it is."""

    step: Step
    name: str
    late: bool


def standing_of(claim: Claim, today: date | None = None) -> rules.Standing:
    """Where a claim stands today; ask with its events prefetched for a list."""
    return rules.state(
        claim.events.all(),
        today or clock.today(),
        money=is_money(claim.right),
        opened_on=claim.opened_at.astimezone(clock.PARIS).date(),
        usual_months=usual_months(claim.right),
    )


def journeys_of(by: Agent) -> QuerySet[Journey]:
    """The journeys of the agent's teams whose agreement still stands, ended ones included, latest first."""
    if not may(by, "lead_journey"):
        return Journey.objects.none()
    alive = access.live_agreements(clock.today()).filter(purpose=PURPOSE, pk=OuterRef("agreement")).order_by()
    return Journey.objects.filter(Exists(alive), team__in=teams_of(by).values("pk"))


def open_journey(journey_id: UUID, *, by: Agent) -> tuple[Journey, Person]:
    """A journey and its person, opened to be read: the door is passed and leaves its line. Raises Refused."""
    require(by, "lead_journey")
    journey = with_everything(journeys_of(by)).filter(pk=journey_id).first()
    if journey is None or journey.person_id is None or not access.may_open(journey.person_id, by=by, purpose=PURPOSE):
        raise not_visible()
    return journey, access.open_person(journey.person_id, by=by, purpose=PURPOSE)


def found(kind: type[Kept], key: UUID) -> Kept:
    """A journey, a claim, a fact or a step that an op will open, or not. Unknown and forbidden answer alike."""
    kept = kind._default_manager.filter(pk=key).first()
    if kept is None:
        raise not_visible()
    return kept


def with_everything(journeys: QuerySet[Journey]) -> QuerySet[Journey]:
    """Ready to be shown: events, claims, steps and lead in a fixed number of queries."""
    return journeys.select_related("lead", "team").prefetch_related(
        Prefetch("claims", Claim.objects.order_by("opened_at", "id")),
        Prefetch("claims__events", Event.objects.select_related("recorded_by", "struck_by")),
        Prefetch("steps", Step.objects.select_related("recorded_by")),
    )


def claim_lines(journey: Journey, name: str = "") -> list[ClaimLine]:
    """The claims of a journey read `with_everything`, in the order in which they were opened."""
    return [ClaimLine(claim, name, name_of(claim.right), standing_of(claim)) for claim in journey.claims.all()]


def journeys_under_way(*, by: Agent) -> QuerySet[Journey]:
    """Those of the agent's teams whose person they may name, latest first; to be paged, then given to `journey_lines`.

    Nobody is read yet: only the rows named leave their line.
    """
    known = access.known_keys(by=by, purpose=PURPOSE)
    mine = journeys_of(by).filter(Exists(known.filter(pk=OuterRef("person"))), ended_at=None)
    return mine.select_related("lead").order_by("-opened_at", "id")


@transaction.atomic
def journey_lines(journeys: Iterable[Journey], *, by: Agent) -> list[JourneyLine]:
    """Each with its name and the number of its claims, in two queries for any number of them."""
    rows = list(journeys)
    names = access.names([row.person_id for row in rows if row.person_id], by=by, purpose=PURPOSE)
    counted = Claim.objects.filter(journey__in=[row.pk for row in rows]).order_by().values_list("journey")
    claims = dict(counted.annotate(Count("pk")))
    return [JourneyLine(row, names[row.person_id], claims.get(row.pk, 0)) for row in rows if row.person_id in names]


@transaction.atomic
def claims_waiting(*, by: Agent, today: date | None = None) -> list[ClaimLine]:
    """The live claims that wait for something, soonest first; those without a day last."""
    return _named(_waiting(_live_claims(by), today or clock.today()), by)


@dataclass(frozen=True)
class Waiting:
    """What waits for a lead: the claims late, those due soon, and how many more of both are not named here."""

    late: list[ClaimLine]
    soon: list[ClaimLine]
    left_out: int


@transaction.atomic
def waiting_for_lead(*, by: Agent, within: timedelta, most: int, today: date | None = None) -> Waiting:
    """The claims of the journeys that the agent leads, late or due `within` (or without a day), `most` of each.

    Only those shown are named: the others leave no line, since nobody saw them.
    """
    day = today or clock.today()
    pairs = _waiting(_live_claims(by).filter(journey__lead=by), day)
    late = [pair for pair in pairs if pair[1].late]
    soon = [pair for pair in pairs if not pair[1].late and _is_near(pair[1], day + within)]
    lines = _named([*late[:most], *soon[:most]], by)
    left_out = len(late) + len(soon) - len(late[:most]) - len(soon[:most])
    return Waiting([line for line in lines if line.late], [line for line in lines if not line.late], left_out)


def late(*, by: Agent, today: date | None = None) -> list[ClaimLine]:
    """The claims whose expected day has passed, the longest wait first."""
    return [line for line in claims_waiting(by=by, today=today) if line.late]


def steps_to_do(*, by: Agent, today: date | None = None) -> list[StepLine]:
    """The agreed steps not done nor dropped, of journeys under way, soonest first."""
    return _steps_named(_steps_left(by), by, today or clock.today())


def steps_for_lead(*, by: Agent, within: timedelta, most: int, today: date | None = None) -> list[StepLine]:
    """Those that the agent, as lead, does alone or with the person, `within` that time or without a day.

    A step of the person's own is theirs: nobody is reminded of it here.
    """
    day = today or clock.today()
    mine = _steps_left(by).filter(journey__lead=by).exclude(who=Doer.PERSON)
    near = mine.filter(Q(due_on=None) | Q(due_on__lte=day + within))
    return _steps_named(near.order_by(F("due_on").asc(nulls_last=True), "agreed_at", "id")[:most], by, day)


def gestures_for(standing: rules.Standing, *, money: bool) -> list[EventKind]:
    """The facts one may want to note from where the claim stands, the likeliest first."""
    return [kind for kind in NEXT[standing.code] if money or kind != EventKind.FIRST_PAYMENT]


def _live_claims(by: Agent) -> QuerySet[Claim]:
    """With what says where they stand and whose they are, and no more: there may be hundreds of them."""
    under_way = journeys_of(by).filter(ended_at=None)
    claims = Claim.objects.filter(journey__in=under_way.values("pk")).select_related("journey")
    facts = Event.objects.order_by().only("claim", *rules.READ)
    ready = claims.only("right", "opened_at", "journey__person").prefetch_related(Prefetch("events", facts))
    return ready.order_by("opened_at", "id")


def _waiting(claims: QuerySet[Claim], day: date) -> list[tuple[Claim, rules.Standing]]:
    """Those that wait for something on `day`, soonest first; those without a day last."""
    pairs = [(claim, standing_of(claim, day)) for claim in claims]
    waiting = [(claim, standing) for claim, standing in pairs if standing.is_live and standing.next_due]
    return sorted(waiting, key=lambda pair: (_due_on(pair[1]) is None, _due_on(pair[1]) or day, str(pair[0].pk)))


def _due_on(standing: rules.Standing) -> date | None:
    return standing.next_due.on if standing.next_due else None


def _is_near(standing: rules.Standing, last: date) -> bool:
    due = _due_on(standing)
    return due is None or due <= last


def _named(pairs: Iterable[tuple[Claim, rules.Standing]], by: Agent) -> list[ClaimLine]:
    """With the names, for those whom the agent may see."""
    asked = list(pairs)
    names = access.names([_person_of(claim) for claim, _ in asked], by=by, purpose=PURPOSE)
    return [
        ClaimLine(claim, names[_person_of(claim)], name_of(claim.right), standing)
        for claim, standing in asked
        if _person_of(claim) in names
    ]


def _steps_left(by: Agent) -> QuerySet[Step]:
    under_way = journeys_of(by).filter(ended_at=None)
    left = Step.objects.filter(journey__in=under_way.values("pk"), done_on=None, dropped_on=None)
    return left.select_related("journey", "claim").order_by("due_on", "agreed_at", "id")


@transaction.atomic
def _steps_named(steps: Iterable[Step], by: Agent, day: date) -> list[StepLine]:
    asked = list(steps)
    names = access.names([s.journey.person_id for s in asked if s.journey.person_id], by=by, purpose=PURPOSE)
    lines = [
        StepLine(step, names[step.journey.person_id], late=bool(step.due_on and step.due_on < day))
        for step in asked
        if step.journey.person_id in names
    ]
    return sorted(lines, key=lambda line: (line.step.due_on is None, line.step.due_on or day))


def _person_of(claim: Claim) -> UUID:
    assert claim.journey.person_id is not None  # the claims of nobody have no agreement, hence are not read here
    return claim.journey.person_id


K = EventKind
NEXT: dict[State, list[EventKind]] = {
    State.TO_PREPARE: [K.PREPARED, K.FILED, K.GRANTED, K.SET_ASIDE],
    State.PREPARED: [K.FILED, K.GRANTED, K.SET_ASIDE],
    State.FILED: [K.RECEIPT, K.DOCUMENTS_ASKED, K.GRANTED, K.REFUSED, K.FIRST_PAYMENT, K.SET_ASIDE],
    State.WAITING: [K.GRANTED, K.DOCUMENTS_ASKED, K.REFUSED, K.FIRST_PAYMENT, K.SET_ASIDE],
    State.DOCUMENTS_ASKED: [K.DOCUMENTS_SENT, K.GRANTED, K.REFUSED, K.SET_ASIDE],
    State.GRANTED: [K.FIRST_PAYMENT, K.APPEALED, K.STOPPED],
    State.PAID: [K.RENEWED, K.DOCUMENTS_ASKED, K.STOPPED, K.APPEALED],
    State.RENEWED: [K.RENEWED, K.DOCUMENTS_ASKED, K.STOPPED, K.APPEALED],
    State.REFUSED: [K.APPEALED, K.FILED, K.SET_ASIDE],
    State.APPEALED: [K.GRANTED, K.REFUSED, K.DOCUMENTS_ASKED],
    State.ENDED: [K.RENEWED, K.FILED, K.APPEALED],
    State.SET_ASIDE: [K.PREPARED, K.FILED],
}
