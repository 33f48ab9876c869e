"""Completing a household: what is known never moves, what is unknown takes many values, the same each time."""

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.rights import prior as priors
from allervers.rights.completions import complete, plan, typical
from allervers.rights.completions.profiles import PROFILES, leaning
from allervers.rights.household import read
from allervers.rights.prior import Prior, of, within
from tests.harness.effort import examples
from tests.rights.invented import partial, whole

NOTHING_SAID: dict[str, Any] = {"day": "2026-09-01", "more_people": True}
CLOSED: dict[str, Any] = {
    "day": "2026-09-01",
    "couple": "none",
    "home": {"commune": "31555", "status": "homeless"},
    "savings": 0,
    "assessed": {"family_benefits": 0},
    "tax": {"reference_income": 0, "year": 2024, "shares": 1},
    "people": [
        {
            "role": "claimant",
            "born": "1986-06-15",
            "activity": "at_home",
            "nationality": "french",
            "no_other_income": True,
            "disability": 0,
            "pregnant": False,
            "unemployment_ends": "2026-12-31",
        }
    ],
}


def test_a_household_that_said_everything_leaves_only_the_other_year_of_its_notice() -> None:
    closed = {**CLOSED, "tax": {"reference_income": 0, "year": 2024, "shares": 1}}
    tried = plan(read(closed), seed=0)
    unknown = {fact for one in tried for fact in one.completion.chosen}
    assert unknown <= {"tax.other_year"}


def test_the_same_household_and_seed_give_the_same_completions() -> None:
    household = read(NOTHING_SAID)
    one, other = plan(household, seed=3), plan(household, seed=3)
    assert [tried.completion.chosen for tried in one] == [tried.completion.chosen for tried in other]


def test_another_seed_gives_other_draws() -> None:
    household = read(NOTHING_SAID)
    one, other = plan(household, seed=3), plan(household, seed=4)
    assert [tried.completion.chosen for tried in one] != [tried.completion.chosen for tried in other]


def test_draws_say_what_is_likely_and_extremes_are_tried_beside_them() -> None:
    tried = plan(read(NOTHING_SAID), seed=0)
    assert sum(one.drawn for one in tried) == 240
    assert any(one.drawn == 0 for one in tried)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.sampled_from([0.2, 0.6, 0.9]))
def test_what_is_known_never_moves(dice: Random, share: float) -> None:
    household = read(partial(dice, whole(dice), share))
    numbers = np.random.default_rng(dice.randint(0, 2**32))
    for chooser in (typical, lambda prior: prior.draw(numbers)):
        found = complete(household, chooser).known
        if household.couple is not None:
            assert found.couple == household.couple
        if household.home.status is not None:
            assert found.status == household.home.status
        if household.savings is not None and household.savings.exact:
            assert found.savings == household.savings.value
        for said, person in zip(household.people, found.people, strict=False):
            if said.role != person.role:
                break
            assert said.born in (None, person.born)
            assert said.activity in (None, person.activity)
            assert said.age is None or person.age_on(household.day) == said.age


@pytest.mark.parametrize("name", list(PROFILES))
def test_every_profile_is_a_life_that_nothing_said_can_take(name: str) -> None:
    found = complete(read(NOTHING_SAID), leaning(PROFILES[name], typical))
    wanted = PROFILES[name]
    assert "children" not in wanted or found.chosen["children"] == wanted["children"]
    assert wanted.get("claimant.age") is None or found.chosen["people[claimant].age"] == wanted["claimant.age"]
    assert wanted.get("claimant.activity") in (None, found.known.claimant.activity)
    assert wanted.get("couple") in (None, found.known.couple)
    assert wanted.get("home.status") in (None, found.known.status)


def test_a_partner_of_whom_nothing_is_said_is_completed() -> None:
    found = complete(read({**CLOSED, "couple": "married"}), typical)
    assert [one.role for one in found.known.people] == ["claimant", "partner"]
    assert "people[partner].activity" in found.chosen


def test_only_people_who_may_be_missing_are_added() -> None:
    whole_list = [tried.completion.known for tried in plan(read(CLOSED), seed=0)]
    assert {len(known.people) for known in whole_list} == {1}
    open_list = [tried.completion.known for tried in plan(read({**CLOSED, "more_people": True}), seed=0)]
    assert {0, 1, 2, 3} <= {sum(one.role == "child" for one in known.people) for known in open_list}


def test_months_not_given_go_on_as_before_or_not() -> None:
    wage = {"2026-05": 1400, "2026-06": 1400, "2026-07": 0}
    person = {**CLOSED["people"][0], "incomes": {"wage": wage}}
    tried = plan(read({**CLOSED, "people": [person]}), seed=0)
    june, august = 41, 43
    wages = [one.completion.known.claimant.incomes["wage"] for one in tried]
    assert {series[june] for series in wages} == {1400}
    assert len({series[august] for series in wages}) >= 2


def test_a_range_is_tried_at_both_ends_and_never_beyond() -> None:
    found = plan(read({**CLOSED, "savings": {"from": 1000, "to": 5000}}), seed=0)
    savings = {one.completion.known.savings for one in found}
    assert min(savings) == 1000 and max(savings) == 5000


def test_alimony_paid_is_unknown_until_every_adult_said_all_that_comes_in() -> None:
    person = {key: value for key, value in CLOSED["people"][0].items() if key != "no_other_income"}
    assert "alimony_paid" in complete(read({**CLOSED, "people": [person]}), typical).chosen
    assert "alimony_paid" not in complete(read(CLOSED), typical).chosen


def test_a_bounded_number_stays_within_its_bounds() -> None:
    bounded = within("savings", 600, 900, 5000)
    assert bounded.admit(0) == 600 and bounded.admit(1e9) == 900 and bounded.admit(700) == 700
    assert within("savings", 600, None, 5000).extremes == (600, 5000)


def test_a_word_unknown_to_a_fact_is_its_typical_value() -> None:
    fact = of("couple", {"none": 3, "married": 1})
    assert fact.admit("castle") == "none" and fact.admit("married") == "married"


def test_draws_follow_the_weights() -> None:
    dice = np.random.default_rng(0)
    fact = of("couple", {"none": 3, "married": 1})
    drawn = [fact.draw(dice) for _ in range(4000)]
    assert 0.72 < drawn.count("none") / len(drawn) < 0.78


def test_every_prior_has_positive_weights_and_its_typical_value_among_them() -> None:
    seen: dict[str, Prior] = {}
    for profile in PROFILES.values():
        seen |= complete(read(NOTHING_SAID), leaning(profile, typical)).priors
    assert len(seen) > 30
    for fact, found in seen.items():
        assert all(weight > 0 for weight in found.weights), fact
        assert len(found.values) == len(found.weights), fact
        assert found.low is not None or found.typical in (*found.values, *found.extremes), fact
    assert "ASSUMPTION" in (priors.__doc__ or "")
