"""Droits: results read by two people, and the page that the person takes away."""

import pytest

from allervers.rights.assessment.shape import Settling
from allervers.web.desk.views.rights import results
from tests.web.rights.conversation import ASK, PRINT, SEE, Conversation, answered, right

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]


def test_results_go_from_the_surest_and_say_why_how_much_and_how_to_ask(browser):
    page = Conversation(browser).send(SEE)
    groups = {
        name: [line["id"] for line in page.context[name]] for name in ("open", "to_check", "received", "not_open")
    }
    assert groups == {
        "open": ["rsa", "css", "housing_aid", "energy_cheque"],
        "to_check": ["aah"],
        "received": ["family_allowances"],
        "not_open": ["asf"],
    }
    for words in ("559,42", "Vos revenus le permettent.", "caf.fr", "par an", "La mutuelle gratuite", "moteur inventé"):
        assert words in page.text.replace("environ 559", "559,42")


def test_what_would_settle_a_right_is_one_press_away_when_it_is_a_question(browser):
    talking = Conversation(browser)
    talking.send(ASK)
    talking.until("home-status").answer("tenant")
    page = talking.send(SEE)
    assert 'name="reopen" value="furnished"' in page.text
    assert "Un handicap est-il reconnu" in page.text


def test_the_same_question_about_two_children_is_written_once(browser, monkeypatch):
    twice = tuple(Settling(f"people[{place}].custody", "Avec qui vit chaque enfant ?") for place in (1, 2))
    monkeypatch.setattr(results, "assess", lambda _: answered(right("asf", "possible", 200, would_settle_it=twice)))
    assert Conversation(browser).send(SEE).text.count("Avec qui") == 1


def test_no_paper_to_bring_is_not_said(browser, monkeypatch):
    monkeypatch.setattr(results, "assess", lambda _: answered(right("mva", "certain", 104.77)))
    talking = Conversation(browser)
    assert "<dt>Papiers</dt>" not in talking.send(SEE).text
    assert "Papiers :" not in talking.send(PRINT).text


def test_nothing_open_says_so_without_despair(browser, monkeypatch):
    monkeypatch.setattr(results, "assess", lambda _: answered(right("rsa", "excluded")))
    page = Conversation(browser).send(SEE)
    assert "rien de plus ne semble ouvert" in page.text
    assert "Cela peut changer" in page.text


def test_coming_back_from_the_page_to_take_away_works_nothing_out_again_and_keeps_the_choices(browser, engine):
    talking = Conversation(browser)
    talking.send(SEE)
    page = talking.send(PRINT, **{"choice-rsa": "ask"})
    assert 'name="choice-rsa" value="ask"' in page.text
    page = talking.send(SEE, **{"choice-rsa": "ask"})
    assert 'name="choice-rsa" value="ask" checked' in page.text
    assert len(engine) == 1


def test_an_answer_more_works_the_rights_out_again(browser, engine):
    talking = Conversation(browser)
    talking.send(SEE)
    talking.send(ASK)
    talking.send(SEE)
    assert len(engine) == 2


def test_the_page_to_take_away_says_what_is_asked_first_and_names_nobody(browser, awa, nour):
    talking = Conversation(browser, person=nour.pk)
    talking.send(SEE)
    page = talking.send(PRINT, **{"choice-housing_aid": "ask", "choice-css": "no"})
    assert [line["id"] for line in page.context["told"]][0] == "housing_aid"
    assert "Nous le demandons." in page.text
    assert "Une mutuelle gratuite" not in page.text, "what the person does not want is not on their page"
    main = page.text.partition("<main")[2]
    assert "Nour" not in main
    assert "Awa" not in main
