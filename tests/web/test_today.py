"""Aujourd'hui: what waits for me, each with its next gesture; what my role does not open is not there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from allervers.accompaniment import ops as accompaniment
from allervers.accounts.models import Role
from allervers.base import clock
from allervers.base.models import Entry
from allervers.encounters import ops as encounters
from allervers.outreach import ops as outings
from allervers.people import ops as people
from allervers.people.choices import Channel, Purpose, RefusalKind
from tests.factories.accompaniment import ClaimFactory, JourneyFactory, note
from tests.factories.accounts import AgentFactory, TeamFactory, administrator
from tests.factories.encounters import EncounterFactory
from tests.factories.outreach import OutingFactory
from tests.factories.people import PersonFactory, agree

pytestmark = pytest.mark.django_db
TODAY = "/"


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def awa():
    return AgentFactory(full_name="Awa Inventée", teams=[TeamFactory()])


@pytest.fixture
def browser(awa, signed_in):
    return signed_in(awa)


def day(ahead: int):
    return clock.today() + timedelta(days=ahead)


# ---------------------------------------------------------------- outings


def test_a_new_team_is_told_what_to_do_first(browser):
    page = browser.get(TODAY).text
    assert "Par où commencer" in page
    assert reverse("outing-new") in page


def test_an_outing_of_the_day_can_begin_in_one_gesture(browser, awa):
    outing = OutingFactory(by=awa, agents=[awa])
    page = browser.get(TODAY).text
    assert reverse("outing-start", args=[outing.pk]) in page
    assert "vous y allez" in page


def test_one_does_not_leave_for_tomorrows_outing(browser, awa):
    outing = OutingFactory(by=awa, starts_at=clock.now() + timedelta(days=1))
    page = browser.get(TODAY).text
    assert reverse("outing", args=[outing.pk]) in page
    assert reverse("outing-start", args=[outing.pk]) not in page


def test_an_outing_under_way_comes_first_with_the_meeting_to_note(browser, awa):
    outing = outings.start_outing(outing=OutingFactory(by=awa), by=awa)
    page = browser.get(TODAY).text
    assert f"{reverse('encounter-new')}?outing={outing.pk}" in page
    assert "Sorties des jours qui viennent" in page


def test_an_outing_that_is_over_waits_for_its_debriefing_until_it_is_done(browser, awa, at):
    outing = outings.start_outing(outing=OutingFactory(by=awa), by=awa)
    at(clock.now() + timedelta(days=1))
    assert reverse("outing-debrief", args=[outing.pk]) in browser.get(TODAY).text
    outings.debrief_outing(outing=outing, by=awa)
    assert reverse("outing-debrief", args=[outing.pk]) not in browser.get(TODAY).text


def test_the_outings_of_another_team_are_not_mine(browser):
    outing = OutingFactory()
    assert str(outing.pk) not in browser.get(TODAY).text


# ---------------------------------------------------------------- news


def test_somebody_without_a_name_who_asked_for_news_is_one_gesture_away(browser, awa):
    met = EncounterFactory(by=awa, outcome="news", news_by=day(2), agreed="Dire si le guichet ouvre")
    page = browser.get(TODAY).text
    assert "Dire si le guichet ouvre" in page
    answer = browser.post(reverse("encounter-news", args=[met.pk]), {"back": "today"})
    assert answer.url == TODAY
    assert "Dire si le guichet ouvre" not in browser.get(TODAY).text


def asked_for_news(awa, *purposes):
    person = PersonFactory(by=awa, name="Jeanne Inventée", purposes=purposes)
    EncounterFactory(by=awa, people=[person.pk], outcome="news", news_by=day(2))
    return person


def test_somebody_who_agreed_to_be_contacted_is_shown_with_the_ways_open(browser, awa):
    person = asked_for_news(awa, Purpose.CONTACT)
    people.correct_person(
        person_id=person.pk, changes={"may_call": False, "may_text": True, "phone": "0600000000"}, by=awa
    )
    page = browser.get(TODAY).text
    assert "Jeanne Inventée" in page
    assert "On peut : pendant une sortie, par SMS." in page


def test_nothing_is_promised_to_somebody_who_did_not_say_how(browser, awa):
    asked_for_news(awa, Purpose.CONTACT)
    page = browser.get(TODAY).text
    assert "On peut : pendant une sortie. Autrement, on ne sait pas encore comment" in page
    assert "par téléphone" not in page


def test_a_call_needs_a_number(browser, awa):
    person = asked_for_news(awa, Purpose.CONTACT)
    people.correct_person(person_id=person.pk, changes={"may_call": True, "may_write": True}, by=awa)
    page = browser.get(TODAY).text
    assert "On peut : pendant une sortie, par courrier." in page
    assert "on ne sait pas encore" not in page


def test_somebody_who_did_not_agree_to_be_contacted_is_not_shown(browser, awa):
    asked_for_news(awa)
    assert "Jeanne" not in browser.get(TODAY).text


@pytest.mark.parametrize("kind", [RefusalKind.NOT_NOW, RefusalKind.NO_MORE])
def test_somebody_who_has_said_no_since_is_not_shown(browser, awa, kind):
    person = asked_for_news(awa, Purpose.CONTACT)
    people.record_refusal(person_id=person.pk, kind=kind, by=awa)
    assert "Jeanne" not in browser.get(TODAY).text


def test_a_way_that_was_refused_is_not_offered(browser, awa):
    person = asked_for_news(awa, Purpose.CONTACT)
    people.correct_person(person_id=person.pk, changes={"may_text": True, "phone": "0600000000"}, by=awa)
    people.record_refusal(person_id=person.pk, kind=RefusalKind.NOT_THIS_CHANNEL, channel=Channel.TEXT, by=awa)
    page = browser.get(TODAY).text
    assert "Jeanne Inventée" in page
    assert "par SMS" not in page


def test_who_can_be_reached_comes_before_somebody_without_a_name(browser, awa):
    EncounterFactory(by=awa, outcome="news", news_by=day(1))
    asked_for_news(awa, Purpose.CONTACT)
    assert [promise.name for promise in browser.get(TODAY).context["news"]] == ["Jeanne Inventée", ""]


def test_the_promises_beyond_the_first_are_one_click_away(browser, awa):
    for _ in range(12):
        EncounterFactory(by=awa, outcome="news")
    assert "Et 4 autres" in browser.get(TODAY).text
    assert len(browser.get(TODAY, {"nouvelles": "toutes"}).context["news"]) == 12


def test_a_struck_meeting_promises_nothing(browser, awa):
    met = EncounterFactory(by=awa, outcome="news", agreed="Dire si le guichet ouvre")
    encounters.strike_encounter(encounter=met, by=awa)
    assert "Dire si le guichet ouvre" not in browser.get(TODAY).text


# ---------------------------------------------------------------- claims and steps


def test_a_claim_that_waits_shows_its_next_gesture(browser, awa):
    claim = ClaimFactory(by=awa)
    note(claim, "documents_asked", answer_by=day(10))
    page = browser.get(TODAY).text
    assert "Envoyer les pièces demandées" in page
    assert f"{reverse('journey-event', args=[claim.pk])}?kind=documents_sent" in page


def test_a_claim_whose_day_has_passed_is_late_and_apart(browser, awa, at):
    claim = ClaimFactory(by=awa)
    note(claim, "filed", answer_by=day(3))
    assert not browser.get(TODAY).context["late"]
    at("2026-06-20")
    shown = browser.get(TODAY).context
    assert [line.claim.pk for line in shown["late"]] == [claim.pk]
    assert not shown["claims"]


def test_a_step_of_ours_is_done_in_one_gesture(browser, awa):
    journey = JourneyFactory(by=awa)
    step = accompaniment.agree_step(journey=journey, says="Appeler ensemble", who="together", due_on=day(3), by=awa)
    assert "Appeler ensemble" in browser.get(TODAY).text
    browser.post(reverse("journey-step-change", args=[step.pk]), {"gesture": "finish", "from": "today"})
    assert "Appeler ensemble" not in browser.get(TODAY).text


def test_a_step_of_the_persons_own_is_theirs_and_nobody_is_chased(browser, awa):
    accompaniment.agree_step(journey=JourneyFactory(by=awa), says="Retrouver l'avis", who="person", by=awa)
    assert "Retrouver" not in browser.get(TODAY).text


def test_a_withdrawn_agreement_takes_the_person_off_the_page(browser, awa):
    person = PersonFactory(by=awa, name="Jeanne Inventée", purposes=["journey"])
    ClaimFactory(by=awa, journey=JourneyFactory(by=awa, person=person, team=awa.teams.get()))
    assert "Jeanne" in browser.get(TODAY).text
    people.withdraw_agreement(person_id=person.pk, team=awa.teams.get(), purpose=Purpose.JOURNEY, by=awa)
    assert "Jeanne" not in browser.get(TODAY).text


def test_what_a_colleague_leads_waits_for_them(browser, awa):
    bruno = AgentFactory(teams=[awa.teams.get()])
    journey = JourneyFactory(by=bruno, team=awa.teams.get())
    note(ClaimFactory(by=bruno, journey=journey), "documents_asked", answer_by=day(10))
    accompaniment.agree_step(journey=journey, says="Appeler ensemble", who="together", by=bruno)
    page = browser.get(TODAY).text
    assert "Envoyer les pièces" not in page
    assert "Appeler ensemble" not in page


def test_only_the_names_that_are_shown_leave_a_line(browser, awa):
    for _ in range(12):
        note(ClaimFactory(by=awa), "documents_asked", answer_by=day(10))
    browser.get(TODAY)
    named = Entry.objects.filter(what="people.named").order_by("-number").first()
    assert len(named.facts["people"]) == 8


# ---------------------------------------------------------------- roles


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_its_own_today_and_no_more(awa, signed_in, role):
    person = PersonFactory(by=awa, name="Jeanne Inventée", purposes=["journey", "contact"])
    ClaimFactory(by=awa, journey=JourneyFactory(by=awa, person=person, team=awa.teams.get()))
    EncounterFactory(by=awa, people=[person.pk], outcome="news")
    outing = OutingFactory(by=awa)
    page = signed_in(AgentFactory(role=role, teams=[awa.teams.get()])).get(TODAY)
    field = role in {Role.PRACTITIONER, Role.JOURNEY_LEAD}
    assert page.status_code == 200
    assert ("Jeanne" in page.text) == field
    assert (str(outing.pk) in page.text) == (role != Role.ADMINISTRATOR)
    assert (reverse("outing-start", args=[outing.pk]) in page.text) == (
        role in {Role.PRACTITIONER, Role.JOURNEY_LEAD, Role.COORDINATOR, Role.PEER_SUPPORTER}
    )
    assert ("ligne" in page.text and reverse("journal") in page.text) == (role == Role.ADMINISTRATOR)


def test_the_coordination_sees_the_outings_of_every_team(signed_in):
    first, second = OutingFactory(), OutingFactory()
    page = signed_in(AgentFactory(role=Role.COORDINATOR)).get(TODAY).text
    assert str(first.pk) in page
    assert str(second.pk) in page


def test_a_partner_sees_whom_the_person_chose_to_share_with(awa, signed_in):
    team = TeamFactory(is_partner=True)
    partner = AgentFactory(role=Role.PARTNER_AGENT, teams=[team])
    shared, kept = PersonFactory(by=awa, name="Partagée Inventée"), PersonFactory(by=awa, name="Gardée Inventée")
    agree(shared, Purpose.SHARE, team=team, by=awa)
    page = signed_in(partner).get(TODAY).text
    assert "Partagée Inventée" in page
    assert "Gardée Inventée" not in page
    assert kept


def test_the_administration_is_told_what_to_do_first_then_who_is_in_no_team(signed_in):
    browser = signed_in(administrator())
    assert reverse("team-new") in browser.get(TODAY).text
    TeamFactory()
    AgentFactory(full_name="Nina Inventée")
    assert "Nina Inventée" in browser.get(TODAY).text


def test_who_is_in_no_team_is_told_whom_to_ask(signed_in):
    page = signed_in(AgentFactory()).get(TODAY).text
    assert "aucune équipe" in page
    assert "Par où commencer" not in page


# ---------------------------------------------------------------- a long day


def live_one_more(awa, n):
    person = PersonFactory(by=awa, purposes=["journey", "contact"])
    journey = JourneyFactory(by=awa, person=person, team=awa.teams.get())
    note(ClaimFactory(by=awa, journey=journey), "filed", answer_by=day(5))
    accompaniment.agree_step(journey=journey, says=f"Pas {n}", who="team", by=awa)
    EncounterFactory(by=awa, people=[person.pk], outcome="news")
    OutingFactory(by=awa, starts_at=clock.now() + timedelta(hours=n + 1))


def test_a_long_day_asks_no_more_than_a_short_one(browser, awa, queries_for):
    live_one_more(awa, 0)
    one = queries_for(lambda: browser.get(TODAY))
    for n in range(1, 50):
        live_one_more(awa, n)
    assert queries_for(lambda: browser.get(TODAY)) == one
    page = browser.get(TODAY)
    assert "autres demandes" in page.text
    assert len(page.content) < 80_000
