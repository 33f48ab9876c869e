"""What the days of the demonstration leave behind: facts at every stage, figures, accounts that open."""

from collections import Counter

import pytest
from django.contrib.auth.hashers import check_password

from allervers.accompaniment.models import Claim, Event
from allervers.accompaniment.reading import standing_of
from allervers.accounts.models import Agent, Role
from allervers.base import clock, journal
from allervers.demonstration import accounts, large
from allervers.encounters.models import Encounter
from allervers.learning.figures import figures
from allervers.learning.periods import Period
from allervers.outreach import rules as outings
from allervers.outreach.models import Outing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lived")]


def test_days_that_were_lived_have_left_their_lines_and_their_figures():
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
    stages = Counter(standing_of(claim).code for claim in Claim.objects.prefetch_related("events").order_by("pk"))
    assert len(stages) >= 7
    assert stages["paid"]


def test_there_is_an_account_for_each_role_with_a_strong_password_of_its_own():
    passwords = {one.username: accounts.password_of(one.username) for one in accounts.ACCOUNTS}
    assert {agent.role for agent in Agent.objects.order_by("pk")} == set(Role.values)
    assert len(set(passwords.values())) == len(passwords)
    for agent in Agent.objects.order_by("pk"):
        assert check_password(passwords[agent.username], agent.password)
        assert passwords[agent.username].isascii()


def test_twice_as_large_is_the_same_days_again_and_adds_up():
    once = figures(period=Period.last_days(3650, clock.today())).total
    large.multiply(3)
    thrice = figures(period=Period.last_days(3650, clock.today())).total
    for figure in ("outings", "encounters", "met", "rights_found", "rights_asked", "rights_opened", "euros_opened"):
        assert thrice[figure] == 3 * once[figure], figure
