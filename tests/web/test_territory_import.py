"""Territoire: a public file comes in; first what it would do, then it is done, whole or not at all, once."""

import io

import pytest
from django.conf import settings
from django.urls import reverse

from allervers.accounts.models import Role
from allervers.territory.models import Area, Figure, Import
from allervers.web.desk.forms import territory as forms
from tests.factories.accounts import AgentFactory
from tests.territory import files

pytestmark = pytest.mark.django_db
CHOOSE, READ = "/territoire/importer", "/territoire/importer/lecture"
CARRY, STOP = "/territoire/importer/faire", "/territoire/importer/arreter"


@pytest.fixture(autouse=True)
def _a_place_for_files(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def browser(signed_in):
    return signed_in(AgentFactory(role=Role.COORDINATOR))


def french(page) -> str:
    return page.text.replace("&#x27;", "'")


def choose(browser, file, kind="filosofi", departments="", name="revenus.csv"):
    file.name = name
    return browser.post(CHOOSE, {"file": file, "kind": kind, "departments": departments}, follow=True)


def confirm(browser, page):
    """Press the button of the preview, with what its page carries."""
    sent = {"key": page.context["waiting"].key, "sha256": page.context["seen"].sha256}
    return browser.post(CARRY, sent, follow=True)


def waiting() -> list:
    folder = settings.VAR / "incoming"
    return list(folder.iterdir()) if folder.exists() else []


def test_a_file_is_seen_before_anything_is_written(browser):
    page = choose(browser, files.filosofi())
    assert page.status_code == 200
    assert page.context["seen"].created > 0
    assert "Importer" in page.text
    assert not Area.objects.exists()


def test_then_it_comes_in_and_nothing_is_left_waiting(browser):
    page = confirm(browser, choose(browser, files.filosofi()))
    assert page.redirect_chain == [(reverse("territory"), 302)]
    assert "Le fichier est importé." in page.text
    assert "Commune-Inventée-Une" in page.text
    assert waiting() == []
    assert "revenus.csv" in browser.get(CHOOSE).text


def test_the_button_pressed_twice_imports_once_and_says_so(browser):
    seen = choose(browser, files.filosofi())
    confirm(browser, seen)
    page = confirm(browser, seen)
    assert "Ce fichier est déjà importé." in page.text
    assert Import.objects.count() == 1


def test_the_same_file_again_would_change_nothing(browser):
    confirm(browser, choose(browser, files.filosofi()))
    page = choose(browser, files.filosofi())
    assert "Rien à importer : tout est déjà là." in page.text
    assert "déjà été importé" in page.text


def test_a_row_that_is_wrong_is_listed_and_the_others_come_in(browser):
    page = choose(browser, files.filosofi(*files.ROWS, "97104;Commune-Folle;100;-5;300;2"))
    assert "Lignes refusées" in page.text
    assert "Ligne 5" in page.text
    confirm(browser, page)
    assert Figure.objects.exists()
    assert not Figure.objects.filter(area__code="97104").exists()


@pytest.mark.parametrize(
    ("file", "kind", "departments", "words"),
    [
        (io.BytesIO(b""), "filosofi", "", "vide"),
        (io.BytesIO(b"\x00\x01\x02" * 50), "filosofi", "", ""),
        (files.text("a;b", "1;2"), "filosofi", "", ""),
        (files.filosofi(), "structures", "", ""),
        (files.filosofi(), "filosofi", "Ariège", "pas un code de département"),
        (files.filosofi(), "recettes", "", "choix valide"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_the_form(browser, file, kind, departments, words):
    page = choose(browser, file, kind, departments)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert words in french(page)
    assert waiting() == []
    assert not Import.objects.exists()


def test_no_file_at_all_is_said(browser):
    assert browser.post(CHOOSE, {"kind": "filosofi"}).context["form"].errors["file"]


def test_a_file_too_large_is_refused_before_it_is_read(browser, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST", 10)
    assert "Découpez-le" in choose(browser, files.filosofi()).text


def test_only_the_departments_asked_come_in(browser):
    page = choose(browser, files.filosofi(), departments="31, 09")
    assert page.context["seen"].outside == len(files.ROWS)
    assert "Rien à importer : aucune ligne ne convient." in page.text
    page = confirm(browser, page)
    assert "Aucune des" in page.text
    assert page.redirect_chain == [(CHOOSE, 302)]


@pytest.mark.parametrize("address", [READ, CARRY, STOP])
@pytest.mark.parametrize("key", ["", "../../settings.py", "a" * 32, "A" * 32, "%2e%2e"])
def test_a_key_that_is_not_ours_opens_no_file(browser, address, key):
    page = browser.post(address, {"key": key, "sha256": "a" * 64}, follow=True)
    assert "n'est plus là" in french(page)


def test_a_file_nobody_confirms_does_not_wait_for_ever(browser, at):
    at("2026-06-02")
    choose(browser, files.filosofi())
    assert len(waiting()) == 1
    at("2031-06-04")
    choose(browser, files.filosofi("97101;Commune-Inventée-Une;1;2;3;4"))
    assert len(waiting()) == 1


def test_the_file_s_name_is_shown_as_text(browser):
    assert "<b>" not in choose(browser, files.filosofi(), name="<b>revenus.csv").text
