"""Known to several teams: taken back, it is closed for all the agent's teams; who keeps theirs is named."""

from uuid import uuid4

import pytest
from django.urls import reverse

from allervers.accounts.ops import join_team
from allervers.base import clock
from allervers.base.errors import Refused
from allervers.encounters.models import Encounter
from allervers.people import access, ops
from allervers.people.choices import Purpose
from allervers.people.models import Person
from tests.factories.accounts import AgentFactory, TeamFactory, administrator
from tests.factories.encounters import EncounterFactory
from tests.factories.people import PersonFactory, agree
from tests.web.test_people_gestures import french, of, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa():
    return AgentFactory(teams=[TeamFactory()])


@pytest.fixture
def browser(awa, signed_in):
    return signed_in(awa)


@pytest.fixture
def nour(awa):
    return PersonFactory(by=awa, name="Nour Inventée")


@pytest.fixture
def toulouse(awa):
    """A second team of the same agent."""
    team = TeamFactory(name="Toulouse Inventée")
    join_team(agent=awa, team=team, by=administrator())
    return team


@pytest.fixture
def zelie(awa, toulouse):
    """One person, written down once by each of two teams, then reunited."""
    lauragais = awa.teams.exclude(pk=toulouse.pk).get()
    kept, other = [
        PersonFactory(by=awa, team=team, name=f"Zélie {n}", purposes=[Purpose.JOURNEY])
        for n, team in enumerate((lauragais, toulouse))
    ]
    EncounterFactory(by=awa, team=toulouse, people=[other.pk], said="Ses mots")
    return ops.merge_people(keep=kept.pk, other=other.pk, teams_read_both=True, by=awa)


def test_a_record_of_two_teams_taken_back_is_closed_to_whoever_is_in_both(browser, awa, toulouse, zelie):
    page = french(browser.get(of(zelie, "withdraw", "record")))
    assert all(f"{team}" in page for team in awa.teams.all())
    assert withdraw(browser, zelie, "record").url == "/personnes"
    assert {browser.get(reverse("person", args=[key])).status_code for key in zelie.keys} == {404}
    assert "Zélie" not in browser.get(reverse("people")).text
    assert not browser.get(reverse("people"), {"q": "zélie"}).context["page"].object_list
    assert set(Person.objects.values_list("name", flat=True)) == {""}
    assert not access.live_agreements(clock.today()).exists()
    assert (Encounter.objects.get().anonymous_count, Encounter.objects.get().said) == (1, "")


def test_another_team_keeps_its_own_agreement_and_the_page_says_so(signed_in, awa, toulouse, zelie):
    colleague = AgentFactory(teams=[toulouse])
    [lauragais] = awa.teams.exclude(pk=toulouse.pk)
    browser = signed_in(colleague)
    page = french(browser.get(of(zelie, "withdraw", "record")))
    assert f"L'accord est retiré pour : {toulouse}." in page
    assert f"{lauragais} garde l'accord que la personne lui a donné" in page
    assert withdraw(browser, zelie, "record").url == "/personnes"
    assert browser.get(of(zelie)).status_code == 404
    assert access.open_person(zelie.pk, by=awa, purpose=Purpose.RECORD).name == "Zélie 0"
    assert {one.team for one in access.live_agreements(clock.today())} == {lauragais}


def test_an_agreement_given_to_two_teams_is_all_or_nothing(browser, awa, zelie, monkeypatch):
    def refuse(**_):
        raise Refused("for-a-test", why="Non.", remedy="Plus tard.")

    monkeypatch.setattr("allervers.web.desk.views.people.leaving.accompaniment.stand_down", refuse)
    assert "Plus tard." in withdraw(browser, zelie, "record").text
    assert access.live_agreements(clock.today()).filter(purpose="record").count() == 2


def test_answers_given_to_two_teams_are_two_lines_each_with_its_team(browser, awa, toulouse, zelie):
    ops.withdraw_agreement(person_id=zelie.pk, team=toulouse, purpose=Purpose.JOURNEY, by=awa)
    page = browser.get(of(zelie))
    lines = [(line.team, line.state) for line in page.context["agreements"] if line.purpose == "journey"]
    [lauragais] = awa.teams.exclude(pk=toulouse.pk)
    assert set(lines) == {(toulouse, "retiré"), (lauragais, "donné")}
    assert f"démarches : {toulouse} <span" in page.text
    ask = f"{of(zelie, 'agreement', 'journey')}?team={toulouse.pk}"
    assert ask in page.text
    assert f"({toulouse})" in browser.get(ask).text
    browser.post(ask, {"id": uuid4(), "answer": "given", "route": "said", "language": "français"})
    assert access.live_agreements(clock.today()).filter(purpose="journey", team=toulouse).exists()


def test_sharing_stops_with_the_partner_that_the_person_names(browser, awa, nour):
    stays, stops = [TeamFactory(is_partner=True) for _ in range(2)]
    for partner in (stays, stops):
        agree(nour, Purpose.SHARE, team=partner, by=awa)
    address = f"{of(nour, 'withdraw', 'share')}?team={stops.pk}"
    assert address in browser.get(of(nour)).text
    for _ in range(2):
        browser.post(address, {"sure": "on"})
    live = access.live_agreements(clock.today()).filter(purpose="share")
    assert [one.team for one in live] == [stays]


def test_records_of_two_teams_are_reunited_once_the_person_accepts_that_both_read_all(browser, awa, nour, toulouse):
    other = PersonFactory(by=awa, team=toulouse, name="Nour Inventee")
    assert "lise tout ce que" not in french(browser.get(of(nour, "merge")))
    sent = {"other": other.pk, "sure": "on"}
    page = french(browser.post(of(nour, "merge"), sent))
    assert "chaque équipe lira tout ce que l'autre a écrit" in page
    assert toulouse.name in page
    assert "La personne accepte que chacune de ces équipes lise tout ce que l'autre a écrit" in page
    assert browser.post(of(nour, "merge"), sent | {"both": "on"}).url == of(nour)
