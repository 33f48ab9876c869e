"""Behind each figure, its facts: as many as it says, and nobody's name beyond what the door lets through."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.base.errors import Refused
from allervers.learning.definitions import ALL, Unit
from allervers.learning.drilling import facts_behind
from allervers.learning.figures import figures
from allervers.learning.scope import SPLITS
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import EncounterFactory
from tests.factories.people import PersonFactory
from tests.harness.effort import examples
from tests.learning import lives
from tests.learning.lives import PERIOD, TODAY, gestures
from tests.learning.test_figures import life

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(at):
    at(TODAY)


@pytest.fixture
def world():
    return lives.world()


@settings(max_examples=examples(6), deadline=None, suppress_health_check=list(HealthCheck))
@given(gestures, st.sampled_from([None, *SPLITS]), st.lists(st.sampled_from(ALL), min_size=4, max_size=4))
def test_the_facts_behind_a_cell_add_up_to_it(world, told, split, some):
    with life(world, told) as here:
        found = figures(period=PERIOD, split=split)
        for one in set(some) & set(found.shown):
            for row in found.rows or [found.total]:
                behind = facts_behind(one.id, period=PERIOD, split=split, key=row.key, size=500, by=here.by)
                assert behind.count == len(behind.lines)
                if one.unit == Unit.DAYS:
                    assert behind.count == row.counted(one.id)
                else:
                    assert behind.weight == row[one.id] == sum(line.weight for line in behind.lines), one.id


def test_facts_come_page_by_page_over_the_parts_of_a_sum(world):
    for _ in range(3):
        EncounterFactory(by=world.by, people=[world.people[0]], anonymous_count=1)
    pages = [facts_behind("met", period=PERIOD, start=n, size=2, by=world.by).lines for n in (0, 2, 4, 6)]
    assert [len(page) for page in pages] == [2, 2, 2, 0]
    assert len({(line.id, line.person) for page in pages for line in page}) == 6


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("practitioner", "a name"),
        ("journey_lead", "a name"),
        ("coordinator", "facts"),
        ("peer_supporter", "nothing"),
        ("partner_agent", "nothing"),
        ("administrator", "nothing"),
    ],
)
def test_who_sees_what_behind_a_figure(role, sees):
    person = PersonFactory(name="Mésange Inventée")
    agreement = person.agreements.get()
    EncounterFactory(by=agreement.recorded_by, people=[person.pk])
    agent = AgentFactory(role=role, teams=[agreement.team])
    if sees == "nothing":
        with pytest.raises(Refused, match="Votre rôle"):
            facts_behind("met_known", period=PERIOD, by=agent)
        return
    [line] = facts_behind("met_known", period=PERIOD, by=agent).lines
    assert line.name == ("Mésange Inventée" if sees == "a name" else "")
    assert line.person == (person.pk if sees == "a name" else None)


def test_a_colleague_of_another_team_sees_that_it_happened_and_not_to_whom():
    person = PersonFactory()
    EncounterFactory(by=person.agreements.get().recorded_by, people=[person.pk])
    [line] = facts_behind("met_known", period=PERIOD, by=AgentFactory(teams=[TeamFactory()])).lines
    assert (line.name, line.person) == ("", None)


def test_a_figure_that_does_not_exist_is_refused(world):
    with pytest.raises(Refused, match="n'existe pas"):
        facts_behind("score", period=PERIOD, by=world.by)


def test_every_count_can_be_drilled(world):
    for one in ALL:
        assert facts_behind(one.id, period=PERIOD, by=world.by).count == 0
