"""The journal on the screen: who did or read what, in words, without anybody's name."""

import re
from pathlib import Path
from unittest.mock import patch

import pytest
from django.urls import reverse

from allervers.accounts.models import Role
from allervers.base import clock, journal
from allervers.people import access
from allervers.web.desk.gestures import WORDS, in_words
from tests.factories.accounts import AgentFactory, TeamFactory, administrator
from tests.factories.encounters import EncounterFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
CODE = Path(__file__).parents[2] / "allervers"


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def browser(signed_in):
    return signed_in(administrator())


@pytest.mark.parametrize("role", Role)
def test_only_the_administration_reads_and_verifies_the_journal(signed_in, role):
    browser = signed_in(AgentFactory(role=role))
    may = role == Role.ADMINISTRATOR
    assert browser.get(reverse("journal")).status_code == (200 if may else 403)
    assert browser.post(reverse("journal-verify")).status_code == (302 if may else 403)


def test_the_journal_says_who_did_what_and_names_nobody_met(browser):
    awa = AgentFactory(full_name="Awa Inventée", teams=[TeamFactory()])
    person = PersonFactory(by=awa, name="Jeanne Secrète", phone="0600000042")
    access.open_person(person.pk, by=awa, purpose="record")
    EncounterFactory(by=awa, people=[person.pk], said="Mes mots à moi")
    page = browser.get(reverse("journal")).text
    for words in ("Awa Inventée", "a ouvert une fiche", "a noté une rencontre", str(person.pk)[:8]):
        assert words in page
    for secret in ("Jeanne", "0600000042", "06 00 00 00 42", "Mes mots"):
        assert secret not in page.replace(str(person.pk)[:8], "")


def test_lines_are_found_by_gesture_day_and_agent(browser, at):
    awa, bruno = AgentFactory(full_name="Awa Inventée", teams=[TeamFactory()]), AgentFactory(teams=[TeamFactory()])
    EncounterFactory(by=awa)
    at("2026-06-03")
    EncounterFactory(by=bruno)
    found = {
        "what": browser.get(reverse("journal"), {"what": "encounters.recorded"}).context["lines"],
        "day": browser.get(reverse("journal"), {"day": "2026-06-03"}).context["lines"],
        "by": browser.get(reverse("journal"), {"by": awa.pk}).context["lines"],
    }
    assert {line.gesture for line in found["what"]} == {"a noté une rencontre"}
    assert len(found["what"]) == 2
    assert {line.at for line in found["day"]} == {clock.now()}
    assert {line.who for line in found["by"]} == {"Awa Inventée"}
    assert "Aucune ligne ne correspond" in browser.get(reverse("journal"), {"day": "2020-01-01"}).text


def test_a_chain_that_holds_is_said_with_its_seal(browser):
    page = browser.post(reverse("journal-verify"), follow=True).text
    assert "toutes à leur place" in page
    assert journal.verify().seal in page


def test_a_chain_that_does_not_hold_is_said_with_the_line(browser):
    broken = journal.Verdict(lines=3, seal="0" * 64, fault="La ligne 4 manque.")
    with patch.object(journal, "verify", return_value=broken):
        page = browser.post(reverse("journal-verify"), follow=True).text
    assert "La ligne 4 manque." in page
    assert "Ne touchez à rien" in page


def test_a_long_journal_asks_no_more_than_a_short_one(browser, queries_for):
    awa = AgentFactory(teams=[TeamFactory()])
    one = queries_for(lambda: browser.get(reverse("journal")))
    for _ in range(49):
        EncounterFactory(by=awa)
    assert queries_for(lambda: browser.get(reverse("journal"))) == one
    assert "Page 1 sur" in browser.get(reverse("journal")).text


def written_codes() -> set[str]:
    """Every code that the application writes in the journal, read from its source."""
    source = "\n".join(path.read_text() for path in CODE.rglob("*.py"))
    plain = set(re.findall(r'journal\.write\(\s*"([a-z_.]+)"', source))
    about = re.findall(r'journal\.write\(\s*f"territory\.\{[^}]*\}(_\w+)"', source)
    return plain | {f"territory.place{ending}" for ending in about}


def test_every_gesture_that_the_application_writes_has_its_words():
    codes = written_codes()
    assert len(codes) > 50
    assert sorted(codes - set(WORDS)) == []


def test_a_gesture_without_words_is_shown_as_it_is():
    assert in_words("moon.landed") == "moon.landed"
