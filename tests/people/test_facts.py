"""Facts of the household: each with its source and its day, kept while the person agrees."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from allervers.accounts.models import Agent
from allervers.base import clock
from allervers.base.errors import Refused
from allervers.base.models import Entry
from allervers.law import last_day
from allervers.people import access, ops, reading
from allervers.people.choices import Purpose
from allervers.people.models import Fact, Person
from allervers.rights.household import read
from allervers.territory.models import Area
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


@pytest.fixture
def agent() -> Agent:
    return AgentFactory(teams=[TeamFactory()])


@pytest.fixture
def person(agent: Agent) -> Person:
    return PersonFactory(by=agent, purposes=[Purpose.RIGHTS])


def document(person: Person, agent: Agent) -> dict:
    opened = access.open_person(person.pk, by=agent, purpose=Purpose.RIGHTS)
    return access.household_document(opened, DAY)


def test_a_fact_keeps_where_it_comes_from_and_its_day(agent: Agent, person: Person) -> None:
    day = clock.today() - timedelta(days=3)
    [fact] = ops.note_fact(person_id=person.pk, path="home.rent", value=450, source="document", known_on=day, by=agent)
    assert (fact.source, fact.known_on, fact.recorded_by) == ("document", day, agent)


def test_what_somebody_said_is_kept_on_a_day_whose_law_is_not_known_here_and_still_has_to_hold(agent, person, at):
    at(last_day() + timedelta(days=40))
    ops.note_fact(person_id=person.pk, path="home.rent", value=450, source="said", by=agent)
    with pytest.raises(Refused, match="Loyer"):
        ops.note_fact(person_id=person.pk, path="home.rent", value=-4, source="said", by=agent)
    assert document(person, agent)["home"] == {"rent": 450}


def test_a_new_fact_takes_the_place_of_the_old_one_which_stays_written(agent: Agent, person: Person) -> None:
    for rent in (450, 480):
        ops.note_fact(person_id=person.pk, path="home.rent", value=rent, source="said", by=agent)
    assert document(person, agent)["home"] == {"rent": 480}
    assert sorted(fact.value for fact in person.facts.filter(replaced_at__isnull=False)) == [450]


def test_a_fact_told_again_changes_nothing(agent: Agent, person: Person) -> None:
    ops.note_fact(person_id=person.pk, path="couple", value="none", source="said", by=agent)
    lines = Entry.objects.count()
    assert ops.note_fact(person_id=person.pk, path="couple", value="none", source="said", by=agent) == []
    assert (Fact.objects.count(), Entry.objects.count()) == (1, lines)


def test_a_fact_taken_back_is_unknown_again(agent: Agent, person: Person) -> None:
    ops.note_fact(person_id=person.pk, path="savings", value=1500, source="said", by=agent)
    ops.note_fact(person_id=person.pk, path="savings", value=None, source="said", by=agent)
    assert "savings" not in document(person, agent)


def test_facts_make_a_household_that_the_rights_can_read(agent: Agent, person: Person) -> None:
    told = {"people[claimant].age": 38, "people[claimant].incomes.wage": 900, "children": [4, 7], "couple": "none"}
    ops.note_facts(person_id=person.pk, facts=told, source="said", by=agent)
    household = read(document(person, agent))
    assert [one.age for one in household.people] == [38, 4, 7]
    assert household.complete_list


def test_a_whole_household_is_noted_and_what_it_no_longer_says_is_unknown(agent: Agent, person: Person) -> None:
    first = {
        "day": "2026-09-01",
        "home": {"rent": 450, "status": "tenant"},
        "people": [{"role": "claimant", "age": 38}, {"role": "child", "age": 4}],
        "more_people": True,
    }
    ops.note_household(person_id=person.pk, document=first, source="said", by=agent)
    assert document(person, agent) == first
    second = {**first, "home": {"status": "tenant"}, "people": [{"role": "claimant", "age": 38}]}
    second.pop("more_people")
    ops.note_household(person_id=person.pk, document=second, source="document", by=agent)
    assert document(person, agent) == second
    assert {fact.path: fact.source for fact in Fact.objects.filter(replaced_at=None)} == {
        "home.status": "said",
        "people[claimant].age": "said",
        "more_people": "document",
    }


def test_the_day_of_birth_and_the_commune_of_the_record_stand_in(agent: Agent) -> None:
    area = Area.objects.create(code="31555", kind="commune", name="Ville Inventée", vintage=2026)
    person = PersonFactory(by=agent, purposes=[Purpose.RIGHTS], born=date(1988, 3, 15), area=area)
    found = document(person, agent)
    assert found["home"] == {"commune": "31555"}
    assert found["people"] == [{"role": "claimant", "born": "1988-03-15"}]
    assert found["more_people"] is True
    ops.note_fact(person_id=person.pk, path="people[claimant].age", value=40, source="said", by=agent)
    assert document(person, agent)["people"] == [{"role": "claimant", "age": 40}]


def test_without_the_agreement_for_rights_no_fact_is_kept_nor_read(agent: Agent) -> None:
    person = PersonFactory(by=agent)
    with pytest.raises(Refused) as refusal:
        ops.note_fact(person_id=person.pk, path="home.rent", value=450, source="said", by=agent)
    assert refusal.value.code == "not-visible"
    opened = access.open_person(person.pk, by=agent, purpose=Purpose.RECORD)
    with pytest.raises(ValueError, match="open the person for that"):
        access.household_document(opened, DAY)


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ("home.rent", -1, "^« Loyer » :"),
        ("home.rent", "beaucoup", "^« Loyer » :"),
        ("home.colour", "bleue", "^« Logement » :"),
        ("people[claimant].age", 400, "^« Âge » :"),
        ("people[claimant].incomes", {"wage": -1}, "^« Revenus » :"),
        ("receives.rsa", -1, "^« Aides déjà reçues » :"),
        ("colour", "blue", "^« Cette réponse » :"),
        ("people[voisine].age", 40, "pas sa place"),
        ("day", "2026-09-01", "pas sa place"),
    ],
)
def test_what_is_not_a_household_is_given_back_with_its_fault(
    agent: Agent, person: Person, path: str, value: object, why: str
) -> None:
    with pytest.raises(Refused, match=why) as refusal:
        ops.note_fact(person_id=person.pk, path=path, value=value, source="said", by=agent)
    assert refusal.value.remedy
    assert "people[" not in refusal.value.why
    assert not Fact.objects.exists()


def test_a_fact_is_not_known_from_the_future(agent: Agent, person: Person) -> None:
    with pytest.raises(Refused, match="dans le futur"):
        ops.note_fact(
            person_id=person.pk,
            path="home.rent",
            value=450,
            source="said",
            known_on=clock.today() + timedelta(days=1),
            by=agent,
        )


def test_two_live_facts_at_one_path_are_refused_by_the_database(agent: Agent, person: Person) -> None:
    [fact] = ops.note_fact(person_id=person.pk, path="home.rent", value=450, source="said", by=agent)
    twin = Fact(person=person, path=fact.path, value=1, source="said", known_on=DAY, recorded_by=agent)
    with pytest.raises(ValidationError, match="Ce fait est déjà écrit ; remplacez-le"):
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_what_was_opened_for_one_purpose_is_not_read_for_another(agent: Agent, person: Person) -> None:
    ops.keep_saying(person_id=person.pk, kind="wish", text="un jardin", by=agent)
    ops.note_close_one(person_id=person.pk, who="un frère", by=agent)
    opened = access.open_person(person.pk, by=agent, purpose=Purpose.RIGHTS)
    for read_about in (reading.sayings_of, reading.close_circle_of, reading.reunited_with):
        assert not read_about(opened).exists()
    with pytest.raises(ValueError, match="open the person for that"):
        reading.agreements_of(opened)
