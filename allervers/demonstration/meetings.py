"""Who is met on outings: most without a name; some who agree to be written down, and what they then agree to or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from allervers.accounts.models import Agent
from allervers.base import clock
from allervers.demonstration import words
from allervers.demonstration.households import WINDOWS, Met
from allervers.demonstration.outings import HOURS, Crew
from allervers.demonstration.timeline import Timeline
from allervers.encounters import ops as encounters
from allervers.encounters.models import Assessment, Encounter
from allervers.outreach.models import Outing
from allervers.people import ops as people
from allervers.people import wordings

NAMED = 0.2  # of the encounters
A_TIME = 24  # encounters an outing
OFFERS = (["listening"], ["information", "paper_guide"], ["information"], ["rights"], ["orientation"], [])


@dataclass
class Known:
    """Somebody who agreed to be written down, and what they agreed to."""

    id: UUID
    crew: Crew
    by: Agent
    agreed: set[str] = field(default_factory=set)
    assessment: Assessment | None = None
    met: int = 1


class Street:
    """The meetings of an outing; `follow(known)` is told of each person who agrees to be accompanied."""

    def __init__(self, line: Timeline, households: list[tuple[int, Met]], follow) -> None:
        self.line, self.follow = line, follow
        self.households = households
        self.names = iter(words.names())
        self.known: list[Known] = []

    def held(self, outing: Outing, crew: Crew) -> None:
        """Plan the meetings of an outing that has just begun."""
        for _ in range(self.line.dice.randint(A_TIME - 6, A_TIME + 8)):
            moment = clock.now() + timedelta(minutes=self.line.dice.randint(2, HOURS * 60 - 10))
            self.line.plan(moment, lambda: self.meet(outing, crew))

    def meet(self, outing: Outing, crew: Crew) -> None:
        """One meeting, of one of the sorts there are."""
        by = self.line.one(crew.agents[:2])
        writes = [agent for agent in crew.agents if agent.role in ("practitioner", "journey_lead")]
        if self.line.chance(NAMED) and (name := next(self.names, None)):
            self.welcome(name, outing, crew, self.line.one(writes))
        elif self.line.chance(0.12) and (back := self.somebody_known(crew)):
            self.meet_again(back, outing)
        else:
            self.meet_without_a_name(outing, by)

    def meet_without_a_name(self, outing: Outing, by: Agent) -> None:
        """A greeting, an exchange; a no sometimes; now and then a look at rights together."""
        dice = self.line
        outcome = dice.one(("met", "met", "met", "met", "met", "news", "not_now", "no", "agreed_step"))
        form = dice.one(("", "lack_of_knowledge", "non_claiming", "non_receipt", "non_proposal", "non_orientation"))
        met = self.record(
            outing, by, anonymous_count=dice.one((1, 1, 1, 2, 2, 3)), outcome=outcome,
            how=dice.one(("acknowledged", "conversation", "conversation", "trust")),
            said=dice.one(words.SAID), offered=dice.one(OFFERS),
            form=form if outcome in ("not_now", "no") else "",
            agreed=dice.one(words.AGREED) if outcome == "agreed_step" else "",
            news_by=self.promised() if outcome == "news" else None,
        )  # fmt: skip
        if dice.chance(0.06):
            found = self.household()
            encounters.keep_assessment(
                id=dice.key(), encounter=met, team=outing.team, day=found.day, answer=found.answer, by=by
            )
        if dice.chance(0.01):
            encounters.strike_encounter(encounter=met, by=by)

    def welcome(self, name: str, outing: Outing, crew: Crew, by: Agent) -> None:
        """Somebody agrees to be written down, under a name, a nickname, or nothing."""
        dice = self.line
        nickname = dice.chance(0.25)
        person = people.welcome_person(
            id=dice.key(), team=crew.team, agreement=wordings.standard("record"),
            name=name.split()[0] if nickname else name, is_pseudonym=nickname, area=outing.area,
            phone=f"06 39 98 {dice.dice.randrange(100):02} {dice.dice.randrange(100):02}" if dice.chance(0.5) else "",
            may_call=dice.one((True, True, False, None)), may_text=dice.one((True, None)),
            language=dice.one(("", "", "", "espagnol", "arabe")), by=by,
        )  # fmt: skip
        known = Known(person.pk, crew, by)
        self.known.append(known)
        outcome = dice.one(("agreed_step", "agreed_step", "news", "met", "not_now"))
        met = self.record(
            outing, by, people=[person.pk], how=dice.one(("conversation", "trust", "expressed_wish", "agreed_step")),
            outcome=outcome, said=dice.one(words.SAID), offered=dice.one(OFFERS),
            agreed=dice.one(words.AGREED) if outcome == "agreed_step" else "",
            news_by=self.promised() if outcome == "news" else None,
        )  # fmt: skip
        self.answer_agreements(known)
        self.look_at_rights(known, met)
        self.keep_words(known)

    def answer_agreements(self, known: Known) -> None:
        """Each purpose apart: given, refused, or not asked that day."""
        for purpose, given, refused in (("rights", 0.6, 0.15), ("journey", 0.4, 0.15), ("contact", 0.6, 0.2)):
            drawn = self.line.dice.random()
            answer = "given" if drawn < given else "refused" if drawn < given + refused else ""
            if answer:
                people.record_agreement(
                    id=self.line.key(), person_id=known.id, team=known.crew.team, purpose=purpose, answer=answer,
                    agreement=wordings.standard(purpose), by=known.by,
                )  # fmt: skip
            if answer == "given":
                known.agreed.add(purpose)

    def look_at_rights(self, known: Known, met: Encounter) -> None:
        """Rights worked out together; the household is kept only if the person agrees."""
        if not known.agreed & {"rights", "journey"} or self.line.chance(0.1):
            return
        found, keeps = self.household(), "rights" in known.agreed
        if keeps:
            people.note_household(person_id=known.id, document=found.document, source="said", by=known.by)
        known.assessment = encounters.keep_assessment(
            id=self.line.key(), encounter=met, person_id=known.id, team=known.crew.team, day=found.day,
            answer=found.answer, facts=found.document if keeps else None, by=known.by,
        )  # fmt: skip
        if "journey" in known.agreed:
            self.follow(known)

    def keep_words(self, known: Known) -> None:
        """What matters, strengths, those around; sometimes a no, which is kept as it was said."""
        dice = self.line
        for kind, share in (("what_matters", 0.5), ("strength", 0.35), ("own_words", 0.15), ("wish", 0.15)):
            if dice.chance(share):
                text = dice.one(words.SAYINGS[kind])
                people.keep_saying(id=dice.key(), person_id=known.id, kind=kind, text=text, by=known.by)
        if dice.chance(0.15):
            who, link = dice.one(words.CLOSE_ONES)
            people.note_close_one(id=dice.key(), person_id=known.id, who=who, link=link, by=known.by)
        if dice.chance(0.22):
            self.hear_a_no(known)

    def hear_a_no(self, known: Known) -> None:
        """Not now, not this right, not this way, no more."""
        dice = self.line
        kind = dice.one(("not_now", "not_now", "not_this_right", "not_this_right", "not_this_channel", "no_more"))
        right = dice.one(("rsa", "aspa", "css", "prime_activite", "energy_cheque")) if kind == "not_this_right" else ""
        comes_back = clock.today() + timedelta(days=dice.dice.randint(20, 120)) if kind == "not_now" else None
        people.record_refusal(
            id=dice.key(), person_id=known.id, kind=kind, right=right,
            channel="call" if kind == "not_this_channel" else "", own_words=dice.one(words.NOS),
            form="non_claiming" if kind == "not_this_right" else "", come_back_on=comes_back,
            may_come_back=True if comes_back else None, by=known.by,
        )  # fmt: skip

    def meet_again(self, known: Known, outing: Outing) -> None:
        known.met += 1
        self.record(
            outing, known.by, people=[known.id], how=self.line.one(("trust", "expressed_wish", "agreed_step")),
            outcome="met", said=self.line.one(words.SAID),
        )  # fmt: skip

    def somebody_known(self, crew: Crew) -> Known | None:
        theirs = [known for known in self.known if known.crew is crew and "gone" not in known.agreed]
        return self.line.one(theirs) if theirs else None

    def record(self, outing: Outing, by: Agent, **told) -> Encounter:
        return encounters.record_encounter(id=self.line.key(), outing=outing, by=by, **told)

    def promised(self):
        """A day by which news is promised."""
        return clock.today() + timedelta(days=self.line.dice.randint(3, 25))

    def household(self) -> Met:
        """One of the households worked out for these weeks."""
        ago = (self.line.today - clock.today()).days
        window = max(place for place, begins in enumerate(WINDOWS) if ago <= begins)
        return self.line.one([found for place, found in self.households if place == window])
