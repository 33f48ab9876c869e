"""Sharing with a partner: the person says with whom; the partner opens what is shared, and reads nothing else."""

import pytest
from django.urls import reverse

from allervers.accounts.models import Role
from allervers.people import access, ops
from allervers.people.choices import Purpose
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.people import PersonFactory, agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa():
    return AgentFactory(teams=[TeamFactory()])


@pytest.fixture
def partner():
    return TeamFactory(name="CCAS Inventé", is_partner=True)


@pytest.fixture
def guest(partner):
    return AgentFactory(role=Role.PARTNER_AGENT, teams=[partner])


def answer(browser, person, **said):
    told = {"answer": "given", "route": "said", "language": "français", "read_aloud": "on", **said}
    return browser.post(reverse("person-agreement", args=[person.pk, "share"]), told)


def test_the_person_says_with_which_partner(signed_in, awa, partner, guest):
    person, browser = PersonFactory(by=awa, phone="06 12 34 56 78"), signed_in(awa)
    assert "Avec quel partenaire" in browser.get(reverse("person-agreement", args=[person.pk, "share"])).text
    assert answer(browser, person).status_code == 200
    assert not access.may_open(person.pk, by=guest, purpose=Purpose.SHARE)
    assert answer(browser, person, partner=partner.pk).status_code == 302
    assert access.may_open(person.pk, by=guest, purpose=Purpose.SHARE)


def test_a_partner_reads_the_name_and_how_to_reach_and_nothing_else(signed_in, awa, partner, guest):
    person = PersonFactory(by=awa, name="Nadir Inventé", phone="06 12 34 56 78", purposes=[Purpose.RIGHTS])
    agree(person, Purpose.SHARE, team=partner, by=awa)
    other = TeamFactory(name="Autre Partenaire", is_partner=True)
    agree(person, Purpose.SHARE, team=other, by=awa)
    ops.keep_saying(person_id=person.pk, kind="own_words", text="je dors mal", by=awa)
    ops.note_close_one(person_id=person.pk, who="ma sœur", by=awa)
    ops.record_refusal(person_id=person.pk, kind="not_now", own_words="trop fatigué", by=awa)
    ops.note_fact(person_id=person.pk, path="home.rent", value=4567, source="said", by=awa)
    page = signed_in(guest).get(reverse("person", args=[person.pk]))
    assert page.status_code == 200
    assert "Nadir Inventé" in page.text
    assert "06 12 34 56 78" in page.text
    for hidden in ("je dors mal", "ma sœur", "trop fatigué", "4567", "Autre Partenaire"):
        assert hidden not in page.text


def test_taking_it_back_closes_the_partner_s_door_and_no_other(signed_in, awa, partner, guest):
    person, browser = PersonFactory(by=awa), signed_in(awa)
    agree(person, Purpose.SHARE, team=partner, by=awa)
    told = browser.post(reverse("person-withdraw", args=[person.pk, "share"]), {"sure": "on", "certain": "on"})
    assert told.status_code == 302
    assert not access.may_open(person.pk, by=guest, purpose=Purpose.SHARE)
    assert access.may_open(person.pk, by=awa, purpose=Purpose.RECORD)
