"""A large file is read by parts, by whoever began it: stopped, gone on with, lost; then written whole or not at all."""

import os
import shutil

import pytest
from django.conf import settings

from allervers.accounts.models import Role
from allervers.base.errors import Refused
from allervers.base.models import Entry
from allervers.territory.imports import carrying, pouring
from allervers.territory.models import Area, Figure, Import, Source
from allervers.web.desk.views.territory import importing
from tests.factories.accounts import AgentFactory
from tests.territory import files
from tests.web.test_territory_import import CARRY, CHOOSE, READ, STOP, choose, confirm, french, waiting

pytestmark = pytest.mark.django_db
ROWS = [f"97{number};Commune {number};{number};20000;19;3" for number in range(101, 112)]


@pytest.fixture(autouse=True)
def _slices_of_two_rows(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    monkeypatch.setattr(carrying, "CHUNK", 2)
    monkeypatch.setattr(importing, "A_SLICE", 0)


@pytest.fixture
def browser(signed_in):
    return signed_in(AgentFactory(role=Role.COORDINATOR))


def begin(browser, *rows):
    return choose(browser, files.filosofi(*(rows or ROWS)))


def key_of(page) -> dict:
    return {"key": page.context["waiting"].key}


def go_on(browser, page):
    return browser.post(READ, key_of(page), follow=True)


def to_the_end(browser, page):
    while page.context["seen"] is None:
        page = go_on(browser, page)
    return page


def test_a_large_file_says_how_far_it_is_read_and_offers_to_go_on_or_to_stop(browser):
    page = begin(browser)
    assert '<progress id="read" max="100" value="18">' in page.text
    assert "2 lignes lues sur 11 environ" in page.text
    assert "Continuer" in page.text and "Arrêter" in page.text
    assert "4 lignes lues" in go_on(browser, page).text


def test_by_parts_or_at_once_it_would_do_the_same(browser, monkeypatch):
    rows = [*ROWS, ROWS[0], "97120;Commune-Folle;100;-5;300;2"]
    parts = to_the_end(browser, begin(browser, *rows)).context["seen"]
    monkeypatch.setattr(importing, "A_SLICE", 60)
    whole = begin(browser, *rows).context["seen"]
    assert parts == whole
    assert (parts.rows, parts.created, parts.refused) == (13, 11, 2)
    assert "déjà ligne 2" in parts.faults[0]


def test_quarters_know_the_communes_of_the_parts_before(browser):
    header = "IRIS;LIBIRIS;COM;LIBCOM;DISP_TP6021"
    rows = [f"97101010{number};Quartier {number};97101;{'Ville' if number == 1 else ''};12" for number in range(1, 6)]
    page = to_the_end(browser, choose(browser, files.filosofi(*rows, header=header)))
    assert page.context["seen"].refused == 1  # the commune is not known yet in the first part
    confirm(browser, page)
    assert Area.objects.filter(commune__code="97101").count() == 4


def test_nothing_is_written_before_the_end_and_then_all_of_it_once(browser):
    page = begin(browser)
    while page.context["seen"] is None:
        assert not (Area.objects.exists() or Source.objects.exists() or Entry.objects.filter(what="territory.imported"))
        page = go_on(browser, page)
    assert "Le fichier est importé." in confirm(browser, page).text
    assert (Area.objects.count(), Import.objects.count()) == (11, 1)
    assert waiting() == []
    page = to_the_end(browser, begin(browser))
    assert "Rien à importer : tout est déjà là." in page.text


def test_who_comes_back_finds_it_and_goes_on(browser):
    page = go_on(browser, begin(browser))
    found = browser.get(CHOOSE)
    assert "«\u202frevenus.csv\u202f» attend" in found.text
    assert "4 lignes lues" in found.text
    assert "data-goes-on" not in found.text
    assert "data-goes-on" in browser.get(READ).text
    assert "6 lignes lues" in go_on(browser, found).text
    page = to_the_end(browser, page)
    assert "Voir ce qu'il ferait" in french(browser.get(CHOOSE))


def test_stopped_nothing_of_it_is_left(browser):
    page = browser.post(STOP, key_of(go_on(browser, begin(browser))), follow=True)
    assert "L'import est arrêté : rien n'a été écrit." in french(page)
    assert waiting() == []
    assert not Area.objects.exists()


@pytest.mark.parametrize("address", [READ, STOP, CARRY])
def test_another_agent_neither_sees_it_nor_touches_it(browser, signed_in, address):
    page = begin(browser)
    other = signed_in(AgentFactory(role=Role.COORDINATOR))
    assert "revenus.csv" not in other.get(CHOOSE).text
    assert "n'est plus là" in french(other.get(READ, follow=True))
    assert "n'est plus là" in french(other.post(address, key_of(page), follow=True))
    assert "2 lignes lues" in browser.get(READ).text


@pytest.mark.parametrize("address", [READ, STOP, CARRY])
@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.PARTNER_AGENT])
def test_who_may_not_change_the_territory_reads_no_file(signed_in, address, role):
    assert signed_in(AgentFactory(role=role)).post(address, {"key": "a" * 32}).status_code == 403


