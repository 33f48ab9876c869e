"""Droits: what the person decides is kept with their agreement: a claim, a "not now", a "no"; whole or not at all."""

import pytest

from allervers.accompaniment.models import Claim
from allervers.accounts import ops as accounts
from allervers.accounts.models import Role
from allervers.base.models import Entry
from allervers.encounters.models import Assessment
from allervers.people import ops as people
from allervers.people.choices import Purpose
from tests.factories.accompaniment import ClaimFactory, JourneyFactory
from tests.factories.accounts import administrator
from tests.factories.encounters import EncounterFactory
from tests.factories.people import PersonFactory, agree
from tests.web.rights.conversation import ASK, SEE, SETTLE, Conversation, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]


def settled(browser, person, **choices):
    """A conversation with a person led to its end."""
    talking = Conversation(browser, person=person.pk)
    talking.send(ASK)
    talking.answer("38")
    talking.send(SEE)
    thread = talking.talk.sealed()
    talking.send(SETTLE, **{f"choice-{right}": choice for right, choice in choices.items()})
    return talking, thread


def agreed_to_be_accompanied(person, by):
    agree(person, Purpose.JOURNEY, team=by.teams.get(), by=by)
    return person


def test_what_the_person_said_and_what_was_found_are_kept_for_them(browser, nour):
    talking, _ = settled(browser, nour)
    assert talking.page.url == f"/personnes/{nour.pk}"
    kept = Assessment.objects.get()
    assert (kept.person, kept.facts["people"]) == (nour, [{"role": "claimant", "age": 38}])
    assert nour.facts.get(path="people[claimant].age").value == 38
    page = browser.get(f"/personnes/{nour.pk}").text
    assert "Droits regardés ensemble le 2 juin 2026" in page
    assert "38" in page


def test_what_is_already_known_is_not_asked_again(browser, nour):
    settled(browser, nour)
    talking = Conversation(browser, person=nour.pk)
    assert "déjà connu" in talking.page.text
    talking.send(ASK)
    assert talking.question == "couple"


def test_a_household_said_to_be_whole_stays_whole_the_next_time(browser, nour, awa):
    people.note_facts(person_id=nour.pk, facts={"children": [3]}, source="said", by=awa)
    assert "more_people" not in Conversation(browser, person=nour.pk).talk.document


def test_each_no_becomes_a_refusal_of_that_right_only(browser, nour):
    settled(browser, nour, rsa="not_now", css="no")
    said = {no.right: (no.kind, no.may_come_back) for no in nour.refusals.all()}
    assert said == {"rsa": ("not_now", True), "css": ("not_this_right", None)}
    assert not Claim.objects.exists()


def test_each_yes_becomes_a_claim_of_the_journey_under_way(browser, awa, nour):
    journey = JourneyFactory(by=awa, person=agreed_to_be_accompanied(nour, awa))
    talking, _ = settled(browser, nour, rsa="ask", css="ask", housing_aid="not_now")
    assert talking.page.url == f"/parcours/{journey.pk}"
    claims = {claim.right: claim for claim in journey.claims.all()}
    assert set(claims) == {"rsa", "css"}
    assert float(claims["rsa"].expected_low) == 559.42
    assert claims["css"].expected_high is None


def test_a_yes_without_a_journey_proposes_one_with_the_rights_already_ticked(browser, nour):
    talking, _ = settled(browser, nour, rsa="ask")
    page = browser.get(talking.page.url)
    assert page.context["form"]["right"].value() == ["rsa"]
    assert not Claim.objects.exists(), "nothing is asked before the person agrees to be accompanied"


def test_choices_sent_twice_are_noted_once(browser, awa, nour):
    journey = JourneyFactory(by=awa, person=agreed_to_be_accompanied(nour, awa))
    _, thread = settled(browser, nour, rsa="ask", css="no", aah="not_now")
    counted = rows()
    again = browser.post(SETTLE, {"talk": thread, "choice-rsa": "ask", "choice-css": "no", "choice-aah": "not_now"})
    assert again.url == f"/parcours/{journey.pk}"
    after = rows()
    assert {table for table in after if after[table] != counted[table]} == {"base.Entry"}
    news = Entry.objects.order_by("-number")[: after["base.Entry"] - counted["base.Entry"]]
    assert {line.what for line in news} == {"people.opened"}


