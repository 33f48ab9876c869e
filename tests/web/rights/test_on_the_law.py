"""Droits on the real law: slow, so only what an invented answer could not show."""

import pytest

from tests.web.rights.conversation import ASK, PRINT, SEE, SETTLE, Conversation

pytestmark = pytest.mark.django_db


def test_somebody_alone_without_any_income_is_told_of_the_rsa_and_why(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    talking.answer("45").answer("none").send(ASK, question="children", none="1")
    talking.answer("hosted").until("activity").answer("at_home").answer("none")
    page = talking.send(SEE)
    rsa = next(line for line in page.context["open"] if line["id"] == "rsa")
    assert rsa["certainty"] in ("certain", "likely")
    assert 400 < rsa["unclaimed"]["likely"] < 700
    assert rsa["because"]
    assert "Un revenu minimum" in talking.send(PRINT).text


def test_a_household_of_which_nothing_is_said_is_told_no_certainty(browser):
    page = Conversation(browser).send(SEE)
    assert page.status_code == 200
    assert not [line for line in page.context["open"] if line["certainty"] == "certain"]
    assert all(line["settling"] for line in page.context["to_check"])


def test_what_is_kept_is_read_again_the_same(browser, nour):
    talking = Conversation(browser, person=nour.pk)
    talking.send(ASK)
    talking.answer("45").answer("cohabiting").answer("3, 9").answer("social_tenant").answer("480")
    talking.until("incomes").answer("wage").answer("1 100,50")
    said = talking.talk.document
    talking.send(SEE)
    talking.send(SETTLE)
    assert Conversation(browser, person=nour.pk).talk.document == said
