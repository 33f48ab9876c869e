"""The demonstration: alive, the same for the same seed, respectful, and never beside real data."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.db import transaction

from allervers.base import clock
from allervers.base.models import Entry
from allervers.demonstration import accounts, households, loading, territory, words
from allervers.demonstration.households import KINDS
from allervers.demonstration.meetings import Known
from allervers.demonstration.stories import Walk
from allervers.demonstration.timeline import Timeline
from allervers.encounters.models import Encounter
from allervers.law import last_day
from allervers.people.models import Fact
from allervers.rights.household import read
from tests.demonstration.conftest import met
from tests.factories.encounters import AssessmentFactory
from tests.harness import shuffled

pytestmark = pytest.mark.django_db


def told():
    """What the journal says was done, in its order, and with what: all but the keys that are drawn anew each time."""
    facts = Entry.objects.order_by("number").values_list("what", "facts")
    return [(what, {name: fact for name, fact in said.items() if not is_key(fact)}) for what, said in facts]


def is_key(fact):
    return isinstance(fact, list) or (isinstance(fact, str) and len(fact) == 36)


def test_the_same_seed_lives_the_same_days_and_another_seed_others():
    """Whatever the order in which rows come that nobody asked for in an order."""
    lives = []
    for seed, rows in ((1, "one order"), (1, "another order"), (2, "one order")):
        with transaction.atomic(), shuffled.by(rows):
            loading.load(seed=seed, days=8)
            lives.append(told())
            transaction.set_rollback(True)
    assert lives[0] == lives[1] != lives[2]


def test_the_rights_that_somebody_claims_are_the_same_on_any_engine():
    """Where a right has no amount, SQLite and PostgreSQL do not put it at the same end."""
    kept = AssessmentFactory(answer=met(clock.today(), 0).answer)
    claimed = []
    for seed in range(6):
        line = Timeline(seed, clock.now())
        walk = Walk(line, Known(id=line.key(), crew=None, by=None, assessment=kept))
        claimed.append([right for right, _ in walk.worth_claiming()])
    assert claimed == [
        ["rsa", "css"], ["rsa"], ["housing_aid"], ["css", "rsa", "housing_aid"], ["css"], ["housing_aid", "css"],
    ]  # fmt: skip


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


@pytest.mark.parametrize("today", ["2026-09-15", "2027-01-12", "2029-06-01"])
def test_rights_are_never_worked_out_after_the_last_day_of_the_law(monkeypatch, today):
    monkeypatch.setattr(households, "assess", lambda household: Answered(household.day))
    days = [(found.day, found.answer) for _, found in households.work_out(date.fromisoformat(today))]
    assert len(days) == len(KINDS)
    assert all(day <= min(last_day(), date.fromisoformat(today)) and answer == day for day, answer in days)


@dataclass
class Answered:
    """What the law would have answered, without it: the day it was asked about."""

    day: date

    def as_json(self):
        return self.day


def test_the_days_are_lived_until_now_after_the_last_day_of_the_law(at):
    at(last_day() + timedelta(days=12))
    line = loading.load(days=8)
    assert line.today == clock.today() > last_day()
    assert Fact.objects.filter(known_on__gt=last_day()).exists()
    assert Encounter.objects.filter(happened_at__date__gt=last_day()).exists()


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