def test_choices_told_otherwise_under_the_same_key_are_refused_on_the_page(browser, nour):
    _, thread = settled(browser, nour, rsa="not_now")
    page = browser.post(SETTLE, {"talk": thread, "choice-rsa": "no", "choice-css": "no"})
    assert page.status_code == 200
    assert "pas encore notés" in page.text
    assert 'name="choice-css" value="no" checked' in page.text
    assert [no.right for no in nour.refusals.all()] == ["rsa"], "all of it or nothing"


def test_asking_for_a_right_once_refused_is_a_change_of_mind(browser, awa, nour):
    people.record_refusal(person_id=nour.pk, kind="not_this_right", right="rsa", by=awa)
    people.record_refusal(person_id=nour.pk, kind="not_this_right", right="css", by=awa)
    JourneyFactory(by=awa, person=agreed_to_be_accompanied(nour, awa))
    talking = Conversation(browser, person=nour.pk)
    page = talking.send(SEE)
    assert "pas ce droit-là" in page.text
    talking.send(SETTLE, **{"choice-rsa": "ask"})
    assert Claim.objects.get().right == "rsa"
    assert [no.right for no in nour.refusals.filter(lifted_at=None)] == ["css"]


def test_a_right_already_claimed_says_where_it_stands_and_is_not_claimed_twice(browser, awa, nour):
    journey = JourneyFactory(by=awa, person=agreed_to_be_accompanied(nour, awa))
    ClaimFactory(by=awa, journey=journey, right="rsa")
    talking = Conversation(browser, person=nour.pk)
    page = talking.send(SEE)
    assert "Déjà demandé ensemble" in page.text
    talking.send(SETTLE, **{"choice-rsa": "ask"})
    assert journey.claims.count() == 1


def test_the_person_joins_the_meeting_when_rights_are_kept(browser, awa, nour):
    met = EncounterFactory(by=awa, anonymous_count=2)
    talking = Conversation(browser, person=nour.pk, encounter=met.pk)
    talking.send(SEE)
    talking.send(SETTLE)
    met.refresh_from_db()
    assert (met.anonymous_count, [one.pk for one in met.people.all()]) == (1, [nour.pk])
    assert Assessment.objects.get().encounter == met


def test_a_meeting_where_there_was_no_room_for_the_person_is_said_on_the_page(browser, awa, nour):
    other = PersonFactory(by=awa)
    met = EncounterFactory(by=awa, people=[other.pk])
    talking = Conversation(browser, person=nour.pk, encounter=met.pk)
    talking.send(SEE)
    page = talking.send(SETTLE, **{"choice-rsa": "no"})
    assert "Corrigez d'abord le nombre" in page.text.replace("&#x27;", "'")
    assert not Assessment.objects.exists()
    assert not nour.facts.exists()


def test_an_agreement_taken_back_meanwhile_closes_the_door_and_keeps_nothing(browser, awa, nour):
    talking = Conversation(browser, person=nour.pk)
    talking.send(SEE)
    people.withdraw_agreement(person_id=nour.pk, team=awa.teams.get(), purpose=Purpose.RIGHTS, by=awa)
    assert talking.send(SETTLE).status_code == 404
    assert not Assessment.objects.exists()


def test_who_lost_the_role_to_write_cannot_keep_choices(browser, awa, nour):
    talking = Conversation(browser, person=nour.pk)
    talking.send(SEE)
    accounts.change_role(agent=awa, role=Role.PEER_SUPPORTER, by=administrator())
    assert talking.send(SETTLE).status_code == 403
    assert not Assessment.objects.exists()


def test_the_results_of_a_person_ask_as_many_queries_for_one_claim_as_for_many(browser, awa, nour, queries_for):
    journey = JourneyFactory(by=awa, person=agreed_to_be_accompanied(nour, awa))
    ClaimFactory(by=awa, journey=journey, right="rsa")
    talking = Conversation(browser, person=nour.pk)
    thread = talking.talk.sealed()
    one = queries_for(lambda: browser.post(SEE, {"talk": thread}))
    for name in ("css", "housing_aid", "aah", "ass", "asf"):
        ClaimFactory(by=awa, journey=journey, right=name)
    assert queries_for(lambda: browser.post(SEE, {"talk": thread})) == one
