"""The demonstration: alive, the same for the same seed, respectful, and never beside real data."""

from collections import Counter
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.contrib.auth.hashers import check_password
from django.db import transaction

from allervers.accompaniment.models import Claim, Event
from allervers.accompaniment.reading import standing_of
from allervers.accounts.models import Agent, Role
from allervers.base import clock, journal
from allervers.base.models import Entry
from allervers.demonstration import accounts, large, loading, meetings, territory, words
from allervers.demonstration.households import KINDS, WINDOWS, Met
from allervers.encounters.models import Encounter
from allervers.learning.figures import figures
from allervers.learning.periods import Period
from allervers.outreach import rules as outings
from allervers.outreach.models import Outing
from allervers.rights.household import read
from tests.factories.encounters import answer

pytestmark = pytest.mark.django_db
DAYS = 21


@pytest.fixture(autouse=True)
def _some_day(at, monkeypatch):
    """Fewer meetings, and an invented answer for each third of the months, so that no law has to be loaded."""
    at("2026-09-15")
    monkeypatch.setattr(meetings, "A_TIME", 9)
    monkeypatch.setattr(meetings, "NAMED", 0.45)
    monkeypatch.setattr(loading, "work_out", lambda today: [(n, met(today, n)) for n in range(len(WINDOWS))])


def met(today, window):
    day = today - timedelta(days=WINDOWS[window])
    document = {"day": day.isoformat(), "couple": "none", "people": [{"id": "a", "role": "claimant", "age": 40}]}
    found = answer(rsa=("likely", 500), housing_aid=("certain", 210), css=("certain", None), aspa=("possible", 90))
    return Met(document, day, found)


def told():
    """What the journal says, without the moments of the accounts."""
    return [
        (line.what, line.about, line.facts) for line in Entry.objects.filter(what__startswith="encounters.recorded")
    ]


def test_the_same_seed_lives_the_same_days_and_another_seed_others():
    lives = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            loading.load(seed=seed, days=15)
            lives.append([(what, about, facts["how"]) for what, about, facts in told()])
            transaction.set_rollback(True)
    assert lives[0] == lives[1] != lives[2]


def test_days_that_were_lived_have_left_their_lines_and_their_figures():
    loading.load(days=DAYS)
    assert journal.verify().fault is None
    total = figures(period=Period.last_days(100, clock.today())).total
    for figure in (
        "outings",
        "met_anonymous",
        "met_known",
        "conversations",
        "assessments",
        "rights_found",
        "not_now",
        "no",
    ):
        assert total[figure], figure
    assert total["met_anonymous"] > total["met_known"]
    assert not Encounter.objects.filter(happened_at__gt=clock.now()).exists()
    assert not Event.objects.filter(happened_on__gt=clock.today()).exists()
    states = {outings.state(one, clock.now()) for one in Outing.objects.order_by("pk")}
    assert {"prepared", "under_way", "debriefed", "missed"} <= states


def test_claims_stand_at_many_stages():
    loading.load(days=49)
    stages = Counter(standing_of(claim).code for claim in Claim.objects.prefetch_related("events").order_by("pk"))
    assert len(stages) >= 7
    assert stages["paid"]


def test_there_is_an_account_for_each_role_with_a_strong_password_of_its_own():
    loading.load(days=7)
    passwords = {one.username: accounts.password_of(one.username) for one in accounts.ACCOUNTS}
    assert {agent.role for agent in Agent.objects.order_by("pk")} == set(Role.values)
    assert len(set(passwords.values())) == len(passwords)
    for agent in Agent.objects.order_by("pk"):
        assert check_password(passwords[agent.username], agent.password)
        assert passwords[agent.username].isascii()


def test_another_installation_has_other_passwords(settings):
    here = accounts.password_of("camille.terrain")
    settings.SECRET_KEY = "another installation altogether, with a secret of its own"
    assert accounts.password_of("camille.terrain") != here


def test_communes_are_real_and_what_is_not_published_is_missing_not_zero():
    rows = {row["code"]: row for row in territory.communes()}
    assert len(rows) == 28
    assert rows["31555"]["name"] == "Toulouse"
    assert rows["31048"]["poverty_rate"] == ""


def test_names_are_obviously_invented():
    names = words.names()
    assert len(set(names)) == len(names) >= 180
    assert all(name.split()[-1] in words.ENDINGS for name in names)
    assert all("démonstration" in place[1] for place in territory.PLACES)


def test_each_household_can_be_read_by_the_engine():
    for kind in KINDS:
        assert read(kind(clock.today())).people


def test_twice_as_large_is_the_same_days_again_and_adds_up():
    loading.load(days=14)
    once = figures(period=Period.last_days(3650, clock.today())).total
    large.multiply(3)
    thrice = figures(period=Period.last_days(3650, clock.today())).total
    for figure in ("outings", "encounters", "met", "rights_found", "rights_asked", "rights_opened", "euros_opened"):
        assert thrice[figure] == 3 * once[figure], figure


def run(*words):
    from allervers.cli.demonstration import demonstration

    return CliRunner().invoke(demonstration, words, catch_exceptions=False)


def test_preparing_twice_lives_once_and_says_the_accounts_again(monkeypatch):
    monkeypatch.setattr(loading, "DAYS", 7)
    first = run("prepare")
    lines = Entry.objects.count()
    again = run("prepare")
    assert Entry.objects.count() == lines
    assert accounts.password_of("camille.terrain") in first.output
    assert accounts.password_of("camille.terrain") in again.output


def test_nothing_is_ever_loaded_beside_real_data():
    from tests.factories.accounts import administrator

    administrator()
    lines = Entry.objects.count()
    prepared, loaded = run("prepare"), run("load")
    assert "vraies données" in prepared.output
    assert loaded.exit_code == 1
    assert "rien n'a été chargé" in loaded.output
    assert Entry.objects.count() == lines


def test_copies_are_never_copied(monkeypatch):
    monkeypatch.setattr(loading, "DAYS", 7)
    assert run("load", "--times", "2").exit_code == 0
    encounters = Encounter.objects.count()
    again = run("load", "--times", "2")
    assert "déjà été recopiée" in again.output
    assert run("load", "--empty").exit_code == 1
    assert Encounter.objects.count() == encounters
