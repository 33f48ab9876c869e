"""Small histories for the figures: written by the ops, in any order, some of it struck."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from allervers.accompaniment import ops as accompaniment
from allervers.accompaniment.choices import EventKind
from allervers.accompaniment.models import Claim, Event
from allervers.accounts.models import Agent, Team
from allervers.base import clock
from allervers.base.errors import Refused
from allervers.encounters import ops as encounters
from allervers.encounters.models import Contact, Encounter, Outcome
from allervers.learning.definitions import FORMS
from allervers.learning.periods import Period
from allervers.outreach.models import Outing
from allervers.people import ops as people
from allervers.territory.models import Area
from tests.factories.accompaniment import JourneyFactory, note
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import answer
from tests.factories.outreach import OutingFactory
from tests.factories.people import PersonFactory
from tests.factories.territory import AreaFactory

TODAY = datetime(2026, 9, 1, 10, tzinfo=clock.PARIS)
SINCE = date(2026, 6, 1)
PERIOD = Period(SINCE, TODAY.date())
RIGHTS = ("rsa", "css", "housing_aid")


@dataclass
class World:
    """Two communes, an IRIS, two outings, one team, three known persons of whom two walk with us."""

    team: Team
    by: Agent
    areas: list[Area]
    outings: list[Outing]
    people: list[UUID]
    journeys: list[Any]
    met: list[Encounter] = field(default_factory=list)
    claims: dict[tuple[int, str], Claim] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


def world() -> World:
    """The world before anything happens, on 1 June 2026."""
    with clock.at(datetime.combine(SINCE, time(8), clock.PARIS)):
        team = TeamFactory()
        by = AgentFactory(teams=[team])
        areas = [AreaFactory(code="31001"), AreaFactory(code="31002")]
        areas.append(AreaFactory(code="310010101", commune=areas[0]))
        outings = [
            OutingFactory(by=by, area=area, starts_at=clock.now() + timedelta(days=10 * n))
            for n, area in enumerate(areas[:2])
        ]
        known = [PersonFactory(by=by, purposes=["rights", "journey"], area=areas[n]) for n in range(3)]
        journeys = [JourneyFactory(by=by, person=person) for person in known[:2]]
    return World(team, by, areas, outings, [one.pk for one in known], journeys)


# ------------------------------------------------------------------ gestures


days = st.integers(0, (TODAY.date() - SINCE).days).map(lambda n: SINCE + timedelta(days=n))

MET = st.fixed_dictionaries(
    {
        "do": st.just("meet"),
        "day": days,
        "hour": st.integers(0, 23),
        "area": st.integers(0, 2),
        "anonymous": st.integers(0, 3),
        "known": st.sets(st.integers(0, 2), max_size=2),
        "how": st.sampled_from(Contact.values),
        "outcome": st.sampled_from(Outcome.values),
        "form": st.sampled_from(["", *FORMS]),
        "struck": st.booleans(),
    }
)
WORKED_OUT = st.fixed_dictionaries(
    {
        "do": st.just("work_out"),
        "day": days,
        "person": st.none() | st.integers(0, 2),
        "rights": st.dictionaries(
            st.sampled_from(RIGHTS), st.sampled_from(["certain", "likely", "possible"]), max_size=3
        ),
    }
)
NOTED = st.fixed_dictionaries(
    {
        "do": st.just("note"),
        "day": days,
        "journey": st.integers(0, 1),
        "right": st.sampled_from(RIGHTS),
        "kind": st.sampled_from(EventKind.values),
        "amount": st.none() | st.integers(0, 900),
        "begun": st.integers(0, 60),
        "struck": st.sampled_from([False, False, True]),
    }
)
DECLINED = st.fixed_dictionaries(
    {
        "do": st.just("decline"),
        "day": days,
        "person": st.integers(0, 2),
        "right": st.sampled_from(RIGHTS),
        "lifted": st.booleans(),
    }
)
gestures = st.lists(MET | WORKED_OUT | NOTED | NOTED | DECLINED, max_size=12)


def live(lived: World, told: list[dict[str, Any]]) -> None:
    """Tell these gestures to the ops; those that a rule refuses change nothing."""
    for gesture in told:
        try:
            DO[gesture["do"]](lived, gesture)
        except Refused:
            continue


def meet(lived: World, told: dict[str, Any]) -> None:
    moment = datetime.combine(told["day"], time(told["hour"], 30), clock.PARIS)
    refused = told["outcome"] in ("no", "not_now")
    with clock.at(max(moment, TODAY)):
        met = encounters.record_encounter(
            team=lived.team, area=lived.areas[told["area"]], happened_at=min(moment, TODAY), how=told["how"],
            anonymous_count=told["anonymous"], people=[lived.people[n] for n in told["known"]],
            outcome=told["outcome"], form=told["form"] if refused else "", by=lived.by,
        )  # fmt: skip
        lived.met.append(met)
        if told["struck"]:
            encounters.strike_encounter(encounter=met, by=lived.by)


def work_out(lived: World, told: dict[str, Any]) -> None:
    person = None if told["person"] is None else lived.people[told["person"]]
    with clock.at(datetime.combine(told["day"], time(11), clock.PARIS)):
        found = answer(**{right: (sure, None if right == "css" else 200) for right, sure in told["rights"].items()})
        encounters.keep_assessment(team=lived.team, person_id=person, day=told["day"], answer=found, by=lived.by)


def note_it(lived: World, told: dict[str, Any]) -> None:
    key = (told["journey"], told["right"])
    if key not in lived.claims:
        lived.claims[key] = accompaniment.open_claim(
            journey=lived.journeys[told["journey"]], right=told["right"], by=lived.by
        )
    amount = None if told["right"] == "css" or told["amount"] is None else Decimal(told["amount"])
    more = {"starts_on": told["day"] - timedelta(days=told["begun"])} if told["kind"] in ("granted", "renewed") else {}
    event = note(lived.claims[key], told["kind"], told["day"], amount=amount, by=lived.by, **more)
    lived.events.append(event)
    if told["struck"]:
        accompaniment.strike_event(event=event, by=lived.by)


def decline(lived: World, told: dict[str, Any]) -> None:
    person = lived.people[told["person"]]
    said = datetime.combine(told["day"], time(12), clock.PARIS)
    no = people.record_refusal(
        person_id=person, kind="not_this_right", right=told["right"], said_at=min(said, TODAY), by=lived.by
    )
    if told["lifted"]:
        people.lift_refusal(refusal_id=no.pk, by=lived.by)


DO = {"meet": meet, "work_out": work_out, "note": note_it, "decline": decline}
