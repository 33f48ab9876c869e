"""Sortie: prepare, run, debrief, on the desk."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from allervers.accounts.models import Role
from allervers.base import clock
from allervers.encounters.models import Encounter
from allervers.outreach import ops
from allervers.outreach.models import Outing
from allervers.outreach.rules import State, state
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import EncounterFactory
from tests.factories.outreach import OutingFactory
from tests.factories.territory import AreaFactory, FigureFactory, PartnerFactory, PlaceFactory, ServiceFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def awa():
    return AgentFactory(full_name="Awa Inventée", teams=[TeamFactory()])


@pytest.fixture
def browser(awa, signed_in):
    return signed_in(awa)


def asked(**others):
    """What the form of an outing sends."""
    day = {"day": "2026-06-05", "starts": "09:00", "ends": "12:00"}
    return {"id": uuid4(), "kind": "market_stall", "purpose": "Être là", **day, **others}


def now_state(outing) -> State:
    return state(Outing.objects.get(pk=outing.pk), clock.now())


# ---------------------------------------------------------------- the list


def test_a_new_team_is_told_what_to_do_first(browser):
    page = browser.get(reverse("outings"))
    assert "Aucune sortie pour l'instant" in page.text
    assert reverse("outing-new") in page.text


def test_the_list_begins_with_what_comes_and_finds_the_past(browser, awa):
    coming, past = OutingFactory(by=awa, purpose="À venir"), OutingFactory(by=awa, area=AreaFactory(name="Revel-Essai"))
    ops.start_outing(outing=past, by=awa)
    ops.debrief_outing(outing=past, by=awa)
    assert str(coming.pk) in (page := browser.get(reverse("outings")).text)
    assert str(past.pk) not in page.replace("Revel-Essai", "")
    assert str(past.pk) in browser.get(reverse("outings"), {"state": "debriefed"}).text
    assert str(coming.pk) not in browser.get(reverse("outings"), {"state": "debriefed"}).text


@pytest.mark.parametrize("wanted", list(State))
def test_each_state_finds_its_outings_and_only_them(browser, awa, wanted, at):
    every = {one: OutingFactory(by=awa, starts_at=clock.now() + HOUR) for one in State}
    ops.cancel_outing(outing=every[State.CANCELLED], why="pluie", by=awa)
    for one in (State.UNDER_WAY, State.TO_DEBRIEF, State.DEBRIEFED):
        ops.start_outing(outing=every[one], by=awa)
    ops.debrief_outing(outing=every[State.DEBRIEFED], by=awa)
    at(clock.now() + timedelta(days=1))
    later = {State.PREPARED: OutingFactory(by=awa), State.UNDER_WAY: OutingFactory(by=awa)}
    ops.start_outing(outing=later[State.UNDER_WAY], by=awa)
    rows = browser.get(reverse("outings"), {"state": wanted}).context["lines"]
    assert rows
    assert {where for _, where in rows} == {wanted}


def test_an_unreadable_filter_is_said_and_hides_nothing(browser, awa):
    outing = OutingFactory(by=awa)
    page = browser.get(reverse("outings"), {"kind": "fusée", "team": "rien"})
    assert page.status_code == 200
    assert str(outing.pk) in page.text
    assert "Sélectionnez un choix valide" in page.text


def test_a_long_list_asks_no_more_than_a_short_one(browser, awa, queries_for):
    OutingFactory(by=awa, agents=[awa])
    one = queries_for(lambda: browser.get(reverse("outings")))
    for n in range(49):
        OutingFactory(by=awa, agents=[awa], despite_overlap=True, starts_at=clock.now() + n * HOUR)
    assert queries_for(lambda: browser.get(reverse("outings"))) == one
    assert "Page 1 sur 2" in browser.get(reverse("outings")).text


# ---------------------------------------------------------------- preparing


def test_preparing_asks_the_commune_then_proposes_its_places_and_its_reasons(browser, awa):
    town, other = AreaFactory(name="Sainte-Éloïse-Essai"), AreaFactory()
    place, elsewhere = PlaceFactory(area=town), PlaceFactory(area=other)
    FigureFactory(area=town)
    found = browser.get(reverse("outing-new"), {"q": "eloise"}).text
    assert town.name in found
    assert other.name not in found
    page = browser.get(reverse("outing-new"), {"area": town.code})
    assert place.name in page.text
    assert elsewhere.name not in page.text
    assert "Institut inventé" in page.context["form"].initial["why_here"]
    assert awa.full_name in page.text


def test_an_outing_is_prepared(browser, awa):
    town = AreaFactory()
    place, partner = PlaceFactory(area=town), PartnerFactory(area=town)
    answer = browser.post(
        f"{reverse('outing-new')}?area={town.code}",
        asked(place=place.pk, agents=[awa.pk], partners=[partner.pk], why_here="Le marché est plein."),
    )
    outing = Outing.objects.get()
    assert answer.url == reverse("outing", args=[outing.pk])
    assert (outing.area, outing.place, outing.team) == (town, place, awa.teams.get())
    assert [*outing.agents.all(), *outing.partners.all()] == [awa, partner]
    assert outing.ends_at - outing.starts_at == 3 * HOUR


def test_a_form_sent_twice_prepares_one_outing(browser):
    town, sent = AreaFactory(), asked()
    for _ in range(2):
        assert browser.post(f"{reverse('outing-new')}?area={town.code}", sent).status_code == 302
    assert Outing.objects.count() == 1


def test_a_round_that_passes_midnight_finishes_the_day_after(browser):
    town = AreaFactory()
    browser.post(f"{reverse('outing-new')}?area={town.code}", asked(starts="21:00", ends="01:00"))
    assert Outing.objects.get().ends_at - Outing.objects.get().starts_at == 4 * HOUR


def test_every_fault_is_said_at_once_in_french(browser):
    page = browser.post(f"{reverse('outing-new')}?area={AreaFactory().code}", {"day": "hier"})
    assert page.status_code == 200
    assert {"kind", "day", "starts", "ends", "purpose"} == set(page.context["form"].errors)
    assert "Il manque quelque chose" in page.text


def test_an_outing_in_the_past_is_refused_with_a_way_on(browser):
    address = f"{reverse('outing-new')}?area={AreaFactory().code}"
    page = browser.post(address, asked(day="2026-05-05"))
    assert "Cette sortie est déjà passée" in page.text
    assert 'name="after_the_fact"' in page.text
    assert browser.post(address, asked(day="2026-05-05", after_the_fact="on")).status_code == 302


def test_two_outings_at_once_are_refused_with_a_way_on(browser, awa):
    address = f"{reverse('outing-new')}?area={AreaFactory().code}"
    browser.post(address, asked(agents=[awa.pk]))
    page = browser.post(address, asked(agents=[awa.pk]))
    assert "une autre sortie attend" in page.text
    assert 'name="despite_overlap"' in page.text
    assert browser.post(address, asked(agents=[awa.pk], despite_overlap="on")).status_code == 302


def test_who_is_in_several_teams_says_which(signed_in):
    first, second = TeamFactory(), TeamFactory()
    browser, town = signed_in(AgentFactory(teams=[first, second])), AreaFactory()
    page = browser.get(reverse("outing-new"), {"area": town.code})
    assert "Quelle équipe" in page.text
    browser.post(f"{reverse('outing-new')}?area={town.code}&team={second.pk}", asked())
    assert Outing.objects.get().team == second


@pytest.mark.parametrize("area", ["", "99999", "' OR 1=1", "é" * 300])
def test_a_commune_that_does_not_exist_is_asked_again(browser, area):
    page = browser.get(reverse("outing-new"), {"area": area, "team": "no team", "q": "%_"})
    assert page.status_code == 200
    assert "Dans quelle commune" in page.text


def test_who_is_in_no_team_is_told_whom_to_ask(signed_in):
    page = signed_in(AgentFactory()).get(reverse("outing-new"))
    assert "Vous n'êtes dans aucune équipe" in page.text


def test_what_was_prepared_can_be_changed_cancelled_and_restored(browser, awa):
    outing = OutingFactory(by=awa)
    page = browser.get(reverse("outing-change", args=[outing.pk]))
    assert page.context["form"].initial["purpose"] == outing.purpose
    browser.post(reverse("outing-change", args=[outing.pk]), asked(purpose="Autre chose"))
    assert Outing.objects.get().purpose == "Autre chose"
    assert "why" in browser.post(reverse("outing-cancel", args=[outing.pk]), {"why": " "}).context["form"].errors
    browser.post(reverse("outing-cancel", args=[outing.pk]), {"why": "pluie"})
    assert now_state(outing) == State.CANCELLED
    browser.post(reverse("outing-restore", args=[outing.pk]))
    assert now_state(outing) == State.PREPARED


# ---------------------------------------------------------------- during, and after


def test_leaving_then_debriefing_each_in_one_gesture_and_each_taken_back(browser, awa):
    outing = OutingFactory(by=awa)
    browser.post(reverse("outing-start", args=[outing.pk]))
    assert now_state(outing) == State.UNDER_WAY
    browser.post(reverse("outing-start-undo", args=[outing.pk]))
    assert now_state(outing) == State.PREPARED
    browser.post(reverse("outing-start", args=[outing.pk]))
    said = {"went_well": "Le café", "was_hard": "Le vent", "people_said": "Revenez", "presence_minutes": "120"}
    browser.post(reverse("outing-debrief", args=[outing.pk]), said)
    assert now_state(outing) == State.DEBRIEFED
    assert "Revenez" in browser.get(reverse("outing", args=[outing.pk])).text
    browser.post(reverse("outing-reopen", args=[outing.pk]))
    assert browser.get(reverse("outing-debrief", args=[outing.pk])).context["form"].initial["went_well"] == "Le café"


def test_a_tap_before_anybody_said_that_they_left_begins_the_outing(browser, awa):
    outing = OutingFactory(by=awa)
    assert reverse("encounter-tally", args=[outing.pk]) in browser.get(reverse("outing", args=[outing.pk])).text
    browser.post(reverse("encounter-tally", args=[outing.pk]), {"id": uuid4(), "how": "conversation"})
    assert now_state(outing) == State.UNDER_WAY


def test_nobody_is_met_days_before_an_outing_nor_during_a_cancelled_one(browser, awa):
    ahead = OutingFactory(by=awa, starts_at=clock.now() + timedelta(days=2))
    cancelled = OutingFactory(by=awa)
    ops.cancel_outing(outing=cancelled, why="pluie", by=awa)
    for outing in (ahead, cancelled):
        page = browser.get(reverse("outing", args=[outing.pk])).text
        assert reverse("encounter-tally", args=[outing.pk]) not in page


def test_a_presence_that_cannot_be_is_refused_in_the_form(browser, awa):
    outing = OutingFactory(by=awa)
    ops.start_outing(outing=outing, by=awa)
    page = browser.post(reverse("outing-debrief", args=[outing.pk]), {"presence_minutes": "5000"})
    assert "Plus de seize heures" in page.text


def test_the_page_at_the_stall_counts_and_takes_the_last_one_back(browser, awa):
    outing = OutingFactory(by=awa)
    ops.start_outing(outing=outing, by=awa)
    EncounterFactory(by=awa, outing=outing, anonymous_count=3)
    EncounterFactory(by=awa, outing=outing)
    page = browser.get(reverse("outing", args=[outing.pk]))
    assert page.context["tally"]["encounters"] == 2
    assert page.context["tally"]["anonymous"] == 4
    browser.post(reverse("encounter-strike", args=[page.context["last"].pk]))
    after = browser.get(reverse("outing", args=[outing.pk])).context["tally"]
    assert after["encounters"] == Encounter.objects.live().count() == 1


def test_the_page_of_an_outing_asks_no_more_for_fifty_meetings_than_for_one(browser, awa, queries_for):
    outing = OutingFactory(by=awa)
    EncounterFactory(by=awa, outing=outing)
    address = reverse("outing", args=[outing.pk])
    one = queries_for(lambda: browser.get(address))
    for _ in range(49):
        EncounterFactory(by=awa, outing=outing)
    assert queries_for(lambda: browser.get(address)) == one
    assert "Page 1 sur 2" in browser.get(address).text


def test_the_sheet_says_whom_to_call_and_nothing_of_anybody_met(browser, awa):
    town = AreaFactory()
    partner = PartnerFactory(area=town, phone="05 00 00 00 07")
    ServiceFactory(partner=partner, name="Domiciliation")
    outing = OutingFactory(by=awa, area=town)
    EncounterFactory(by=awa, outing=outing, said="Je dors dans ma voiture.")
    page = browser.get(reverse("outing-sheet", args=[outing.pk])).text
    assert "05 00 00 00 07" in page
    assert "Domiciliation" in page
    assert "voiture" not in page


def test_once_debriefed_the_counter_is_put_away_but_a_meeting_can_still_be_added(browser, awa):
    outing = OutingFactory(by=awa)
    ops.start_outing(outing=outing, by=awa)
    ops.debrief_outing(outing=outing, by=awa)
    page = browser.get(reverse("outing", args=[outing.pk])).text
    assert reverse("encounter-tally", args=[outing.pk]) not in page
    assert f"{reverse('encounter-new')}?outing={outing.pk}" in page


def test_a_gesture_out_of_turn_is_refused_with_a_reason(browser, awa):
    outing = OutingFactory(by=awa, starts_at=clock.now() + timedelta(days=5))
    page = browser.post(reverse("outing-start", args=[outing.pk]), follow=True)
    assert "pas dans les heures de la sortie" in page.text
    assert now_state(outing) == State.PREPARED


def test_an_outing_of_another_team_and_one_that_does_not_exist_answer_alike(signed_in):
    outing = OutingFactory()
    stranger = signed_in(AgentFactory(teams=[TeamFactory()]))
    known = stranger.get(reverse("outing", args=[outing.pk]))
    unknown = stranger.get(reverse("outing", args=[uuid4()]))
    assert known.status_code == unknown.status_code == 404
    assert known.context["refusal"].why == unknown.context["refusal"].why


FIELD = {Role.PRACTITIONER, Role.JOURNEY_LEAD}
TEAM = FIELD | {Role.COORDINATOR, Role.PEER_SUPPORTER}
WHO = {
    "outings": TEAM | {Role.PARTNER_AGENT},
    "outing": TEAM | {Role.PARTNER_AGENT},
    "outing-sheet": TEAM | {Role.PARTNER_AGENT},
    "outing-new": FIELD | {Role.COORDINATOR},
    "outing-change": FIELD | {Role.COORDINATOR},
    "outing-cancel": FIELD | {Role.COORDINATOR},
    "outing-debrief": TEAM,
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", WHO)
def test_who_may_see_which_page_of_an_outing(awa, signed_in, role, page):
    outing = OutingFactory(by=awa)
    browser = signed_in(AgentFactory(role=role, teams=[awa.teams.get()]))
    address = reverse(page, args=[] if page in ("outings", "outing-new") else [outing.pk])
    assert browser.get(address).status_code == (200 if role in WHO[page] else 403)


GESTURES = {
    "outing-start": TEAM,
    "outing-start-undo": TEAM,
    "outing-reopen": TEAM,
    "outing-restore": FIELD | {Role.COORDINATOR},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", GESTURES)
def test_who_may_do_what_to_an_outing(awa, signed_in, role, name):
    outing = OutingFactory(by=awa)
    browser = signed_in(AgentFactory(role=role, teams=[awa.teams.get()]))
    answer = browser.post(reverse(name, args=[outing.pk]))
    assert answer.status_code == (302 if role in GESTURES[name] else 403)


def test_the_coordination_sees_the_outings_of_every_team(signed_in):
    outing = OutingFactory()
    browser = signed_in(AgentFactory(role=Role.COORDINATOR))
    assert browser.get(reverse("outing", args=[outing.pk])).status_code == 200
