"""Somebody is found however their name or phone is written; likely doubles are shown with reasons, nothing more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.accounts.models import Agent
from allervers.base.models import Entry
from allervers.people import likeness, ops, search
from allervers.people.keys import name_key, phone_key
from allervers.people.likeness import Draft, Traits, likely_same, reasons_for
from allervers.people.models import Person
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.people import PersonFactory

db = pytest.mark.django_db


@pytest.fixture
def agent() -> Agent:
    return AgentFactory(teams=[TeamFactory()])


@pytest.fixture
def person(agent: Agent) -> Person:
    PersonFactory(by=agent, name="Marius Autrement", phone="07 99 88 77 66")
    return PersonFactory(by=agent, name="Élodie Petit-Inventée", phone="06 12 34 56 78")


@db
@pytest.mark.parametrize(
    "text",
    [
        "Élodie",
        "elodie",
        "ELODIE PETIT",
        "petit elodie",
        "inventee",
        "Inventée Petit Élodie",
        "lodi",
        "06 12 34 56 78",
        "+33612345678",
        "0033 6.12.34.56.78",
        "06 12",
        "34 56 78",
        "elodie 06 12 34",
        "0612345678 petit",
    ],
)
def test_the_person_is_found_and_nobody_else(agent: Agent, person: Person, text: str) -> None:
    assert list(search.find(text, by=agent)) == [person]


@db
@pytest.mark.parametrize("text", ["elodie autrement", "06 12 34 56 79", "marius 06 12", "zzz", "elodie 3"])
def test_what_does_not_match_whole_finds_nobody(agent: Agent, person: Person, text: str) -> None:
    assert not search.find(text, by=agent).exists()


@db
def test_an_empty_search_finds_everyone_the_agent_may_see(agent: Agent, person: Person) -> None:
    PersonFactory()
    assert search.find("  ", by=agent).count() == 2


@db
def test_a_search_never_finds_who_did_not_agree(agent: Agent) -> None:
    PersonFactory(name="Secrète Inventée")
    assert not search.find("secrete", by=agent).exists()


@db
def test_what_was_typed_is_kept_nowhere(agent: Agent, person: Person) -> None:
    list(search.find("Élodie 06 12", by=agent))
    line = Entry.objects.get(what="people.searched")
    assert line.facts == {"purpose": "record"}


@db
def test_a_digit_in_a_nickname_is_not_a_phone(agent: Agent) -> None:
    nick = PersonFactory(by=agent, name="Zone 5117", is_pseudonym=True)
    assert list(search.find("zone 5117", by=agent)) == [nick]


# ------------------------------------------------------------------ likely doubles


def traits(name: str = "", **other: object) -> Traits:
    told = {"key": None, "phone": "", "born": None, "area": None, "is_pseudonym": False, **other}
    told["phone"] = phone_key(str(told["phone"]))
    return Traits(name=name_key(name), **told)


BORN, SWAPPED = date(1980, 3, 5), date(1980, 5, 3)


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (traits("Aïcha Modèle"), traits("Aicha MODELE"), ["même nom"]),
        (traits("Aïcha Modèle"), traits("Modèle Aïcha"), ["même nom, dans un autre ordre"]),
        (traits("Aïcha Modèle"), traits("Aïcha Model"), ["noms très proches"]),
        (traits("Aïcha Modèle"), traits("Aïcha Rose Modèle"), ["même nom, écrit plus court"]),
        (traits("Aïcha Rose Modèle"), traits("Aïcha Modèle"), ["même nom, écrit plus court"]),
        (traits("Aïcha"), traits("Aïcha Modèle"), []),
        (traits("Aïcha Modèle"), traits("Marius Autrement"), []),
        (traits("Aïcha Modèle", born=BORN), traits("Aïcha Modèle", born=BORN), ["même nom", "même date de naissance"]),
        (
            traits("Aïcha Modèle", born=BORN),
            traits("Aïcha Modèle", born=SWAPPED),
            ["même nom", "jour et mois de naissance inversés"],
        ),
        (traits("Aïcha Modèle", born=BORN), traits("Aïcha Modèle", born=date(1990, 1, 1)), []),
        (traits(phone="06 12 34 56 78"), traits("Aïcha", phone="+33612345678"), ["même numéro de téléphone"]),
        (traits(born=BORN), traits(born=BORN), []),
        (traits(), traits(), []),
        (traits("Le Grand", is_pseudonym=True), traits("Le Grand", is_pseudonym=True), ["même surnom"]),
    ],
)
def test_two_records_look_alike_for_reasons_that_can_be_said(one: Traits, other: Traits, reasons: list[str]) -> None:
    assert reasons_for(one, other) == reasons


persons = st.builds(
    Traits,
    key=st.none(),
    name=st.sampled_from(["", "aicha modele", "modele aicha", "aicha model", "marius autrement", "aicha rose modele"]),
    phone=st.sampled_from(["", "+33612345678", "+33799887766"]),
    born=st.sampled_from([None, BORN, SWAPPED]),
    area=st.none(),
    is_pseudonym=st.booleans(),
)


@given(persons, persons)
def test_likeness_goes_both_ways(one: Traits, other: Traits) -> None:
    assert reasons_for(one, other) == reasons_for(other, one)


@db
def test_doubles_are_shown_the_phone_first_and_never_oneself(agent: Agent, person: Person) -> None:
    same_name = PersonFactory(by=agent, name="Elodie Petit Inventee")
    same_phone = PersonFactory(by=agent, name="", phone="+33 6 12 34 56 78")
    PersonFactory(name="Élodie Petit-Inventée")
    found = likely_same(person, by=agent)
    assert found == [(same_phone, ["même numéro de téléphone"]), (same_name, ["même nom"])]
    draft = Draft(name="élodie petit inventée")
    assert {one for one, _ in likely_same(draft, by=agent)} == {person, same_name}


@db
def test_a_reason_never_holds_a_figure(agent: Agent, person: Person) -> None:
    PersonFactory(by=agent, name="Elodie Petit Inventee", phone="06 12 34 56 78")
    for _, reasons in likely_same(person, by=agent):
        assert not any(letter.isdigit() for reason in reasons for letter in reason)


@db
def test_no_more_than_a_handful_is_shown(agent: Agent) -> None:
    for _ in range(likeness.MOST_SHOWN + 2):
        PersonFactory(by=agent, name="Même Inventée")
    assert len(likely_same(Draft(name="Même Inventée"), by=agent)) == likeness.MOST_SHOWN


@db
def test_records_already_reunited_are_found_by_either_name_and_not_as_doubles(agent: Agent) -> None:
    kept = PersonFactory(by=agent, name="Aïcha Modèle")
    other = PersonFactory(by=agent, name="Aicha Maudelle", phone="06 12 34 56 78")
    ops.merge_people(keep=kept.pk, other=other.pk, by=agent)
    assert list(search.find("maudelle", by=agent)) == list(search.find("0612345678", by=agent)) == [kept]
    assert likely_same(kept, by=agent) == []
