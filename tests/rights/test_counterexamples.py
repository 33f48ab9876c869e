"""A hunt: say part of an invented household, then the whole of it. Nothing sure of the part may be false of the whole.

The invented households come from another generator than the one that completes them in `assess`.
"""

from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.rights import assess, read
from allervers.rights.assessment.values import values
from allervers.rights.completions import complete
from tests.harness.effort import examples
from tests.rights.invented import partial, whole

WHOLES = 3


@pytest.mark.timeout(900)
@settings(max_examples=examples(3), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.sampled_from([0.1, 0.3, 0.6]))
def test_nothing_sure_is_contradicted_once_everything_is_said(dice: Random, share: float) -> None:
    said = whole(dice)
    answer = assess(read(partial(dice, said, share)))
    everything = read(said)
    numbers = np.random.default_rng(dice.randint(0, 2**32))
    truths = [complete(everything, lambda prior: prior.draw(numbers)).known for _ in range(WHOLES)]
    for id, amounts in values(truths, everything.day).items():
        found = answer.right(id)
        assert found.certainty != "certain" or (amounts > 0).all(), (id, found.certainty, amounts)
        assert found.certainty != "excluded" or not (amounts > 0).any(), (id, found.certainty, amounts)


def test_the_hunt_would_see_a_sure_answer_that_is_false() -> None:
    """The negative control: an answer given for another household is contradicted."""
    alone = {"day": "2026-09-01", "couple": "none", "people": [{"role": "claimant", "age": 40}]}
    excluded = assess(read(alone)).right("family_allowances")
    assert excluded.certainty == "excluded"
    family = {**alone, "people": [*alone["people"], *({"role": "child", "age": age} for age in (3, 8))]}
    truth = complete(read(family), lambda prior: prior.typical).known
    assert values([truth], truth.day)["family_allowances"][0] > 0


NEEDLE = {
    "day": "2026-09-01",
    "couple": "none",
    "people": [
        {
            "role": "claimant",
            "born": "1934-07-06",
            "disability": 80,
            "work_restriction": True,
            "dependency": 6,
            "pregnant": False,
            "alone_since": "2024-04-23",
            "resident_since": "2016-10-30",
        },
        {"role": "child", "born": "2018-03-06", "custody": "shared", "disability": 0},
    ],
    "home": {"commune": "31555", "status": "tenant", "rent": 21.81, "shared": False, "landlord_is_family": False},
    "savings": 1184.29,
    "alimony_paid": 0,
}


def test_a_needle_found_once_stays_found() -> None:
    """Ten years of stay not yet reached, no income now, a good wage two years ago: the RSA at ninety-two."""
    found = assess(read(NEEDLE))
    assert found.right("christmas_bonus").certainty == "possible"
    assert found.right("css_free").certainty != "excluded"
