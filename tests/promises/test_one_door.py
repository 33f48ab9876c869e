"""Whatever happened before, the door, the list and the names say the same thing; a no is never turned into a yes."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from allervers.accounts import ops as accounts
from allervers.base import clock
from allervers.base.errors import Refused
from allervers.people import access, ops, reading
from allervers.people.choices import Answer, Purpose
from allervers.people.rules import State
from tests.conftest import morning_of
from tests.factories.accounts import AgentFactory, TeamFactory, administrator
from tests.factories.people import PersonFactory, agree
from tests.harness.effort import examples

pytestmark = pytest.mark.django_db

# (gesture, which person, which team, purpose, days until the end)
gestures = st.tuples(
    st.sampled_from(["give", "give", "refuse", "withdraw", "merge", "part", "note"]),
    st.integers(0, 1),
    st.integers(0, 1),
    st.sampled_from([Purpose.RECORD, Purpose.RIGHTS, Purpose.CONTACT]),
    st.none() | st.integers(0, 3),
)


@settings(max_examples=examples(8), deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(gestures, min_size=3, max_size=10))
def test_the_door_the_list_and_the_names_always_agree(told: list[Any]) -> None:
    start = morning_of("2027-03-01")
    with clock.at(start):
        teams = [TeamFactory(), TeamFactory()]
        writer = AgentFactory(teams=teams)
        agents = [writer, *(AgentFactory(teams=[team]) for team in teams)]
        people = [PersonFactory(by=writer, team=team) for team in teams]
    for day, (gesture, one, at, purpose, until) in enumerate(told, 1):
        with clock.at(start + timedelta(days=day)), suppress(Refused):
            make(gesture, people[one], people[1 - one], teams[at], purpose, until, writer)
    with clock.at(start + timedelta(days=len(told) + 1)):
        for agent in agents:
            same_everywhere(people, agent)


def make(gesture: str, person: Any, other: Any, team: Any, purpose: str, until: int | None, by: Any) -> None:
    if gesture in ("give", "refuse"):
        answer = Answer.GIVEN if gesture == "give" else Answer.REFUSED
        end = None if until is None else clock.today() + timedelta(days=until)
        agree(person, purpose, team=team, by=by, answer=answer, expires_on=end)
        assert (said_in(person, team, purpose, by) is State.GIVEN) is (gesture == "give")
    elif gesture == "withdraw":
        ops.withdraw_agreement(person_id=person.pk, team=team, purpose=purpose, by=by)
        assert said_in(person, team, purpose, by) is not State.GIVEN
    elif gesture == "merge":
        ops.merge_people(keep=person.pk, other=other.pk, teams_read_both=True, by=by)
    elif gesture == "part":
        ops.undo_merge(other=person.pk, by=by)
    else:
        ops.note_fact(person_id=person.pk, path="home.rent", value=450, source="said", by=by)


def said_in(person: Any, team: Any, purpose: str, by: Any) -> State:
    """Whether any answer to this team for this purpose is still good, as the person would read it."""
    try:
        opened = access.open_person(person.pk, by=by, purpose=Purpose.RECORD)
    except Refused:
        return State.WITHDRAWN
    states = {state for one, state in reading.agreements_of(opened) if (one.team, one.purpose) == (team, purpose)}
    return State.GIVEN if State.GIVEN in states else State.NOT_ASKED


def same_everywhere(people: list[Any], agent: Any) -> None:
    for purpose in (Purpose.RECORD, Purpose.RIGHTS, Purpose.CONTACT):
        listed = {key for one in access.visible_people(by=agent, purpose=purpose) for key in one.keys}
        opened = {one.pk for one in people if access.may_open(one.pk, by=agent, purpose=purpose)}
        named = set(access.names([one.pk for one in people], by=agent, purpose=purpose))
        assert listed == opened == named, purpose


def test_nobody_sees_through_a_team_they_left() -> None:
    team = TeamFactory()
    agent = AgentFactory(teams=[team])
    person = PersonFactory(by=agent)
    accounts.leave_team(agent=agent, team=team, by=administrator())
    assert not access.names([person.pk], by=agent, purpose=Purpose.RECORD)
    assert not access.visible_people(by=agent, purpose=Purpose.RECORD).exists()
