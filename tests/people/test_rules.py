"""The one rule of refusals and the states of an answer: sentences, then laws that hold for everything tried."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.people.choices import Answer, Channel, RefusalKind
from allervers.people.rules import Approach, State, Wishes, agreement_state, end_of, may_approach, months_after

TODAY = date(2026, 9, 10)
SAID = datetime(2026, 9, 1, 9, tzinfo=UTC)
RIGHTS = ("rsa", "aspa", "housing_aid")


@dataclass(frozen=True)
class No:
    """A refusal as the rule reads it."""

    kind: str = RefusalKind.NOT_NOW
    right: str = ""
    channel: str = ""
    may_come_back: bool | None = None
    come_back_on: date | None = None
    said_at: datetime = SAID
    lifted_at: datetime | None = None


def ask(*refusals: No, **asked: object) -> Approach:
    return may_approach(refusals, **{"channel": "call", "agreed": True, "today": TODAY, **asked})


def test_with_an_agreement_and_no_refusal_one_may_come() -> None:
    assert ask() == Approach(ok=True)


def test_without_an_agreement_to_be_contacted_nobody_takes_the_initiative() -> None:
    answer = ask(agreed=False)
    assert (answer.ok, answer.until) == (False, None)
    assert "accord" in answer.why


@pytest.mark.parametrize("channel", Channel.values)
@pytest.mark.parametrize("right", [None, "rsa"])
def test_no_more_stops_everything_until_it_is_lifted(channel: str, right: str | None) -> None:
    assert ask(No(RefusalKind.NO_MORE), channel=channel, right=right, today=date(2040, 1, 1)).ok is False


def test_not_now_stops_until_the_day_that_was_said() -> None:
    no = No(come_back_on=date(2026, 10, 1))
    assert ask(no).until == date(2026, 10, 1)
    assert not ask(no, today=date(2026, 9, 30)).ok
    assert ask(no, today=date(2026, 10, 1)).ok


def test_not_now_without_a_day_holds_three_months() -> None:
    assert ask(No()).until == date(2026, 12, 1)


def test_not_now_and_do_not_come_back_holds_until_lifted() -> None:
    assert not ask(No(may_come_back=False), today=date(2040, 1, 1)).ok


def test_not_now_about_a_right_leaves_the_others_open() -> None:
    no = No(right="rsa")
    assert not ask(no, right="rsa").ok
    assert ask(no, right="aspa").ok
    assert ask(no).ok


def test_not_this_right_stops_that_right_by_every_way_and_nothing_else() -> None:
    no = No(RefusalKind.NOT_THIS_RIGHT, right="rsa")
    assert not any(ask(no, channel=channel, right="rsa").ok for channel in Channel.values)
    assert all(ask(no, channel=channel, right="aspa").ok for channel in Channel.values)


def test_not_this_channel_leaves_the_other_ways_open() -> None:
    no = No(RefusalKind.NOT_THIS_CHANNEL, channel="call")
    assert {channel for channel in Channel.values if not ask(no, channel=channel).ok} == {"call"}


@pytest.mark.parametrize(
    ("wish", "channel"), [("may_call", "call"), ("may_text", "text"), ("may_write", "letter"), ("may_visit", "visit")]
)
def test_a_wish_not_to_be_reached_one_way_closes_that_way_alone(wish: str, channel: str) -> None:
    wishes = Wishes(**{wish: False})
    assert {one for one in Channel.values if not ask(channel=one, wishes=wishes).ok} == {channel}


def test_the_longest_no_is_the_one_that_is_said() -> None:
    answer = ask(No(come_back_on=date(2026, 10, 1)), No(come_back_on=date(2027, 1, 1)))
    assert answer.until == date(2027, 1, 1)
    assert ask(No(come_back_on=date(2026, 10, 1)), No(RefusalKind.NO_MORE)).until is None


def test_three_months_after_the_end_of_november_is_the_end_of_february() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)


def test_a_no_said_late_in_the_evening_counts_from_the_day_it_was_in_france() -> None:
    assert end_of(No(said_at=datetime(2026, 8, 31, 22, 30, tzinfo=UTC))) == date(2026, 12, 1)


# ------------------------------------------------------------------ laws of the rule

days = st.dates(date(2024, 1, 1), date(2030, 1, 1))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
noes = st.builds(
    No,
    kind=st.sampled_from(RefusalKind.values),
    right=st.sampled_from(("", *RIGHTS)),
    channel=st.sampled_from(("", *Channel.values)),
    may_come_back=st.sampled_from([None, True, False]),
    come_back_on=st.none() | days,
    said_at=moments,
    lifted_at=st.none() | moments,
)
wished = st.sampled_from([None, True, False])
situations = st.fixed_dictionaries(
    {
        "channel": st.sampled_from(Channel.values),
        "right": st.sampled_from([None, *RIGHTS]),
        "agreed": st.booleans(),
        "today": days,
        "wishes": st.builds(Wishes, wished, wished, wished, wished),
    }
)


@given(st.lists(noes, max_size=5), noes, situations)
def test_one_more_no_never_opens_anything(said: list[No], more: No, situation: dict) -> None:
    if may_approach([*said, more], **situation).ok:
        assert may_approach(said, **situation).ok


@given(st.lists(noes, max_size=5), noes, moments, situations)
def test_lifting_a_no_gives_back_exactly_what_was_before_it(
    said: list[No], no: No, lifted: datetime, situation: dict
) -> None:
    assert may_approach([*said, replace(no, lifted_at=lifted)], **situation) == may_approach(said, **situation)


@given(st.lists(noes, max_size=5).flatmap(lambda said: st.tuples(st.just(said), st.permutations(said))), situations)
def test_the_order_in_which_it_was_said_does_not_matter(both: tuple[list[No], list[No]], situation: dict) -> None:
    assert may_approach(both[0], **situation) == may_approach(both[1], **situation)


@given(st.lists(noes, max_size=5), situations)
def test_a_closed_way_says_why_and_an_open_one_has_nothing_to_say(said: list[No], situation: dict) -> None:
    answer = may_approach(said, **situation)
    assert bool(answer.why) is not answer.ok
    assert answer.until is None or (not answer.ok and answer.until > situation["today"])


@given(st.lists(noes, max_size=5), situations)
def test_the_day_announced_is_the_first_open_day(said: list[No], situation: dict) -> None:
    until = may_approach(said, **situation).until
    if until is not None:
        assert may_approach(said, **{**situation, "today": until}).ok
        assert not may_approach(said, **{**situation, "today": until - timedelta(days=1)}).ok


@given(st.lists(noes, max_size=5), situations)
def test_nothing_opens_without_an_agreement(said: list[No], situation: dict) -> None:
    assert not may_approach(said, **{**situation, "agreed": False}).ok


@given(noes, situations)
def test_a_no_about_one_thing_costs_nothing_elsewhere(no: No, situation: dict) -> None:
    elsewhere = no.kind != RefusalKind.NO_MORE and (
        (no.right and no.right != situation["right"]) or (no.channel and no.channel != situation["channel"])
    )
    if elsewhere:
        assert may_approach([no], **situation) == may_approach([], **situation)


# ------------------------------------------------------------------ the life of an answer


@dataclass(frozen=True)
class Said:
    answer: str = Answer.GIVEN
    expires_on: date | None = None
    withdrawn_at: datetime | None = None
    invalidated_at: datetime | None = None


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (None, State.NOT_ASKED),
        (Said(Answer.NOT_ASKED), State.NOT_ASKED),
        (Said(Answer.REFUSED), State.REFUSED),
        (Said(), State.GIVEN),
        (Said(expires_on=TODAY), State.GIVEN),
        (Said(expires_on=TODAY - timedelta(days=1)), State.EXPIRED),
        (Said(withdrawn_at=SAID), State.WITHDRAWN),
        (Said(withdrawn_at=SAID, expires_on=date(2020, 1, 1)), State.WITHDRAWN),
        (Said(invalidated_at=SAID), State.INVALIDATED),
        (Said(Answer.REFUSED, expires_on=date(2020, 1, 1)), State.REFUSED),
    ],
)
def test_an_answer_stands_where_its_dates_put_it(said: Said | None, state: State) -> None:
    assert agreement_state(said, TODAY) is state
    assert state.label


answers = st.builds(
    Said,
    answer=st.sampled_from(Answer.values),
    expires_on=st.none() | days,
    withdrawn_at=st.none() | moments,
    invalidated_at=st.none() | moments,
)


@given(answers, days)
def test_an_agreement_lives_only_when_given_and_never_taken_back(said: Said, today: date) -> None:
    alive = (
        said.answer == Answer.GIVEN
        and said.withdrawn_at is None
        and said.invalidated_at is None
        and (said.expires_on is None or today <= said.expires_on)
    )
    assert (agreement_state(said, today) is State.GIVEN) is alive


@given(answers, days, days)
def test_time_never_revives_an_agreement(said: Said, one: date, other: date) -> None:
    early, late = sorted([one, other])
    if agreement_state(said, late) is State.GIVEN:
        assert agreement_state(said, early) is State.GIVEN
