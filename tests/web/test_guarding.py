"""What somebody who means harm would try: at the door, in the address, in the forms, in what a browser keeps."""

import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from allervers.accounts import ops
from allervers.base.models import Entry
from allervers.web.desk.urls import urlpatterns
from tests.factories.accounts import PASSWORD, AgentFactory, TeamFactory, administrator
from tests.factories.territory import AreaFactory
from tests.harness import application, browser

pytestmark = pytest.mark.django_db

SIGN_IN = "/connexion"
NOBODY = UUID(int=0)
SAMPLE = {"code": "31483", "figure": "met", "purpose": "record"}


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def awa():
    return AgentFactory(username="awa", teams=[TeamFactory()])


def addresses():
    for one in urlpatterns:
        yield one.name, reverse(one.name, kwargs={key: SAMPLE.get(key, NOBODY) for key in one.pattern.converters})


def sign_in(browser, username="awa", password=PASSWORD, *, wanted="", **more):
    return browser.post(SIGN_IN, {"username": username, "password": password, "next": wanted}, **more)


# ------------------------------------------------------------------ at the door

ELSEWHERE = [
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "http:evil.example", "javascript:alert(1)", "data:text/html,x", " //evil.example", "\t//evil.example",
    "https:/evil.example", "//testserver@evil.example", "http://testserver.evil.example/",
]  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_leads_nowhere_but_here(client, awa, wanted):
    assert sign_in(client, wanted=wanted).url == "/"


def test_signing_in_leads_where_one_was_going(client, awa):
    assert client.get("/sorties?when=past").url == "/connexion?next=/sorties%3Fwhen%3Dpast"
    assert sign_in(client, wanted="/sorties?when=past").url == "/sorties?when=past"


@pytest.mark.parametrize("wanted", ["/sorties", "1e999", "//evil.example/"])
def test_signing_out_leads_to_the_door_and_nowhere_else(client, awa, wanted):
    sign_in(client)
    assert client.post(reverse("sign-out"), {"next": wanted}).url == SIGN_IN


@pytest.mark.parametrize("wanted", ["/connexion", "/deconnexion", "/connexion?next=/connexion", "1e999", "?page=2"])
def test_signing_in_does_not_lead_back_to_the_door_nor_to_what_is_no_page(client, awa, wanted):
    assert sign_in(client, wanted=wanted).url == "/"
    assert client.get(SIGN_IN, {"next": wanted}).url == "/"


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_writing_somebody_down_leads_nowhere_but_here(signed_in, awa, wanted):
    told = {"id": NOBODY, "team": awa.teams.get().pk, "agreed": "on", "route": "said"}
    answer = signed_in(awa).post(f"{reverse('person-new')}?{'&'.join(['next=' + wanted])}", told)
    assert answer.status_code == 302
    assert answer.url == f"/personnes/{NOBODY}"


@pytest.mark.parametrize("spelled", ["AWA", "Awa", " awa ", "ａｗａ"])
def test_no_other_spelling_of_a_name_gives_five_more_tries(client, awa, spelled):
    for n in range(5):
        sign_in(client, ["awa", "aWa"][n % 2], "ce n'est pas le bon")
    assert sign_in(client, spelled).status_code == 429
    assert "quart d'heure" in sign_in(client, spelled).text


def test_a_visitor_does_not_choose_the_address_they_are_counted_under(client, awa):
    for n in range(5):
        sign_in(client, password="ce n'est pas le bon", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="192.0.2.9").status_code == 429


