"""Chiffres: a period's figures, what each counts, the facts behind, the CSV and the report; the few hidden outside."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse

from allervers.accounts.models import Role
from allervers.base import clock
from allervers.learning.definitions import ALL, BY_ID
from allervers.learning.scope import SPLITS
from allervers.outreach import ops as outings
from tests.factories.accompaniment import ClaimFactory, JourneyFactory, open_right
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import AssessmentFactory, EncounterFactory
from tests.factories.outreach import OutingFactory
from tests.factories.people import PersonFactory
from tests.factories.territory import AreaFactory

pytestmark = pytest.mark.django_db
SHOW, CSV, REPORT = "/chiffres", "/chiffres/tableur", "/chiffres/rapport"


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def awa():
    return AgentFactory(full_name="Awa Inventée", teams=[TeamFactory()])


@pytest.fixture
def browser(awa, signed_in):
    return signed_in(awa)


@pytest.fixture
def lived(awa):
    """A little of everything: an outing, somebody without a name, Nour, rights found, one open."""
    outing = outings.start_outing(outing=OutingFactory(by=awa, starts_at=clock.now()), by=awa)
    EncounterFactory(by=awa, outing=outing, anonymous_count=3, outcome="not_now", form="non_claiming")
    nour = PersonFactory(by=awa, name="Nour Inventée", purposes=["rights", "journey"])
    met = EncounterFactory(by=awa, outing=outing, people=[nour.pk])
    AssessmentFactory(by=awa, encounter=met, person_id=nour.pk)
    open_right(ClaimFactory(by=awa, journey=JourneyFactory(by=awa, person=nour)), amount=512)
    return outing


def french(page) -> str:
    return page.text.replace("&#x27;", "'").replace("\u202f", " ").replace("\xa0", " ")


def tiles(page) -> dict[str, str]:
    """Each figure's id → what the page says."""
    said = (line for _, lines in page.context["families"] for line in lines)
    return {one.id: value.replace("\u202f", " ") for one, value, _ in said}


# ---------------------------------------------------------------- the page


def test_a_period_without_a_fact_says_where_figures_come_from(browser):
    page = french(browser.get(SHOW))
    assert "Rien d'écrit sur cette période" in page
    assert "les chiffres viennent des faits" in page


def test_figures_say_what_was_done_and_what_each_counts(browser, lived):
    page = browser.get(SHOW)
    said = tiles(page)
    assert (said["met"], said["met_anonymous"], said["met_known"], said["not_now"]) == ("4", "3", "1", "1")
    assert (said["rights_found"], said["rights_opened"], said["euros_opened"]) == ("1", "1", "512 €")
    assert said["days_to_grant"] == "14 j"
    assert french(page).count("Ce qu'il compte") == len(ALL)
    assert BY_ID["met"].says.replace("'", "&#x27;") in page.text


def test_drawings_are_made_on_the_server_and_the_same_numbers_are_written(browser, lived):
    page = browser.get(SHOW).text
    assert page.count('<svg aria-hidden="true" focusable="false"') >= 2


def test_another_period_has_its_own_figures(browser, lived):
    assert tiles(browser.get(SHOW, {"since": "2026-01-01", "until": "2026-03-31"}))["met"] == "0"
    assert tiles(browser.get(SHOW, {"since": "2026-06-02", "until": "2026-06-02"}))["met"] == "4"


def test_one_commune_or_one_team_has_its_own_figures(browser, awa, lived):
    period = {"since": "2026-06-01", "until": "2026-06-30"}
    assert tiles(browser.get(SHOW, {**period, "area": lived.area.pk}))["met"] == "4"
    assert tiles(browser.get(SHOW, {**period, "area": AreaFactory().pk}))["met"] == "0"
    assert tiles(browser.get(SHOW, {**period, "team": awa.teams.get().pk}))["met"] == "4"
    assert tiles(browser.get(SHOW, {**period, "team": TeamFactory().pk}))["met"] == "0"


