"""Droits: plain questions, one at a time; each can be skipped and taken back; the thread is held by the page alone."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core import signing

from allervers.law import last_day
from allervers.web.desk.views.rights.talk import opened
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.territory import AreaFactory
from tests.web.rights.conversation import ASK, PRINT, SEE, SETTLE, START, Conversation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]


def test_the_first_page_says_that_nothing_is_kept_and_asks_nothing(browser):
    page = browser.get(START)
    assert "Rien n'est gardé" in page.text.replace("&#x27;", "'")
    assert page.context["talk"].document == {"day": "2026-06-02", "more_people": True}


@pytest.mark.parametrize(
    ("left", "said", "ended"), [(31, False, False), (30, True, False), (0, True, False), (-1, True, True)]
)
def test_the_first_page_says_kindly_that_the_law_ends_before_it_does_and_after(browser, at, left, said, ended):
    at(last_day() - timedelta(days=left))
    page = browser.get(START)
    assert page.status_code == 200
    assert (f"{last_day():%d/%m/%Y}" in page.text) is said
    assert ("Aucun droit ne peut être calculé" in page.text.replace("&#x27;", "'")) is ended


def test_one_question_at_a_time_and_each_answer_leads_to_the_next(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    assert talking.question == "age"
    assert talking.answer("38").question == "couple"
    assert talking.talk.document["people"] == [{"role": "claimant", "age": 38}]


def test_an_age_that_cannot_be_is_refused_by_its_plain_name(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    page = talking.send(ASK, question="age", age="-5")
    assert page.context["fault"].startswith("« Âge » : valeur refusée.")
    assert "people[" not in page.text


def test_a_question_skipped_leaves_no_trace_in_the_facts(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    assert talking.answer().question == "couple"
    assert "people" not in talking.talk.document


def test_pressing_continue_without_an_answer_is_a_skip(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    talking.send(ASK, question="age", age="  ")
    assert talking.question == "couple"


def test_no_child_is_an_answer_of_its_own(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    talking.until("children").send(ASK, question="children", none="1")
    assert "more_people" not in talking.talk.document


def test_a_range_is_as_good_as_a_figure(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    talking.until("home-status").answer("tenant")
    talking.send(ASK, question="rent", **{"rent": "", "rent-from": "400", "rent-to": ""})
    assert talking.talk.document["home"]["rent"] == {"from": 400}


@pytest.mark.parametrize("typed", ["Saint-Élix-Essai", "saint elix essai", "Saint-Élix-Essai (31999)", "31999"])
def test_a_commune_is_understood_however_it_is_written(browser, typed):
    AreaFactory(name="Saint-Élix-Essai", code="31999")
    talking = Conversation(browser)
    talking.send(ASK)
    assert talking.until("commune").answer(typed).talk.document["home"]["commune"] == "31999"


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        ("age", "trente", "Attendu"),
        ("age", "250", "250"),
        ("age", "1e999", "Attendu"),
        ("children", "3, beaucoup", "beaucoup"),
        ("couple", "marié avec un dragon", "réponses proposées"),
        ("commune", "Nulle-Part-sur-Rien", "Nous ne connaissons pas"),
        ("rent", "-12", "-12"),
    ],
)
def test_an_answer_that_is_not_one_is_refused_on_the_page_and_stays_there(browser, question, typed, said):
    talking = Conversation(browser)
    talking.send(ASK)
    before = talking.until(question).talk.document
    page = talking.answer(typed).page
    assert page.status_code == 200
    assert (talking.question, talking.talk.document) == (question, before)
    assert said in page.text
    if question not in ("couple",):
        assert f'value="{typed}"' in page.text


def test_a_range_upside_down_is_refused_and_both_ends_stay(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    talking.until("home-status").answer("tenant")
    page = talking.send(ASK, question="rent", **{"rent": "", "rent-from": "600", "rent-to": "400"})
    assert talking.question == "rent"
    assert 'value="600"' in page.text
    assert 'value="400"' in page.text


def test_one_goes_back_question_by_question_and_the_answer_is_taken_back(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    talking.answer("38").answer("none")
    talking.send(ASK, back="1")
    assert (talking.question, "couple" in talking.talk.document) == ("couple", False)
    talking.send(ASK, back="1")
    assert (talking.question, talking.talk.trail) == ("age", ())
    talking.send(ASK, back="1")
    assert talking.question == "age"


def test_going_back_over_an_amount_never_says_that_there_is_no_income(browser):
    """It was once a wage of unknown amount; it must not become no wage at all."""
    talking = Conversation(browser)
    talking.send(ASK)
    talking.until("incomes").answer("wage", "unemployment").answer("900")
    talking.send(ASK, back="1")
    assert talking.question == "income-wage"
    assert set(talking.talk.document["people"][0]["incomes"]) == {"wage", "unemployment"}


def test_a_question_opened_again_from_the_results_is_the_one_that_is_asked(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    talking.until("home-status").answer("tenant")
    talking.send(SEE)
    talking.send(ASK, reopen="furnished")
    assert talking.question == "furnished"


def test_when_all_is_asked_the_page_says_so(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    while talking.page.context.get("question"):
        talking.answer()
    assert "plus de question" in talking.page.text


@pytest.mark.parametrize("address", [ASK, SEE, PRINT, SETTLE])
@pytest.mark.parametrize("thread", ["", "abc", "abc:def:ghi", "é" * 50])
def test_a_thread_that_is_not_ours_begins_again_with_a_word(browser, address, thread):
    page = browser.post(address, {"talk": thread}, follow=True)
    assert page.redirect_chain == [(START, 302)]
    assert "trop longtemps" in page.text


def test_a_thread_altered_is_not_ours(browser):
    talk = Conversation(browser).talk
    sealed, agent = talk.sealed(), UUID(talk.agent)
    altered = sealed[:5] + ("A" if sealed[5] != "A" else "B") + sealed[6:]
    with pytest.raises(signing.BadSignature):
        opened(altered, agent)


def test_a_page_left_open_is_not_gone_on_with_by_somebody_else(browser, signed_in):
    talk = Conversation(browser).talk
    page = signed_in(AgentFactory(teams=[TeamFactory()])).post(ASK, {"talk": talk.sealed()}, follow=True)
    assert page.redirect_chain == [(START, 302)]


def test_a_thread_left_for_a_night_begins_again(browser, monkeypatch):
    talking = Conversation(browser)
    monkeypatch.setattr("allervers.web.desk.views.rights.talk.HOURS", -1)
    assert talking.send(ASK).url == START


@pytest.mark.parametrize("address", [ASK, SEE, PRINT, SETTLE])
def test_the_address_of_a_page_typed_again_leads_to_the_beginning(browser, address):
    assert browser.get(address).url == START


@pytest.mark.parametrize("key", ["person", "encounter"])
@pytest.mark.parametrize("wrong", ["abc", "12345678-1234-5678-1234-567812345678"])
def test_a_wrong_key_in_the_address_is_a_page_that_does_not_exist(browser, key, wrong):
    assert browser.get(START, {key: wrong}).status_code == 404


def test_a_day_whose_law_is_not_known_is_said_not_guessed(browser, at):
    at("2031-06-02")
    page = Conversation(browser).send(ASK)
    assert page.status_code == 409
    assert "connue ici" in page.text


def test_a_strange_question_or_gesture_changes_nothing(browser):
    talking = Conversation(browser)
    talking.send(ASK, question="la lune", reopen="le soleil")
    assert talking.question == "age"
