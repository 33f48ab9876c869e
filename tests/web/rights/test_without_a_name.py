"""Droits: nothing is kept without agreement; rights found with somebody unknown are counted, and nothing else."""

import pytest

from allervers.accompaniment.models import Claim
from allervers.accounts.models import Role
from allervers.encounters.models import Assessment, RightFound
from tests.factories.accounts import AgentFactory
from tests.factories.encounters import EncounterFactory
from tests.factories.people import PersonFactory
from tests.web.rights.conversation import ASK, PRINT, SEE, SETTLE, START, Conversation, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]


def test_a_conversation_without_a_name_leaves_nothing_anywhere(browser):
    before = rows()
    talking = Conversation(browser)
    talking.send(ASK)
    talking.answer("38").answer("none")
    talking.send(SEE)
    talking.send(PRINT, **{"choice-rsa": "ask"})
    talking.send(SETTLE, **{"choice-rsa": "ask"})
    assert rows() == before


def test_rights_found_with_somebody_unknown_are_counted_and_nothing_of_the_situation(browser, awa):
    met = EncounterFactory(by=awa)
    talking = Conversation(browser, encounter=met.pk)
    talking.send(ASK)
    talking.answer("38")
    talking.send(SEE)
    assert talking.send(SETTLE, **{"choice-rsa": "ask"}).url == f"/rencontres/{met.pk}"
    kept = Assessment.objects.get()
    assert (kept.person, kept.facts, kept.encounter) == (None, None, met)
    assert all(found["because"] == [] for found in kept.answer["rights"])
    assert set(RightFound.objects.values_list("right", flat=True)) == {
        "rsa", "css", "housing_aid", "aah", "energy_cheque",
    }  # fmt: skip
    assert not Claim.objects.exists()


def test_counting_pressed_twice_counts_once(browser, awa):
    talking = Conversation(browser, encounter=EncounterFactory(by=awa).pk)
    talking.send(SEE)
    thread = talking.talk.sealed()
    for _ in range(2):
        assert browser.post(SETTLE, {"talk": thread}).status_code == 302
    assert Assessment.objects.count() == 1


def test_somebody_who_agreed_to_a_record_only_is_asked_before_anything_is_kept(browser, awa):
    person = PersonFactory(by=awa, name="Nour Inventée")
    met = EncounterFactory(by=awa, people=[person.pk])
    talking = Conversation(browser, encounter=met.pk)
    assert "pas dit oui" in talking.page.text
    assert f"/personnes/{person.pk}/accords/rights?next=" in talking.page.text
    assert talking.talk.person == ""
    talking.send(SEE)
    talking.send(SETTLE)
    assert Assessment.objects.get().person is None


def test_the_only_person_of_a_meeting_is_the_one_whose_rights_are_looked_at(browser, awa, nour):
    met = EncounterFactory(by=awa, people=[nour.pk])
    assert Conversation(browser, encounter=met.pk).talk.person == str(nour.pk)
    met = EncounterFactory(by=awa, people=[nour.pk], anonymous_count=1)
    assert Conversation(browser, encounter=met.pk).talk.person == ""


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PEER_SUPPORTER])
def test_a_role_that_opens_nobody_looks_at_rights_without_a_name(signed_in, awa, nour, role):
    other = AgentFactory(role=role, teams=[awa.teams.get()])
    browser = signed_in(other)
    assert Conversation(browser).send(SEE).status_code == 200
    assert browser.get(START, {"person": nour.pk}).status_code == 403


@pytest.mark.parametrize("role", [Role.PARTNER_AGENT, Role.ADMINISTRATOR])
@pytest.mark.parametrize("address", [START, ASK, SEE, PRINT, SETTLE])
def test_other_roles_do_not_open_the_page(signed_in, role, address):
    browser = signed_in(AgentFactory(role=role))
    assert (browser.get(address) if address == START else browser.post(address)).status_code == 403