@pytest.mark.parametrize("split", SPLITS)
def test_each_way_of_splitting_has_its_table_and_each_cell_its_facts(browser, lived, split):
    page = browser.get(SHOW, {"since": "2026-05-01", "until": "2026-06-30", "split": split})
    assert page.context["rows"], split
    assert SPLITS[split].capitalize() in page.text
    for row, _ in page.context["rows"]:
        sent = {"since": "2026-05-01", "until": "2026-06-30", "split": split, "key": row.key}
        behind = browser.get(reverse("figures-behind", args=["rights_opened"]), sent)
        assert behind.status_code == 200
        assert behind.context["found"].count == row["rights_opened"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"since": "2026-06-30", "until": "2026-06-01"}, "finit avant d'avoir commencé"),
        ({"since": "2001-01-01", "until": "2026-06-01"}, "plus de douze ans"),
        ({"since": "hier", "until": "2026-06-01"}, "date valide"),
        ({"since": "0001-01-01", "until": "0001-01-05"}, "entre 2000 et 2100"),
        ({"since": "9999-12-30", "until": "9999-12-31"}, "entre 2000 et 2100"),
        ({"since": "2026-06-01", "until": "2026-06-30", "area": "abc"}, "Commune"),
        ({"since": "2026-06-01", "until": "2026-06-30", "split": "signe"}, "choix valide"),
    ],
)
def test_what_cannot_be_asked_is_said_in_the_form_beside_usual_figures(browser, lived, asked, words):
    page = browser.get(SHOW, asked)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert words in french(page)
    assert tiles(page)["met"] == "4"
    for address in (CSV, reverse("figures-behind", args=["met"])):
        assert browser.get(address, asked).status_code == 200


def test_a_long_table_has_pages_and_asks_as_many_queries(browser, awa, queries_for):
    address = f"{SHOW}?since=2026-06-01&until=2026-06-30&split=area"
    EncounterFactory(by=awa)
    one = queries_for(lambda: browser.get(address))
    for _ in range(54):
        EncounterFactory(by=awa)
    assert queries_for(lambda: browser.get(address)) == one
    page = browser.get(address)
    assert "Page 1 sur 2" in page.text
    assert "since=2026-06-01" in page.text.partition('rel="next"')[0][-200:]


# ---------------------------------------------------------------- the facts behind


def test_a_figure_drills_to_its_facts_and_they_add_up(browser, lived):
    page = browser.get(reverse("figures-behind", args=["met"]))
    found = page.context["found"]
    assert (found.weight, sum(line.weight for line in found.lines)) == (4, 4)
    assert "Rencontre" in page.text


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_every_figure_opens_on_its_facts(browser, lived, one):
    page = browser.get(reverse("figures-behind", args=[one.id]))
    assert page.status_code == 200
    assert bool(page.context["found"].count) == bool(browser.get(SHOW).context["found"].total.counted(one.id))


def test_names_are_for_those_who_may_open_them(browser, signed_in, awa, lived):
    address = reverse("figures-behind", args=["met_known"])
    assert "Nour Inventée" in browser.get(address).text
    coordinator = signed_in(AgentFactory(role=Role.COORDINATOR, teams=[awa.teams.get()]))
    assert "Nour" not in coordinator.get(address).text
    stranger = signed_in(AgentFactory(teams=[TeamFactory()]))
    assert "Nour" not in stranger.get(address).text


def test_a_figure_at_zero_says_so(browser):
    assert "Ce chiffre est à zéro" in browser.get(reverse("figures-behind", args=["met"])).text


