"""Who may see what: role × whose it is × what the person agreed to × screen; unknown and forbidden answer alike."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from allervers.accounts.models import Role
from allervers.people.choices import Purpose
from allervers.rights import assess
from allervers.rights.household import read
from allervers.web.desk.views.rights import talk
from tests.harness.effort import examples
from tests.promises.desk import addresses, odd, table
from tests.promises.desk.addresses import PATTERNS, UNKNOWN
from tests.promises.desk.reading import faults
from tests.promises.desk.table import OF_OTHERS, OF_TEAM, OWN, PERSONS, PUBLIC, TABLE, THINGS, Screen
from tests.promises.desk.world import GIVEN, NEVER, STATES, World

pytestmark = pytest.mark.django_db

SHOWS, SIGN_IN, ROLE, NOT_VISIBLE = "shows", "sign in first", "not for this role", "not visible"


def test_every_address_of_the_desk_is_in_the_table() -> None:
    assert {screen.partition(" ")[0] for screen in TABLE} | PUBLIC == set(PATTERNS)


@pytest.mark.parametrize("screen", TABLE)
def test_each_screen_shows_to_whom_the_table_says_and_to_nobody_else(world: World, ask: Any, screen: str) -> None:
    """Not a word more is said; and what is forbidden answers as what does not exist: nobody learns that somebody is
    known elsewhere."""
    line, wrong = TABLE[screen], []
    for role in (None, *Role):
        for method in line.methods:
            unknown = face(ask(role, method, nobodys(world, role, screen))) if line.about else None
            for whose, said, address in cases(world, screen, role):
                answer, expected = ask(role, method, address), foretold(line, role, whose, said)
                wrong += [f"{role} {address}: {fault}" for fault in faults(world, role, method, answer)]
                case = f"{role or 'nobody'} {method} {screen} ({whose}, {brief(said)})"
                if (found := told_by(answer)) != expected:
                    wrong.append(f"{case}: {found}, not {expected}")
                elif unknown and expected in (ROLE, NOT_VISIBLE) and face(answer) != unknown:
                    wrong.append(f"{case}: forbidden does not answer as unknown")
    assert not wrong


def cases(world: World, screen: str, role: Role | None) -> Iterator[tuple[str, dict[Purpose, str], str]]:
    """Each thing the screen can be about, each answer of the person, and the address that asks it."""
    line = TABLE[screen]
    for whose, said, somebody in things(world, line):
        names = addresses.named(world, role, whose, somebody)
        yield whose, said, addresses.written(screen, names, line.query)


def things(world: World, line: Screen) -> Iterator[tuple[str, dict[Purpose, str], Any]]:
    """What the screen can be about: whose, the answers of the person, the keys about them."""
    given = dict.fromkeys(Purpose, GIVEN)
    if line.about in PERSONS:
        yield OF_TEAM, given, world.people[f"{Purpose.RECORD} {GIVEN}"]
        for purpose in Purpose:
            for state in STATES[1:]:
                somebody = world.people[f"{purpose} {state}"]
                if line.about != "journey" or "journey" in somebody:
                    yield OF_TEAM, answers(purpose, state), somebody
        yield OF_OTHERS, given, world.people["theirs"]
    elif line.about in THINGS:
        yield from ((whose, given, {}) for whose in (OWN, OF_TEAM, OF_OTHERS))
    else:
        yield OF_TEAM, given, {}
    if line.about:
        yield UNKNOWN, given, {}


def answers(purpose: Purpose, state: str) -> dict[Purpose, str]:
    """What the person of the world answered for each purpose: without a record, nothing else was asked."""
    if (purpose, state) == (Purpose.RECORD, NEVER):
        return dict.fromkeys(Purpose, NEVER)
    return dict.fromkeys(Purpose, GIVEN) | {purpose: state}


def foretold(line: Screen, role: Role | None, whose: str, said: dict[Purpose, str]) -> str:
    """What the table says."""
    if role is None:
        return SIGN_IN
    if role not in line.who:
        return ROLE
    return SHOWS if whose != UNKNOWN and table.sees(line, role, whose, said) else NOT_VISIBLE


def told_by(asked: Any) -> str:
    """What the answer says: a refusal that is not of the door (409) is for those whom the screen opens to."""
    answer = asked.answer
    if answer.status_code == 302 and answer.url.startswith("/connexion"):
        return SIGN_IN if "?next=" in answer.url else SHOWS  # whoever signs out goes there too, of their own accord
    return {403: ROLE, 404: NOT_VISIBLE, 200: SHOWS, 302: SHOWS, 409: SHOWS}.get(
        answer.status_code, str(answer.status_code)
    )


def brief(said: dict[Purpose, str]) -> str:
    """The answers that are not a yes."""
    return ", ".join(f"{purpose} {state}" for purpose, state in said.items() if state != GIVEN) or "all given"


# ------------------------------------------------------------------ unknown and forbidden

VARIES = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')


def nobodys(world: World, role: Role | None, screen: str) -> str:
    """The address of the screen about something that does not exist."""
    return addresses.written(screen, addresses.named(world, role, UNKNOWN, {}), TABLE[screen].query)


def face(asked: Any) -> tuple[Any, ...]:
    """All of an answer that could tell something, but for the keys that were asked and the tokens of the forms."""
    answer = asked.answer
    headers = {name: value for name, value in answer.items() if name not in ("Content-Length", "Expires")}
    return answer.status_code, VARIES.sub("…", answer.text), headers, len(asked.lines), asked.writes


def test_the_key_of_somebody_open_does_not_open_the_words_of_somebody_who_is_not(world: World, ask: Any) -> None:
    mine, theirs = world.people["record given"], world.people["theirs"]
    for screen in ("person-saying-remove", "person-close-remove", "person-refusal-lift", "person-unmerge"):
        mixed = addresses.written(screen, {**theirs, "person": mine["person"]})
        assert ask(Role.PRACTITIONER, "POST", mixed).status == 404, screen


# ------------------------------------------------------------------ whatever is asked

KNOWN = ("record given", "rights withdrawn", "theirs")
ODD_METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")


@pytest.fixture(scope="module")
def _talks(world: World) -> None:
    """Conversations about rights as pages carry them: with nobody, after a meeting, with somebody open or closed."""
    begun = [
        talk.begun(agent=UUID(int=0), document={"home": {"rent": 450}}),
        *(
            talk.begun(agent=UUID(int=0), encounter=world.encounters[Role.PRACTITIONER, whose])
            for whose in (OWN, OF_OTHERS)
        ),
        *(talk.begun(agent=UUID(int=0), person=world.people[whose]["person"]) for whose in KNOWN),
    ]
    worked_out = assess(read(begun[1].document)).as_json()
    answered = [replace(one, answer=worked_out, key=str(uuid4())) for one in begun]
    agents = [str(agent.pk) for agent in world.agents.values()]
    told = [replace(one, agent=agent).sealed() for one in (*begun, *answered) for agent in agents]
    world.talks = [*told, "", "x", told[0][:-1]]


@pytest.mark.parametrize("screen", [*TABLE, *PUBLIC])
@settings(max_examples=examples(9), derandomize=True, phases=[Phase.explicit, Phase.generate], database=None)
@given(dice=st.integers(0, 2**32).map(Random))
def test_whatever_is_asked_by_whoever_nothing_is_let_out_and_nothing_breaks(
    world: World, ask: Any, _talks: None, screen: str, dice: Random
) -> None:
    strange = odd.Odd(world, dice)
    welcome = sorted(TABLE[screen].who) if screen in TABLE else []
    role = strange.one([*welcome, *welcome, *Role, None])
    method = strange.one(TABLE[screen].methods if screen in TABLE and dice.random() < 0.9 else ("GET", "POST"))
    whose = strange.one([OWN, OF_TEAM, OF_TEAM, OF_OTHERS, UNKNOWN])
    somebody = world.people[strange.one(["record given"] * 20 + sorted(world.people))]
    address = addresses.written(screen, addresses.named(world, role, whose, somebody))
    query = urlencode(strange.sent(screen) if method == "GET" else strange.asked(), doseq=True)
    body = strange.sent(screen) if method == "POST" else None
    answer = ask(role, method, f"{address}?{query}", body)
    assert not faults(world, role, method, answer), (role, method, address, query, body)


@pytest.mark.parametrize("method", ODD_METHODS)
def test_an_unheard_of_method_changes_nothing_and_says_nothing(world: World, ask: Any, method: str) -> None:
    for screen, line in TABLE.items():
        for role in (None, next(iter(line.who))):
            address = addresses.written(screen, addresses.named(world, role, OF_TEAM, world.people["record given"]))
            answer = ask(role, method, address)
            assert not faults(world, role, "GET", answer), (role, method, address)
            assert answer.status in (200, 302, 404, 405), (role, method, address)
