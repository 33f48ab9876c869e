"""Comptes et équipes: who signs in, with which role, in which teams; never a person."""

from uuid import uuid4

import pytest
from django.urls import reverse

from allervers.accounts.models import Agent, Role, Team
from tests.factories.accounts import PASSWORD, AgentFactory, TeamFactory, administrator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def browser(signed_in):
    return signed_in(administrator())


def asked(**others):
    """What the form of a new account sends."""
    told = {"full_name": "Nina Inventée", "username": "nina", "role": "practitioner", "password": PASSWORD}
    return {"id": uuid4(), **told, **others}


PAGES = ["accounts", "account-new", "team-new", "account", "account-close"]
GESTURES = ["account-role", "account-password", "account-team-join"]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", PAGES + GESTURES)
def test_only_the_administration_keeps_accounts(signed_in, role, name):
    other = AgentFactory()
    browser = signed_in(AgentFactory(role=role))
    address = reverse(name, args=[] if name in ("accounts", "account-new", "team-new") else [other.pk])
    answer = browser.post(address) if name in GESTURES else browser.get(address)
    assert answer.status_code == (200 if role == Role.ADMINISTRATOR else 403)


def test_an_account_is_opened_in_its_teams_and_signs_in(browser, client):
    first, second = TeamFactory(), TeamFactory()
    answer = browser.post(reverse("account-new"), asked(teams=[first.pk, second.pk]))
    nina = Agent.objects.get(username="nina")
    assert answer.url == reverse("account", args=[nina.pk])
    assert set(nina.teams.all()) == {first, second}
    assert client.post(reverse("sign-in"), {"username": "Nina", "password": PASSWORD}).status_code == 302


def test_a_form_sent_twice_opens_one_account(browser):
    sent = asked()
    for _ in range(2):
        assert browser.post(reverse("account-new"), sent).status_code == 302
    assert Agent.objects.filter(username="nina").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "court"}, "trop court"),
        ({"username": "administration"}, "déjà pris"),
        ({"full_name": ""}, "obligatoire"),
        ({"role": "chef"}, "Sélectionnez un choix valide"),
    ],
)
def test_what_cannot_be_is_refused_in_the_form(browser, wrong, said):
    page = browser.post(reverse("account-new"), asked(**wrong))
    assert page.status_code == 200
    assert said in page.text
    assert not Agent.objects.filter(full_name="Nina Inventée").exists()


def test_a_role_changes_and_so_does_what_it_opens(browser, signed_in):
    nina = AgentFactory(teams=[TeamFactory()])
    browser.post(reverse("account-role", args=[nina.pk]), {"role": "peer_supporter"})
    nina.refresh_from_db()
    assert nina.role == Role.PEER_SUPPORTER
    assert signed_in(nina).get(reverse("outing-new")).status_code == 403


def test_the_last_administrator_keeps_the_keys(browser):
    me = administrator()
    page = browser.post(reverse("account-role", args=[me.pk]), {"role": "practitioner"})
    assert "dernier compte d" in page.text
    page = browser.post(reverse("account-close", args=[me.pk]), follow=True)
    assert "dernier compte d" in page.text
    me.refresh_from_db()
    assert me.is_active


def test_somebody_joins_a_team_and_leaves_it(browser):
    nina, team = AgentFactory(), TeamFactory()
    browser.post(reverse("account-team-join", args=[nina.pk]), {"team": team.pk})
    assert nina.teams.get() == team
    browser.post(reverse("account-team-leave", args=[nina.pk, team.pk]))
    assert not nina.memberships.filter(until=None).exists()
    assert team.name in browser.get(reverse("account", args=[nina.pk])).text


def test_a_forgotten_password_is_replaced(browser):
    nina = AgentFactory(username="nina")
    assert "trop court" in browser.post(reverse("account-password", args=[nina.pk]), {"password": "court"}).text
    browser.post(reverse("account-password", args=[nina.pk]), {"password": "cinq mots tout à fait neufs"})
    nina.refresh_from_db()
    assert not nina.check_password(PASSWORD)
    assert nina.check_password("cinq mots tout à fait neufs")


def test_closing_says_what_follows_then_closes(browser):
    nina = AgentFactory(username="nina", teams=[TeamFactory()])
    assert "ne se rouvre pas" in browser.get(reverse("account-close", args=[nina.pk])).text
    browser.post(reverse("account-close", args=[nina.pk]))
    nina.refresh_from_db()
    assert not nina.is_active
    assert "nina" not in browser.get(reverse("accounts")).text
    assert "nina" in browser.get(reverse("accounts"), {"closed": "on"}).text


def test_a_team_is_made(browser):
    sent = {"id": uuid4(), "name": "Équipe neuve", "organisation": "Organisme inventé", "is_partner": "on"}
    for _ in range(2):
        assert browser.post(reverse("team-new"), sent).status_code == 302
    assert Team.objects.get().is_partner
    page = browser.post(reverse("team-new"), sent | {"id": uuid4()})
    assert page.status_code == 200
    assert page.context["form"].errors


def test_accounts_are_found_by_name_role_and_team(browser):
    team = TeamFactory()
    AgentFactory(full_name="Nina Inventée", teams=[team])
    AgentFactory(full_name="Omar Inventé", role=Role.COORDINATOR)
    for asked_for, found, not_found in (
        ({"q": "nina"}, "Nina", "Omar"), ({"role": "coordinator"}, "Omar", "Nina"), ({"team": team.pk}, "Nina", "Omar")
    ):  # fmt: skip
        page = browser.get(reverse("accounts"), asked_for).text
        assert found in page
        assert not_found not in page
    assert "Aucun compte ne correspond" in browser.get(reverse("accounts"), {"q": "zzz"}).text


def test_a_long_list_asks_no_more_than_a_short_one(browser, queries_for):
    AgentFactory(teams=[TeamFactory()])
    one = queries_for(lambda: browser.get(reverse("accounts")))
    for _ in range(49):
        AgentFactory(teams=[TeamFactory()])
    assert queries_for(lambda: browser.get(reverse("accounts"))) == one


def test_an_account_that_does_not_exist_is_said_so(browser):
    page = browser.get(reverse("account", args=[uuid4()]))
    assert page.status_code == 404
    assert "existe pas" in page.text


def test_a_page_of_an_account_shows_no_password(browser):
    nina = AgentFactory()
    page = browser.get(reverse("account", args=[nina.pk])).text
    assert nina.password not in page
