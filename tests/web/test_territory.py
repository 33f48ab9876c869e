"""Territoire: the communes as a table and a map, a commune and why go there, its places."""

import re
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from allervers.accounts.models import Role
from allervers.base import clock
from allervers.outreach import ops as outings
from allervers.territory.models import Place
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.outreach import OutingFactory
from tests.factories.territory import (
    AreaFactory,
    FigureFactory,
    PartnerFactory,
    PlaceFactory,
    ServiceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/territoire"


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def awa():
    return AgentFactory(teams=[TeamFactory()])


@pytest.fixture
def browser(awa, signed_in):
    return signed_in(awa)


@pytest.fixture
def coordinator(awa, signed_in):
    return signed_in(AgentFactory(role=Role.COORDINATOR, teams=[awa.teams.get()]))


@pytest.fixture
def town():
    return AreaFactory(name="Saint-Élix-Essai", code="31999", latitude=43.1, longitude=0.7)


def french(page) -> str:
    return page.text.replace("&#x27;", "'").replace("\xa0", " ").replace("\u202f", " ")


# ---------------------------------------------------------------- the list


def test_an_empty_territory_says_what_to_bring(browser, coordinator):
    assert "Le territoire est encore vide" in browser.get(LIST).text
    assert reverse("territory-import") not in browser.get(LIST).text
    assert reverse("territory-import") in coordinator.get(LIST).text


def test_communes_are_read_with_their_figures_and_where_they_come_from(browser, town):
    FigureFactory(area=town, indicator="poverty_rate", value=Decimal(23))
    page = french(browser.get(LIST))
    for words in ("Saint-Élix-Essai", "23 %", "Revenus inventés", "1 mars 2024", "pas connu"):
        assert words in page, words


def test_what_is_not_published_is_said_and_is_never_zero(browser, town):
    FigureFactory(area=town, indicator="poverty_rate", value=None)
    page = french(browser.get(LIST))
    assert "non publié" in page
    assert ">0 %" not in page


def test_communes_can_be_ordered_by_a_figure_those_without_it_last(browser):
    for name, value in (("Basse", Decimal(5)), ("Haute", Decimal(40)), ("Silencieuse", None)):
        FigureFactory(area=AreaFactory(name=name), indicator="poverty_rate", value=value)
    AreaFactory(name="Absente")
    page = browser.get(LIST, {"par": "poverty_rate"})
    assert [row["area"].name for row in page.context["rows"]][:2] == ["Haute", "Basse"]
    assert {row["area"].name for row in page.context["rows"]} == {"Haute", "Basse", "Silencieuse", "Absente"}
    assert browser.get(LIST, {"par": "la-lune"}).status_code == 200


@pytest.mark.parametrize("typed", ["saint elix", "ÉLIX", "31999", "Saint-Élix-Essai"])
def test_a_commune_is_found_however_it_is_written(browser, town, typed):
    AreaFactory(name="Ailleurs")
    page = browser.get(LIST, {"q": typed})
    assert [row["area"] for row in page.context["rows"]] == [town]


def test_no_commune_of_that_name_is_said(browser, town):
    assert "Aucune commune de ce nom" in browser.get(LIST, {"q": "Nulle-Part"}).text


def test_the_map_is_drawn_on_the_server_and_silent_for_a_screen_reader(browser, town):
    FigureFactory(area=town, indicator="poverty_rate", value=Decimal(23))
    page = browser.get(LIST).text
    assert re.search(r'<svg aria-hidden="true"', page)
    assert "Saint-Élix-Essai" in page.partition("<figure")[2], "its name is on the map"
    assert "<script" not in page.partition("<figure")[2]


def test_a_commune_nobody_placed_still_has_its_line(browser):
    AreaFactory(name="Sans-Lieu")
    assert "Sans-Lieu" in browser.get(LIST).text


def test_a_long_list_has_pages_and_asks_as_many_queries_for_one_as_for_many(browser, town, queries_for):
    FigureFactory(area=town)
    one = queries_for(lambda: browser.get(LIST))
    source = SourceFactory(title="Autres revenus inventés")
    for _ in range(59):
        FigureFactory(area=AreaFactory(latitude=43.2, longitude=0.8), source=source)
    assert queries_for(lambda: browser.get(LIST)) == one
    page = browser.get(LIST)
    assert "Page 1 sur 2" in page.text
    assert "60 communes" in page.text


# ---------------------------------------------------------------- one commune


def test_a_commune_says_why_here_with_what_is_not_known(browser, town):
    FigureFactory(area=town, indicator="poverty_rate", value=Decimal(23))
    page = browser.get(reverse("area", args=["31999"]))
    assert page.context["why"]
    assert "23 %" in french(page)


def test_a_commune_of_which_nothing_is_known_says_so(browser, town):
    page = french(browser.get(reverse("area", args=["31999"])))
    assert "Aucun chiffre connu : cela ne veut pas dire zéro." in page
    assert "Aucun lieu noté." in page
    assert "Aucune sortie ici" in page


def test_where_people_already_go_who_is_there_and_where_we_went(browser, awa, town):
    PlaceFactory(area=town, name="Marché du jeudi", opening_hours="jeudi matin", note="Se garer derrière")
    ServiceFactory(partner=PartnerFactory(name="Association inventée", area=town), name="Écrivain public")
    OutingFactory(by=awa, area=town)
    cancelled = OutingFactory(by=awa, area=town)
    outings.cancel_outing(outing=cancelled, why="Pluie", by=awa)
    page = french(browser.get(reverse("area", args=["31999"])))
    for words in ("Marché du jeudi", "jeudi matin", "Se garer derrière", "Association inventée", "Écrivain public"):
        assert words in page, words
    assert str(cancelled.pk) not in page


def test_a_quarter_knows_its_commune_and_the_commune_its_quarters(browser, town):
    AreaFactory(code="319990101", name="Le Centre d'Essai", commune=town)
    assert "Le Centre d'Essai" in french(browser.get(reverse("area", args=["31999"])))
    assert reverse("area", args=["31999"]) in browser.get(reverse("area", args=["319990101"])).text


def test_a_commune_with_much_in_it_asks_as_many_queries(browser, awa, town, queries_for):
    def live():
        PlaceFactory(area=town)
        ServiceFactory(partner=PartnerFactory(area=town))
        OutingFactory(by=awa, area=town, starts_at=clock.now())

    live()
    FigureFactory(area=town)
    one = queries_for(lambda: browser.get(reverse("area", args=["31999"])))
    for _ in range(9):
        live()
    assert queries_for(lambda: browser.get(reverse("area", args=["31999"]))) == one


@pytest.mark.parametrize("code", ["00000", "abc", "é", "3199 9", "31999'--"])
def test_a_code_of_nowhere_is_a_page_that_does_not_exist(coordinator, code):
    assert coordinator.get(f"{LIST}/{code}").status_code == 404
    assert coordinator.get(f"{LIST}/{code}/lieux").status_code == 404


# ---------------------------------------------------------------- places


def place(**more):
    sent = {"name": "Halle d'essai", "kind": "market", "address": "", "opening_hours": "mardi matin", "note": ""}
    return {"id": uuid4(), **sent, "checked_on": "", **more}


def test_a_place_is_added_once_however_often_it_is_sent(coordinator, town):
    sent = place(checked_on="2026-06-01")
    for _ in range(2):
        assert coordinator.post(reverse("place-new", args=["31999"]), sent).url == reverse("area", args=["31999"])
    added = Place.objects.get()
    assert (added.pk, added.name, added.checked_on) == (sent["id"], "Halle d'essai", date(2026, 6, 1))
    page = coordinator.post(reverse("place-new", args=["31999"]), sent | {"name": "Autre"})
    assert page.status_code == 200
    assert page.context["form"].errors


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "obligatoire"),
        ({"kind": "chateau"}, "choix valide"),
        ({"checked_on": "2031-01-01"}, "futur"),
        ({"id": "abc"}, "UUID"),
    ],
)
def test_a_place_that_cannot_be_is_refused_in_the_form(coordinator, town, wrong, words):
    page = coordinator.post(reverse("place-new", args=["31999"]), place(opening_hours="À garder", **wrong))
    assert page.status_code == 200
    assert words in french(page)
    assert "À garder" in page.text
    assert not Place.objects.exists()