@pytest.mark.parametrize("lost", ["file", "reading", ""])
@pytest.mark.parametrize("address", [READ, STOP, CARRY])
def test_a_file_that_vanished_is_said_with_what_to_do(browser, address, lost):
    page = begin(browser)
    folder = waiting()[0]
    shutil.rmtree(folder) if not lost else (folder / lost).unlink()
    said = french(browser.post(address, key_of(page), follow=True))
    assert "Le fichier n'est plus là" in said
    assert "Choisissez-le de nouveau." in said


def test_a_file_left_an_hour_is_not_gone_on_with(browser):
    page = begin(browser)
    os.utime(waiting()[0], (0, 0))
    assert "laissé plus d'une heure" in french(go_on(browser, page))
    assert waiting() == []


def test_a_file_left_an_hour_is_no_longer_offered(browser):
    begin(browser)
    os.utime(waiting()[0], (0, 0))
    assert "attend" not in browser.get(CHOOSE).text


def test_another_file_takes_its_place_and_the_former_page_cannot_bring_it_in(browser):
    former = to_the_end(browser, begin(browser))
    to_the_end(browser, begin(browser, *ROWS[:3]))
    assert len(waiting()) == 1
    assert "n'est plus là" in french(confirm(browser, former))
    assert not Area.objects.exists()


def test_it_is_not_brought_in_before_it_is_read_whole(browser):
    page = browser.post(CARRY, key_of(begin(browser)), follow=True)
    assert page.redirect_chain == [(READ, 302)]
    assert not Area.objects.exists()


def test_a_file_that_no_longer_reads_half_way_is_refused_and_forgotten(browser):
    page = begin(browser, *ROWS[:4], '97105;"Commune' + "x" * 140_000)
    page = go_on(browser, page)
    while page.context.get("seen", "") is None:
        page = go_on(browser, page)
    assert "un guillemet n'est sans doute jamais fermé" in french(page)
    assert waiting() == []


def test_when_the_last_rows_fail_nothing_is_written_and_it_can_be_tried_again(browser, monkeypatch):
    page = to_the_end(browser, begin(browser))
    insert, calls = pouring.insert, []

    def fail_at_the_end(model, columns, rows):
        calls.append(model)
        if calls.count(Figure) == 6:
            raise RuntimeError("The disk is full.")
        insert(model, columns, rows)

    with monkeypatch.context() as trouble, pytest.raises(RuntimeError, match="disk"):
        trouble.setattr(pouring, "insert", fail_at_the_end)
        confirm(browser, page)
    assert not (Area.objects.exists() or Figure.objects.exists() or Source.objects.exists() or Import.objects.exists())
    assert "Le fichier est importé." in confirm(browser, browser.get(READ)).text
    assert Area.objects.count() == 11


def test_a_refusal_at_the_end_is_said(browser, monkeypatch):
    page = to_the_end(browser, begin(browser))

    def refuse(**_):
        raise Refused("no", why="Pas maintenant.", remedy="Plus tard.")

    monkeypatch.setattr(importing.imports, "carry_out", refuse)
    assert "Pas maintenant. Plus tard." in confirm(browser, page).text


def test_each_part_asks_as_few_questions_as_the_first(browser, queries_for):
    page = begin(browser, *ROWS)
    second = queries_for(lambda: browser.post(READ, key_of(page)))
    for _ in range(2):
        browser.post(READ, key_of(page))
    assert queries_for(lambda: browser.post(READ, key_of(page))) == second <= 12


def test_a_page_that_only_looks_moves_nothing(browser):
    begin(browser)
    kept = (waiting()[0] / "reading").read_text()
    browser.get(READ)
    browser.get(CHOOSE)
    assert (waiting()[0] / "reading").read_text() == kept


def test_the_place_where_files_wait_is_closed_to_others(browser):
    begin(browser)
    assert waiting()[0].stat().st_mode & 0o077 == 0
    assert waiting()[0].is_relative_to(settings.VAR)