def test_a_figure_that_does_not_exist_is_a_page_that_does_not_exist(browser):
    assert browser.get(reverse("figures-behind", args=["bonheur"])).status_code == 404


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("key", ["abc", "12345678-1234-5678-1234-567812345678", "-1", "99999999999999999999", "'"])
def test_a_cell_that_does_not_exist_has_no_fact(browser, lived, split, key):
    sent = {"since": "2026-05-01", "until": "2026-06-30", "split": split, "key": key}
    page = browser.get(reverse("figures-behind", args=["met"]), sent)
    assert page.status_code == 200
    assert page.context["found"].count == 0


@pytest.mark.parametrize("page", ["2", "99", "0", "-1", "abc", "²", "9" * 5000])
def test_a_long_list_of_facts_has_pages(browser, awa, page):
    outing = outings.start_outing(outing=OutingFactory(by=awa, starts_at=clock.now()), by=awa)
    for _ in range(53):
        EncounterFactory(by=awa, outing=outing)
    shown = browser.get(reverse("figures-behind", args=["encounters"]), {"page": page})
    assert shown.status_code == 200
    assert len(shown.context["found"].lines) == (3 if page in ("2", "99") else 50)
    assert f"Page {2 if page in ('2', '99') else 1} sur 2" in shown.text


def test_as_many_queries_for_one_fact_as_for_fifty(browser, awa, queries_for):
    def meet():
        EncounterFactory(by=awa, people=[PersonFactory(by=awa).pk])

    meet()
    address = reverse("figures-behind", args=["met"])
    one = queries_for(lambda: browser.get(address))
    for _ in range(20):
        meet()
    assert queries_for(lambda: browser.get(address)) == one


# ---------------------------------------------------------------- what leaves


def test_the_spreadsheet_hides_the_few_and_opens_in_french(browser, lived):
    answer = browser.get(CSV)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="chiffres-2026-06-02.csv"'
    assert answer.text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    assert any("moins de 5" in cell or "1 à 4" in cell for row in rows for cell in row)
    assert not any(row[1:2] == ["4"] for row in rows)
    assert "Nour" not in answer.text


def test_the_report_says_actions_results_difficulties_and_leaves_the_grant_to_fill(browser, awa, lived):
    outings.debrief_outing(outing=lived, was_hard="Le vent", went_well="Le café", by=awa)
    page = french(browser.get(REPORT))
    for words in ("Rapport annuel au préfet, 2026", "Stand sur un marché", "Le vent", "Cofinancements", "………"):
        assert words in page, words
    assert "Nour" not in page


def test_a_year_without_anything_says_so(browser):
    page = french(browser.get(REPORT))
    assert "Aucune sortie tenue cette année-là." in page
    assert "Aucun débrief écrit." in page


@pytest.mark.parametrize(("asked", "year"), [("2025", 2025), ("abc", 2026), ("²", 2026), ("1", 2026), ("9" * 99, 2026)])
def test_another_year_can_be_asked(browser, asked, year):
    assert browser.get(REPORT, {"year": asked}).context["year"] == year


# ---------------------------------------------------------------- who

READ = {Role.PRACTITIONER, Role.JOURNEY_LEAD, Role.COORDINATOR, Role.PEER_SUPPORTER, Role.ADMINISTRATOR}
DRILL = {Role.PRACTITIONER, Role.JOURNEY_LEAD, Role.COORDINATOR}


@pytest.mark.parametrize("role", Role)
def test_who_reads_figures_and_who_drills_to_the_facts(signed_in, lived, role):
    browser = signed_in(AgentFactory(role=role))
    for address in (SHOW, CSV, REPORT):
        assert browser.get(address).status_code == (200 if role in READ else 403)
    behind = reverse("figures-behind", args=["met"])
    assert browser.get(behind).status_code == (200 if role in DRILL else 403)
    if role in READ:
        assert (behind in browser.get(SHOW).text) == (role in DRILL)


def test_the_last_three_months_are_shown_unless_asked_otherwise(browser):
    period = browser.get(SHOW).context["found"].period
    assert (period.until, period.until - period.since) == (date(2026, 6, 2), timedelta(days=90))