def test_a_place_is_corrected_and_checked(coordinator, town):
    known = PlaceFactory(area=town)
    address = reverse("place-change", args=[known.pk])
    sent = {field.name: field.value() or "" for field in coordinator.get(address).context["form"]}
    for _ in range(2):
        answer = coordinator.post(address, sent | {"name": "Marché couvert", "checked_on": "2026-06-02"})
        assert answer.url == reverse("area", args=["31999"])
    known.refresh_from_db()
    assert (known.name, known.checked_on) == ("Marché couvert", date(2026, 6, 2))
    assert "vérifié le 2 juin 2026" in french(coordinator.get(reverse("area", args=["31999"])))
    page = coordinator.post(address, sent | {"checked_on": "2031-01-01"})
    assert "futur" in french(page)


@pytest.mark.parametrize("key", ["12345678-1234-5678-1234-567812345678"])
def test_a_place_that_is_not_there_is_a_page_that_does_not_exist(coordinator, key):
    assert coordinator.get(reverse("place-change", args=[key])).status_code == 404


CHANGE = {Role.COORDINATOR, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_the_territory_and_who_may_changes_it(signed_in, town, role):
    browser = signed_in(AgentFactory(role=role))
    known = PlaceFactory(area=town)
    assert browser.get(LIST).status_code == 200
    assert browser.get(reverse("area", args=["31999"])).status_code == 200
    wanted = 200 if role in CHANGE else 403
    assert browser.get(reverse("place-new", args=["31999"])).status_code == wanted
    assert browser.get(reverse("place-change", args=[known.pk])).status_code == wanted
    assert browser.get(reverse("territory-import")).status_code == wanted
    offered = reverse("place-new", args=["31999"]) in browser.get(reverse("area", args=["31999"])).text
    assert offered == (role in CHANGE)
