"""The world the desk is asked about: somebody of each role, two teams of each thing, an agreement in every state.

Everybody is known to a third team, which keeps everything: so nothing is erased when an agreement is taken back, and
whatever shows on a page it should not, shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from allervers.accompaniment import ops as accompaniment
from allervers.accounts.models import Agent, Role, Team
from allervers.base import clock
from allervers.encounters import ops as encounters
from allervers.encounters.models import Encounter
from allervers.outreach import ops as outreach
from allervers.outreach.models import Outing
from allervers.people import ops as people
from allervers.people import wordings
from allervers.people.choices import Purpose
from allervers.people.models import Person
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import answer
from tests.factories.outreach import OutingFactory
from tests.factories.people import agree
from tests.factories.territory import AreaFactory, FigureFactory, PartnerFactory, PlaceFactory
from tests.promises.desk.secrets import Safe

LAID = datetime(2026, 6, 1, 9, tzinfo=clock.PARIS)
NOW = datetime(2026, 6, 11, 10, tzinfo=clock.PARIS)  # what lasted until the 5th is over
SOON_OVER = date(2026, 6, 5)

GIVEN, REFUSED, WITHDRAWN, EXPIRED, NEVER = "given", "refused", "withdrawn", "expired", "never"
STATES = (GIVEN, REFUSED, WITHDRAWN, EXPIRED, NEVER)
WALKED = (Purpose.RECORD, Purpose.RIGHTS, Purpose.JOURNEY)  # what a journey or a computation depends on
OURS = (Purpose.RIGHTS, Purpose.JOURNEY, Purpose.CONTACT)  # asked by the team itself, on the ground of a record


@dataclass(repr=False)
class World:
    """Agents by role, things by whose they are, persons by what they answered to the agents' team."""

    safe: Safe = field(default_factory=Safe)
    teams: dict[str, Team] = field(default_factory=dict)
    agents: dict[Role, Agent] = field(default_factory=dict)
    keeper: Any = None
    area: Any = None
    place: Any = None
    outings: dict[tuple[Role, str], UUID] = field(default_factory=dict)
    encounters: dict[tuple[Role, str], UUID] = field(default_factory=dict)
    talks: list[str] = field(default_factory=list)  # conversations about rights, as the pages carry them
    people: dict[str, dict[str, UUID]] = field(default_factory=dict)  # "journey withdrawn" → the keys about them

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What Hypothesis writes of it: all of it would fit on no screen, and hide what failed."""
        printer.text("the world")

    def team_of(self, role: Role) -> Team:
        return self.teams["partner" if role == Role.PARTNER_AGENT else "ours"]


def lay() -> World:
    """Everything, told by the ops on 1 June; read on the 11th."""
    world = World()
    lay_teams(world)
    lay_territory(world)
    lay_outings(world)
    lay_person(world, Purpose.RECORD, GIVEN)
    for purpose in Purpose:
        for state in STATES[1:]:
            lay_person(world, purpose, state)
        world.people[f"{purpose} {GIVEN}"] = world.people[f"{Purpose.RECORD} {GIVEN}"]
    lay_person(world, Purpose.RECORD, GIVEN, by_team="theirs")
    lay_encounters(world)
    return world


def lay_teams(world: World) -> None:
    """Ours and theirs, each with its partner; the keeper is in all of them, and writes."""
    for name in ("ours", "theirs", "keepers"):
        world.teams[name] = TeamFactory()
    for name in ("partner", "their_partner"):
        world.teams[name] = TeamFactory(is_partner=True)
    world.keeper = AgentFactory(teams=list(world.teams.values()))
    for role in Role:
        world.agents[role] = AgentFactory(role=role, teams=[world.team_of(role)])


def lay_territory(world: World) -> None:
    world.area = AreaFactory(code="31483", latitude=43.1, longitude=0.72)
    world.place = PlaceFactory(area=world.area)
    FigureFactory(area=world.area)
    PartnerFactory(area=world.area)


def lay_outings(world: World) -> None:
    """For each role, one of its team and one of another's, both debriefed with words that are the team's own."""
    made: dict[str, Outing] = {}
    for name, team in world.teams.items():
        made[name] = OutingFactory(by=world.keeper, team=team, area=world.area, despite_overlap=True)
        said = {what: world.safe.word(what, name, "team") for what in ("went_well", "was_hard", "people_said")}
        with clock.at(clock.now() + timedelta(hours=5)):
            outreach.debrief_outing(outing=made[name], presence_minutes=90, by=world.keeper, **said)
    for role in Role:
        partner = role == Role.PARTNER_AGENT
        world.outings[role, "team"] = made["partner" if partner else "ours"].pk
        world.outings[role, "other"] = made["their_partner" if partner else "theirs"].pk


def lay_encounters(world: World) -> None:
    """Without a name: one by each role that may, one by a colleague, one by the other team."""
    for name in ("ours", "theirs"):
        by_keeper = meet(world, name, by=world.keeper)
        for role in Role:
            world.encounters[role, "team" if name == "ours" else "other"] = by_keeper.pk
    for role in (Role.PRACTITIONER, Role.JOURNEY_LEAD, Role.COORDINATOR, Role.PEER_SUPPORTER):
        world.encounters[role, "own"] = meet(world, "ours", by=world.agents[role]).pk
    for role in (Role.PARTNER_AGENT, Role.ADMINISTRATOR):
        world.encounters[role, "own"] = world.encounters[role, "team"]


def meet(world: World, team: str, *, by: Agent, known: Person | None = None, whose: str = "") -> Encounter:
    """A meeting whose words are a secret of those who were there."""
    purpose = "record" if known else "met by keepers" if by == world.keeper else f"met by {by.role}"
    said, agreed = (world.safe.word(what, whose or team, purpose) for what in ("said", "agreed"))
    return encounters.record_encounter(
        team=world.teams[team], area=world.area, said=said, agreed=agreed, outcome="news",
        people=[known.pk] if known else [], anonymous_count=0 if known else 1, by=by,
    )  # fmt: skip


# ------------------------------------------------------------------ somebody


def lay_person(world: World, purpose: Purpose, state: str, by_team: str = "ours") -> None:
    """Somebody whom the keepers know well, and who answered `state` to one team for one purpose, yes to the others."""
    whose = f"{purpose} {state}" if by_team == "ours" else "theirs"
    person = welcomed(world, whose)
    keys = {"person": person.pk, **told_to_keepers(world, person, whose)}
    if purpose in WALKED:
        keys |= accompanied(world, person, whose, world.teams["keepers"], kept="keepers")
    asked = ask(world, person, by_team)
    for one in (Purpose.RECORD, *OURS, Purpose.SHARE):
        if one == purpose and state == NEVER:
            if one == Purpose.RECORD:
                break  # the others have no ground
            continue
        asked(one, SOON_OVER if (one, state) == (purpose, EXPIRED) else None)
    if not (purpose == Purpose.RECORD and state == NEVER):
        keys["encounter"] = meet(world, by_team, by=world.keeper, known=person, whose=whose).pk
    if purpose in WALKED and not (state == NEVER and purpose in (Purpose.RECORD, Purpose.JOURNEY)):
        keys |= accompanied(world, person, whose, world.teams[by_team])
    change_mind(world, person, purpose, state, by_team)
    world.people[whose] = keys


def welcomed(world: World, whose: str) -> Person:
    """A record kept by the keepers, with all that may be written in it."""
    safe = world.safe
    return people.welcome_person(
        team=world.teams["keepers"], agreement=wordings.standard(Purpose.RECORD),
        name=safe.word("name", whose, "record"), phone=safe.phone(whose, "record"), born=date(1971, 7, 19),
        language=safe.word("language", whose, "record"), contact_note=safe.word("contact_note", whose, "record"),
        area=world.area, may_call=True, by=world.keeper,
    )  # fmt: skip


def told_to_keepers(world: World, person: Person, whose: str) -> dict[str, UUID]:
    """Words, close ones, refusals, facts, another record reunited."""
    safe, by, team = world.safe, world.keeper, world.teams["keepers"]
    signed: dict[str, Any] = {"person_id": person.pk, "by": by}
    for purpose in OURS:
        agree(person, purpose, team=team, by=by)
    saying = people.keep_saying(**signed, kind="own_words", text=safe.word("saying", whose, "record"))
    close = people.note_close_one(
        **signed, who=safe.word("who", whose, "record"), link=safe.word("link", whose, "record")
    )
    refusal = people.record_refusal(
        **signed, kind="not_this_channel", channel="letter", own_words=safe.word("refusal", whose, "record"),
        come_back_how=safe.word("come_back_how", whose, "record"),
    )  # fmt: skip
    people.note_fact(**signed, path="home.rent", value=safe.amount("rent", whose, "rights"), source="said")
    other = people.welcome_person(team=team, agreement=wordings.standard(Purpose.RECORD), by=by)
    people.merge_people(keep=person.pk, other=other.pk, person_agrees=True, by=by)
    return {"saying": saying.pk, "close": close.pk, "refusal": refusal.pk, "other": other.pk}


def accompanied(world: World, person: Person, whose: str, team: Team, kept: str = "") -> dict[str, UUID]:
    """A journey with this team, its words, a claim, a fact, a step; and a computation of rights."""
    safe, by, purpose = world.safe, world.keeper, f"journey{f' of {kept}' if kept else ''}"
    word: Callable[[str], str] = lambda kind: safe.word(kind, whose, purpose)  # noqa: E731
    journey = accompaniment.open_journey(
        person_id=person.pk, team=team, lead=by, lead_chosen_by_person_on=clock.today(),
        what_matters=word("what_matters"), by=by,
    )  # fmt: skip
    claim = accompaniment.open_claim(journey=journey, right="rsa", by=by)
    event = accompaniment.record_event(
        claim=claim, kind="filed", happened_on=clock.today(), note=word("event note"), by=by
    )
    step = accompaniment.agree_step(journey=journey, says=word("step"), who="together", by=by)
    told = answer(rsa=("likely", 300))
    told["rights"][0]["because"] = [safe.word("because", whose, f"rights{f' of {kept}' if kept else ''}")]
    met = Encounter.objects.filter(people=person, team=team).first()
    encounters.keep_assessment(encounter=met, person_id=person.pk, team=team, day=clock.today(), answer=told, by=by)
    return {"journey": journey.pk, "claim": claim.pk, "event": event.pk, "step": step.pk}


def ask(world: World, person: Person, by_team: str) -> Callable[[Purpose, Any], None]:
    """How the team asks: for itself, or for its partner when it is about sharing."""
    partner = {"ours": "partner", "theirs": "their_partner"}[by_team]

    def asked(purpose: Purpose, until: Any) -> None:
        team = world.teams[partner if purpose == Purpose.SHARE else by_team]
        agree(person, purpose, team=team, by=world.keeper, expires_on=until)

    return asked


def change_mind(world: World, person: Person, purpose: Purpose, state: str, by_team: str) -> None:
    """The last word: no, or no longer."""
    team = world.teams["partner" if purpose == Purpose.SHARE else by_team]
    if state == REFUSED:
        agree(person, purpose, team=team, by=world.keeper, answer="refused")
    if state == WITHDRAWN:
        people.withdraw_agreement(person_id=person.pk, team=team, purpose=purpose, by=world.keeper)
