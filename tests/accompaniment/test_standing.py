"""Where a claim stands is computed from its dated facts, and from nothing else."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.accompaniment.choices import EventKind, State
from allervers.accompaniment.rules import state
from tests.accompaniment.claims import STRUCK, TODAY, days, facts, on, stories

K = EventKind


@pytest.mark.parametrize(
    ("story", "stands", "since"),
    [
        ([], State.TO_PREPARE, None),
        ([on(K.PREPARED, "03-01")], State.PREPARED, "03-01"),
        ([on(K.PREPARED, "03-01"), on(K.FILED, "03-04")], State.FILED, "03-04"),
        ([on(K.FILED, "03-04"), on(K.RECEIPT, "03-10")], State.WAITING, "03-10"),
        ([on(K.FILED, "03-04"), on(K.DOCUMENTS_ASKED, "03-20")], State.DOCUMENTS_ASKED, "03-20"),
        (
            [on(K.FILED, "03-04"), on(K.DOCUMENTS_ASKED, "03-20"), on(K.DOCUMENTS_SENT, "03-25")],
            State.WAITING,
            "03-25",
        ),
        ([on(K.FILED, "03-04"), on(K.GRANTED, "05-02", starts_on="04-01")], State.GRANTED, "05-02"),
        (
            [on(K.FILED, "03-04"), on(K.GRANTED, "05-02", starts_on="04-01"), on(K.FIRST_PAYMENT, "05-08")],
            State.PAID,
            "05-08",
        ),
        ([on(K.FILED, "03-04"), on(K.REFUSED, "05-02")], State.REFUSED, "05-02"),
        ([on(K.FILED, "03-04"), on(K.REFUSED, "05-02"), on(K.APPEALED, "05-20")], State.APPEALED, "05-20"),
        (
            [on(K.REFUSED, "05-02"), on(K.APPEALED, "05-20"), on(K.GRANTED, "07-01", starts_on="04-01")],
            State.GRANTED,
            "07-01",
        ),
        ([on(K.FILED, "03-04"), on(K.SET_ASIDE, "03-10")], State.SET_ASIDE, "03-10"),
        ([on(K.SET_ASIDE, "03-10"), on(K.FILED, "04-04")], State.FILED, "04-04"),
        (
            [on(K.GRANTED, "03-01", starts_on="03-01"), on(K.FIRST_PAYMENT, "04-05"), on(K.STOPPED, "06-30")],
            State.ENDED,
            "06-30",
        ),
        ([on(K.RENEWED, "06-01", starts_on="07-01")], State.RENEWED, "06-01"),
    ],
    ids=lambda value: str(value) if isinstance(value, State) else "",
)
def test_where_a_claim_stands(story, stands, since):
    standing = state(story, TODAY)
    assert standing.code == stands
    assert standing.since == (since and date.fromisoformat(f"2026-{since}"))


def test_a_right_is_open_only_when_a_grant_and_a_payment_have_both_been_seen():
    granted = on(K.GRANTED, "05-02", starts_on="04-01", amount=300)
    paid = on(K.FIRST_PAYMENT, "04-20", amount=310)
    assert not state([granted], TODAY).is_open
    assert not state([paid], TODAY).is_open
    assert state([granted, paid], TODAY).is_open


def test_a_payment_seen_before_the_letter_opens_the_right_the_day_the_letter_comes():
    standing = state([on(K.FIRST_PAYMENT, "04-20"), on(K.GRANTED, "05-02", starts_on="04-01")], TODAY)
    assert (standing.code, standing.opened_on) == (State.PAID, date(2026, 5, 2))


def test_a_payment_without_a_letter_asks_for_the_letter():
    standing = state([on(K.FILED, "03-01"), on(K.FIRST_PAYMENT, "04-20")], TODAY)
    assert standing.code == State.WAITING
    assert "avant la lettre" in standing.next_due.says


def test_a_cover_is_open_from_its_first_day_without_any_money():
    granted = on(K.GRANTED, "07-15", starts_on="08-01")
    assert state([granted], date(2026, 7, 31), money=False).code == State.GRANTED
    opened = state([granted], date(2026, 8, 1), money=False)
    assert (opened.code, opened.since, opened.opened_on) == (State.PAID, date(2026, 8, 1), date(2026, 8, 1))


def test_a_right_granted_without_a_filing_is_still_a_right():
    story = [on(K.GRANTED, "05-02", starts_on="05-01", amount=120), on(K.FIRST_PAYMENT, "06-05")]
    assert state(story, TODAY).is_open


def test_a_right_that_reaches_its_end_is_no_longer_open_the_day_after():
    story = [on(K.GRANTED, "01-10", starts_on="01-01", until="06-30", amount=90), on(K.FIRST_PAYMENT, "02-05")]
    assert state(story, date(2026, 6, 30)).is_open
    after = state(story, date(2026, 7, 1))
    assert (after.code, after.since, after.monthly_amount) == (State.ENDED, date(2026, 6, 30), None)
    assert state([*story, on(K.RENEWED, "06-15", starts_on="07-01", until="12-31")], TODAY).code == State.RENEWED


def test_the_amount_is_the_latest_one_granted():
    story = [
        on(K.GRANTED, "03-01", starts_on="03-01", amount=200),
        on(K.FIRST_PAYMENT, "04-05", amount=190),
        on(K.RENEWED, "06-01", starts_on="07-01", amount=250),
    ]
    assert [state(story[:n], TODAY).monthly_amount for n in (1, 2, 3)] == [Decimal(200), Decimal(200), Decimal(250)]


# ------------------------------------------------------------------ what is waited for


@pytest.mark.parametrize(
    ("story", "due", "late"),
    [
        ([on(K.FILED, "08-10")], "2026-10-10", False),  # the landmark of two months
        ([on(K.FILED, "06-10")], "2026-08-10", True),
        ([on(K.FILED, "06-10", answer_by="09-30")], "2026-09-30", False),
        ([on(K.FILED, "06-10"), on(K.DOCUMENTS_ASKED, "07-01", answer_by="07-31")], "2026-07-31", True),
        ([on(K.FILED, "06-10"), on(K.DOCUMENTS_ASKED, "07-01")], None, False),
        ([on(K.FILED, "06-10"), on(K.DOCUMENTS_ASKED, "07-01"), on(K.DOCUMENTS_SENT, "07-20")], "2026-09-20", False),
        ([on(K.GRANTED, "08-20", starts_on="07-01")], "2026-09-20", False),
        ([on(K.REFUSED, "08-20")], "2026-10-20", False),
        (
            [on(K.GRANTED, "02-01", starts_on="01-01", until="10-31"), on(K.FIRST_PAYMENT, "03-05")],
            "2026-08-31",
            True,
        ),
    ],
)
def test_what_is_waited_for_and_until_when(story, due, late):
    standing = state(story, TODAY)
    assert str(standing.next_due.on) == str(due)
    assert standing.late is late


def test_a_renewal_says_the_last_day_of_the_right():
    standing = state([on(K.GRANTED, "02-01", starts_on="01-01", until="10-31"), on(K.FIRST_PAYMENT, "03-05")], TODAY)
    assert (standing.next_due.says, standing.next_due.ends_on) == ("Renouveler le droit", date(2026, 10, 31))


def test_the_published_delay_of_a_right_replaces_the_landmark():
    filed = on(K.FILED, "06-10")
    assert state([filed], TODAY, usual_months=4).next_due.on == date(2026, 10, 10)
    assert "4 mois" in state([filed], TODAY, usual_months=4).next_due.says


def test_once_the_time_to_contest_has_passed_nobody_is_told_they_are_late():
    standing = state([on(K.REFUSED, "05-20")], TODAY)
    assert standing.next_due is None
    assert not standing.late


@pytest.mark.parametrize("story", [[on(K.SET_ASIDE, "03-10")], [on(K.STOPPED, "03-10")]])
def test_a_right_left_aside_or_stopped_waits_for_nothing(story):
    assert state(story, TODAY).next_due is None


# ------------------------------------------------------------------ laws


@given(st.lists(facts(), max_size=5))
def test_the_order_in_which_facts_were_written_does_not_matter(story):
    first = state(story, TODAY)
    assert all(state(list(other), TODAY) == first for other in permutations(story))


@given(stories, st.booleans())
def test_striking_a_fact_is_as_if_it_had_never_been_written(story, money):
    struck = [replace(fact, struck_at=STRUCK) for fact in story]
    standing = [fact for fact in story if fact.struck_at is None]
    assert state(story, TODAY, money=money) == state(standing, TODAY, money=money)
    assert state(struck, TODAY, money=money).code == State.TO_PREPARE


@given(stories, days)
def test_a_past_day_does_not_know_what_came_after(story, day):
    known = [fact for fact in story if fact.happened_on <= day]
    assert state(story, day) == state(known, day)


@given(stories, st.booleans())
def test_a_right_never_opens_without_a_grant_or_a_renewal(story, money):
    kinds = {fact.kind for fact in story if fact.struck_at is None}
    standing = state(story, TODAY, money=money)
    if standing.is_open:
        assert kinds & {K.GRANTED, K.RENEWED}
    if standing.code == State.PAID and money:
        assert {K.GRANTED, K.FIRST_PAYMENT} <= kinds


@given(stories)
def test_money_stands_only_where_a_right_is_granted_or_open(story):
    standing = state(story, TODAY)
    if standing.code in {State.REFUSED, State.ENDED, State.SET_ASIDE}:
        assert standing.monthly_amount is None
    assert state(story, TODAY, money=False).monthly_amount is None


@given(stories)
def test_what_is_late_has_a_day_and_that_day_has_passed(story):
    standing = state(story, TODAY)
    assert standing.late == bool(standing.next_due and standing.next_due.on and standing.next_due.on < TODAY)


@given(stories, st.integers(1, 800))
def test_as_days_pass_the_first_opening_never_moves_once_it_has_come(story, more):
    known = state(story, TODAY).opened_on
    if known:
        assert state(story, TODAY + timedelta(days=more)).opened_on == known
