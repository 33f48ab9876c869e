"""What becomes of claims: each story is some facts and the days between. Cut at today, they stand at every stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from allervers.accompaniment import ops
from allervers.accompaniment.models import Claim, Journey
from allervers.accompaniment.rights import is_money
from allervers.base import clock
from allervers.demonstration import words
from allervers.demonstration.meetings import Known
from allervers.demonstration.timeline import Timeline, later
from allervers.people import access, reading
from allervers.people import ops as people

Fact = tuple[int, str]  # days after the one before, kind

STORIES: tuple[tuple[int, tuple[Fact, ...]], ...] = (  # weight, story
    (2, ()),
    (2, ((2, "prepared"),)),
    (3, ((1, "prepared"), (3, "filed"))),
    (3, ((1, "prepared"), (2, "filed"), (8, "receipt"))),
    (3, ((1, "filed"), (12, "documents_asked"))),
    (3, ((1, "filed"), (10, "documents_asked"), (5, "documents_sent"), (14, "granted"), (12, "first_payment"))),
    (3, ((2, "prepared"), (2, "filed"), (6, "receipt"), (18, "granted"))),
    (8, ((2, "prepared"), (2, "filed"), (5, "receipt"), (16, "granted"), (9, "first_payment"))),
    (3, ((2, "filed"), (15, "granted"), (7, "first_payment"), (21, "renewed"))),
    (2, ((3, "filed"), (22, "refused"))),
    (2, ((3, "filed"), (18, "refused"), (9, "appealed"))),
    (1, ((3, "filed"), (14, "refused"), (6, "appealed"), (20, "granted"), (8, "first_payment"))),
    (2, ((4, "prepared"), (9, "set_aside"))),
    (1, ((2, "filed"), (14, "granted"), (8, "first_payment"), (24, "stopped"))),
    (2, ((5, "granted"), (9, "first_payment"))),  # opened by itself: nobody filed anything
)
CLAIMED_AT_ONCE = 3


@dataclass
class Walk:
    """A journey with somebody: opened some days after the meeting, its claims and steps lived one by one."""

    line: Timeline
    known: Known

    def begin(self) -> None:
        """Open the journey at the desk, in a few days."""
        self.line.plan(later(self.line.dice.randint(1, 5), 10), self.open)

    def open(self) -> None:
        """Nothing opens for somebody who asked to be forgotten meanwhile."""
        if "gone" in self.known.agreed:
            return
        lead = self.line.one([agent for agent in self.known.crew.agents if agent.role != "peer_supporter"])
        self.journey: Journey = ops.open_journey(
            id=self.line.key(), person_id=self.known.id, team=self.known.crew.team, lead=lead,
            lead_chosen_by_person_on=clock.today(), what_matters=self.line.one(words.SAYINGS["what_matters"]), by=lead,
        )  # fmt: skip
        self.lead = lead
        for right, amount in self.worth_claiming():
            self.claim(right, amount)
        for _ in range(self.line.one((0, 1, 2))):
            self.agree()
        if self.line.chance(0.12):
            self.line.plan(later(self.line.dice.randint(30, 60), 16), self.end)

    def worth_claiming(self) -> list[tuple[str, Decimal]]:
        """Some of the rights found certain or likely that the person did not say no to."""
        assert self.known.assessment is not None
        found = self.known.assessment.found.filter(certainty__in=["certain", "likely"]).exclude(right="christmas_bonus")
        # In an order that no engine decides: SQLite and PostgreSQL do not put the rights without an amount alike.
        rows = sorted(found.order_by("right").values_list("right", "likely"), key=lambda row: row[0])
        self.line.dice.shuffle(rows)
        return rows[: self.line.dice.randint(1, CLAIMED_AT_ONCE)]

    def claim(self, right: str, amount: Decimal) -> None:
        if any(no.right == right for no in self.refusals()):
            return
        claim = ops.open_claim(
            id=self.line.key(), journey=self.journey, right=right, assessment=self.known.assessment, by=self.lead
        )
        weights, stories = zip(*STORIES, strict=True)
        [story] = self.line.dice.choices(stories, weights)
        moment = clock.now()
        for days, kind in story:
            moment += timedelta(days=days + self.line.dice.randrange(4))
            self.line.plan(moment, partial(self.note, claim, kind, amount))

    def refusals(self):
        """What the person said no to."""
        return reading.refusals_of(access.open_person(self.known.id, by=self.lead, purpose="journey"))

    def note(self, claim: Claim, kind: str, amount: Decimal) -> None:
        """The fact, today; amounts as the letter says them, a little off what was expected."""
        if "gone" in self.known.agreed:
            return
        more: dict[str, Any] = {}
        today = clock.today()
        if kind in ("granted", "renewed"):
            more["starts_on"] = today.replace(day=1)
            more["until"] = today + timedelta(days=365) if claim.right in ("css", "rsa", "aah") else None
        if kind in ("granted", "first_payment", "renewed") and is_money(claim.right):
            more["amount"] = (amount * Decimal(self.line.dice.randint(94, 103)) / 100).quantize(
                Decimal("0.01"), ROUND_HALF_UP
            )
        if kind == "documents_asked":
            more["answer_by"] = today + timedelta(days=15)
        if kind == "first_payment" and not is_money(claim.right):
            return
        ops.record_event(id=self.line.key(), claim=claim, kind=kind, happened_on=today, by=self.lead, **more)

    def agree(self) -> None:
        """A step agreed by both, done later by some."""
        says, who = self.line.one(words.STEPS)
        step = ops.agree_step(
            id=self.line.key(), journey=self.journey, says=says, who=who,
            due_on=clock.today() + timedelta(days=self.line.dice.randint(4, 30)), by=self.lead,
        )  # fmt: skip
        drawn = self.line.dice.random()
        if drawn < 0.55:
            self.line.plan(later(self.line.dice.randint(2, 20), 15), lambda: self.unless_gone(ops.finish_step, step))
        elif drawn < 0.65:
            self.line.plan(later(9, 15), lambda: self.unless_gone(ops.drop_step, step))

    def unless_gone(self, gesture, step) -> None:
        if "gone" not in self.known.agreed:
            gesture(step=step, by=self.lead)

    def end(self) -> None:
        """On their own now; the relay taken by others; or the person stops, and what depended on it stops with them."""
        if "gone" in self.known.agreed:
            return
        self.known.agreed.add("gone")
        ending = self.line.one(("on_their_own", "on_their_own", "handed_over", "person_ended"))
        if ending != "person_ended":
            ops.end_journey(journey=self.journey, ending=ending, by=self.lead)
            return
        people.withdraw_agreement(person_id=self.known.id, team=self.known.crew.team, purpose="journey", by=self.lead)
        ops.stand_down(person_id=self.known.id, by=self.lead)