def test_behind_our_proxy_each_visitor_is_counted_under_the_address_the_proxy_saw(client, awa, settings):
    settings.HTTPS = True
    for n in range(5):
        sign_in(client, password="ce n'est pas le bon", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 192.0.2.1")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="192.0.2.1").status_code == 429
    assert sign_in(client, HTTP_X_FORWARDED_FOR="192.0.2.2").status_code == 302
    assert sign_in(Client(), HTTP_X_FORWARDED_FOR="not an address").status_code == 302


def test_a_name_that_nobody_has_and_a_wrong_password_answer_alike_and_take_as_long(client, awa):
    closed = AgentFactory(username="close")
    ops.close_account(agent=closed, by=administrator())
    told = []
    for username in ("awa", "personne", "close"):
        with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as worked:
            page = sign_in(client, username, "ce n'est pas le bon")
        told.append((page.status_code, re.sub(rf'value="(\w{{64}}|{username})"', "…", page.text), worked.call_count))
    assert told[0] == told[1] == told[2]


def test_the_key_of_a_session_is_made_at_the_door_and_dies_on_leaving(client, awa):
    client.get(SIGN_IN)
    client.session["planted"] = "x"
    client.session.save()
    planted = client.session.session_key
    sign_in(client)
    kept = client.session.session_key
    assert kept != planted
    answer = client.post(reverse("sign-out"))
    assert answer["Clear-Site-Data"] == '"cache"'
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert client.get("/").url.startswith(SIGN_IN)


def test_another_password_or_a_closed_account_ends_the_sessions_open_elsewhere(awa):
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    new = "cinq mots tout à fait neufs"
    here.post(reverse("change-password"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").url.startswith(SIGN_IN)
    awa.refresh_from_db()
    ops.close_account(agent=awa, by=administrator())
    assert here.get("/").url.startswith(SIGN_IN)


# ------------------------------------------------------------------ in the forms


def test_no_form_is_taken_from_another_site(awa):
    """Every address, in a browser that has signed in and asks without the token of the form."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(administrator(), backend="django.contrib.auth.backends.ModelBackend")
    before = Entry.objects.count()
    for name, address in addresses():
        answer = browser.post(address, {"csrfmiddlewaretoken": "x" * 64})
        assert answer.status_code == 403, name
        assert "n'a pas pu être vérifiée" in answer.text, name
    assert Entry.objects.count() == before


def test_what_is_too_large_is_refused_before_it_is_read(signed_in):
    browser = signed_in(administrator())
    large = {"CONTENT_LENGTH": str(13 * 1024**2)}
    assert browser.post("/comptes/nouveau", {}, **large).status_code == 413
    assert browser.post("/territoire/importer", {}, CONTENT_LENGTH=str(300 * 1024**2)).status_code == 413
    assert browser.post("/comptes/nouveau", {}, CONTENT_LENGTH="²").status_code == 200


@pytest.mark.parametrize(
    "address", ["/personnes?q=%00", "/territoire/%00", "/territoire?q=a&%00=1", "/journal?day=%00"]
)
def test_a_null_character_is_refused_in_words(signed_in, awa, address):
    page = signed_in(awa).get(address)
    assert page.status_code == 400
    assert "pas du texte" in page.text


@pytest.mark.parametrize(
    "key", ["../../secret_key", "..%2fsecret_key", "/etc/passwd", "a" * 64 + "/../x", "A" * 64, ""]
)
def test_no_other_file_of_the_machine_is_imported(signed_in, key):
    told = {"key": key, "kind": "filosofi", "filename": "../../x"}
    answer = signed_in(administrator()).post("/territoire/importer/faire", told)
    assert (answer.status_code, answer.url) == (302, "/territoire/importer")


@pytest.mark.parametrize("typed", ["%", "_", "a%a", "' OR '1'='1"])
def test_a_wildcard_finds_only_itself(signed_in, typed):
    AgentFactory(full_name="Nina Inventée", username="nina")
    assert "Nina" not in signed_in(administrator()).get("/comptes", {"q": typed}).text


# ------------------------------------------------------------------ in what a browser makes of a page


@pytest.mark.parametrize(
    "address", ["/", SIGN_IN, "/unknown", "/personnes", "/territoire", "/chiffres", "/chiffres/tableur"]
)
def test_each_answer_says_what_a_browser_may_do_with_it(signed_in, awa, address):
    answer = signed_in(awa).get(address, follow=address == SIGN_IN)
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_a_name_that_is_a_script_is_only_a_name(signed_in, awa):
    AreaFactory(name="<script>alert(1)</script>", latitude=43.1, longitude=0.7)
    page = signed_in(awa).get("/territoire").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_error_says_nothing_of_what_was_asked(client, signed_in, awa):
    client.raise_request_exception = False
    assert "zqxcanary" not in signed_in(awa).get("/zqxcanary?q=zqxcanary").text
    refused = client.get("/", headers={"host": "zqxcanary.example"})
    assert refused.status_code == 400
    assert "zqxcanary" not in refused.text
    assert "ne se lit pas" in refused.text


def test_a_false_host_is_written_nowhere(client, awa):
    answer = client.get("/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"})
    assert answer.url == "/connexion?next=/"


def test_cookies_are_for_this_site_alone(client, awa):
    page = client.get(SIGN_IN)
    sign_in(client)
    for cookie in (page.cookies[settings.CSRF_COOKIE_NAME], client.cookies[settings.SESSION_COOKIE_NAME]):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert not cookie["domain"]


def test_behind_tls_django_finds_nothing_to_say_of_the_settings(tmp_path, monkeypatch):
    monkeypatch.setenv(browser.ASYNC_UNSAFE, "1")  # as when a browser was opened before in this process
    told = {**application.environment("", tmp_path), "HTTPS": "1", "SECRET_KEY": ""}
    asked = (
        "from config import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )
    root = Path(settings.BASE_DIR)
    for command in (["manage.py", "check", "--deploy", "--fail-level", "WARNING"], ["-c", asked]):
        done = subprocess.run(
            [sys.executable, *command], cwd=root, env=told, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["__Host-session", "True", "True"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
