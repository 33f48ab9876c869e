"""The answer: what is sure holds for every completion, what is not says what would settle it, amounts add up."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from allervers.law import DayOutsideLaw
from allervers.rights import Assessment, assess, read
from allervers.rights.assessment.certainty import certainty, spread
from allervers.rights.assessment.settling import Facts
from allervers.rights.assessment.shape import Range
from allervers.rights.catalogue import all_rights
from allervers.rights.completions import Completion, Tried

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "household.yaml"
NOTHING_SAID: dict[str, Any] = {"day": "2026-09-01", "more_people": True}
ALL_SAID: dict[str, Any] = {
    "day": "2026-09-01",
    "couple": "none",
    "home": {
        "commune": "31555",
        "status": "tenant",
        "rent": 500,
        "charges": 40,
        "furnished": False,
        "shared": False,
        "room": False,
        "landlord_is_family": False,
    },
    "savings": 0,
    "alimony_paid": 0,
    "assessed": {"family_benefits": 0, "housing_aid": 0},
    "tax": {"reference_income": 0, "year": 2024, "shares": 1},
    "receives": {"rsa": 500, "housing_aid": True, "prime_activite": False},
    "people": [
        {
            "role": "claimant",
            "born": "1986-06-15",
            "activity": "at_home",
            "nationality": "french",
            "no_other_income": True,
            "disability": 0,
            "work_restriction": False,
            "pregnant": False,
            "unemployment_ends": "2026-12-31",
        }
    ],
}


@pytest.fixture(scope="module")
def example() -> Assessment:
    return assess(read(EXAMPLE.read_bytes()))


@pytest.fixture(scope="module")
def nothing_said() -> Assessment:
    return assess(read(NOTHING_SAID))


@pytest.fixture(scope="module")
def all_said() -> Assessment:
    return assess(read(ALL_SAID))


@pytest.fixture(scope="module")
def each(example: Assessment, nothing_said: Assessment, all_said: Assessment) -> list[Assessment]:
    return [example, nothing_said, all_said]


def test_every_right_of_the_catalogue_is_answered_in_its_order(each: list[Assessment]) -> None:
    for found in each:
        assert [one.id for one in found.rights if one.form_of is None] == list(all_rights())
        assert [one.id for one in found.rights if one.form_of] == ["css_free", "css_participation"]


def test_ranges_are_in_order_and_never_negative(each: list[Assessment]) -> None:
    for one in (one for found in each for one in found.rights):
        for spread_ in (one.monthly, one.amount, one.unclaimed):
            assert 0 <= spread_.low <= spread_.likely <= spread_.high, one.id


def test_what_is_excluded_gives_nothing_and_what_is_not_sure_may_give_nothing(each: list[Assessment]) -> None:
    for one in (one for found in each for one in found.rights):
        if one.certainty == "excluded":
            assert one.amount.high == 0, one.id
        if one.certainty in ("likely", "possible"):
            assert one.amount.low == 0, one.id
        if one.certainty == "certain" and one.unit != "yes_no":
            assert one.amount.low > 0, one.id


def test_a_declared_right_is_never_more_than_possible(each: list[Assessment]) -> None:
    declared = [one for found in each for one in found.rights if one.unit == "declared"]
    assert {one.certainty for one in declared} <= {"possible", "excluded"}
    assert {one.id for one in declared} == {id for id, right in all_rights().items() if right.is_declared}


def test_nothing_is_sure_of_a_household_that_said_nothing(nothing_said: Assessment) -> None:
    assert {one.certainty for one in nothing_said.rights} == {"likely", "possible"}


def test_what_would_settle_it_is_asked_in_plain_french(nothing_said: Assessment) -> None:
    aah = nothing_said.right("aah").would_settle_it
    assert aah[0].fact == "people[claimant].disability"
    assert nothing_said.right("family_allowances").would_settle_it[0].fact == "children"
    assert nothing_said.right("asf").would_settle_it[0].fact in ("children", "couple")
    for one in nothing_said.rights:
        assert len(one.would_settle_it) <= 3
        for settling in one.would_settle_it:
            assert settling.fact is None or "?" in settling.text, settling


def test_nothing_more_settles_what_is_sure_to_the_cent(all_said: Assessment) -> None:
    rsa = all_said.right("rsa")
    assert rsa.certainty == "certain"
    assert rsa.monthly == Range(*[rsa.monthly.likely] * 3)
    assert rsa.would_settle_it == ()


def test_a_reason_is_a_fact_that_was_said(all_said: Assessment, example: Assessment) -> None:
    assert "Ce droit demande un handicap reconnu." in all_said.right("aah").because
    assert "Ce droit dépend du nombre et de l'âge des enfants à charge." in all_said.right("family_allowances").because
    assert "Votre âge ne le permet pas." in all_said.right("aspa").because
    assert "Votre situation de couple ne le permet pas." in example.right("asf").because
    assert "Vos revenus le permettent." in all_said.right("rsa").because


def test_each_reason_is_a_short_sentence(each: list[Assessment]) -> None:
    for one in (one for found in each for one in found.rights):
        assert one.because, one.id
        assert all(sentence[0].isupper() and len(sentence) < 140 for sentence in one.because), one.because


def test_what_comes_in_already_is_kept_apart(all_said: Assessment, example: Assessment) -> None:
    rsa = all_said.right("rsa")
    assert rsa.received == 500 and rsa.is_received
    assert rsa.unclaimed.likely == pytest.approx(rsa.monthly.likely - 500, abs=0.01)
    aid = all_said.right("housing_aid")
    assert aid.received is None and aid.is_received and aid.unclaimed.low == aid.unclaimed.likely == 0
    assert all_said.right("prime_activite").is_received is False
    assert all_said.right("css").is_received is None
    assert example.right("housing_aid").received == 210


def test_a_right_of_which_nobody_said_whether_it_comes_in_may_be_claimed_already(all_said: Assessment) -> None:
    energy = all_said.right("energy_cheque")
    assert energy.certainty == "certain" and energy.unclaimed.low == 0 < energy.unclaimed.likely


def test_a_yearly_amount_is_spread_over_twelve_months(all_said: Assessment) -> None:
    energy = all_said.right("energy_cheque")
    assert energy.paid == "yearly"
    assert energy.monthly.likely == pytest.approx(energy.amount.likely / 12, abs=0.01)
    as_json = energy.as_json()
    assert as_json["paid"] == "yearly" and as_json["yearly"]["likely"] == energy.amount.likely


def test_a_grant_paid_once_says_so(nothing_said: Assessment) -> None:
    grant = nothing_said.right("paje_birth")
    assert grant.paid == "once" and grant.as_json()["once"]["high"] == pytest.approx(1093.08, abs=0.05)


def test_the_answer_has_the_fields_of_the_contract(example: Assessment) -> None:
    found = example.as_json()
    assert found["day"] == "2026-09-01" and found["law"] == "2026-09"
    assert found["engine"].startswith("openfisca-france 176.1.8 + corrections ")
    aid = next(one for one in found["rights"] if one["id"] == "housing_aid")
    assert aid["certainty"] == "certain" and aid["received"] == 210.0
    assert set(aid["monthly"]) == set(aid["unclaimed"]) == {"low", "likely", "high"}
    assert {"because", "would_settle_it", "limits"} <= set(aid)


def test_the_same_household_day_and_seed_give_the_same_answer(example: Assessment) -> None:
    assert assess(read(EXAMPLE.read_bytes())).as_json() == example.as_json()


def test_the_day_may_be_another_than_the_file_says() -> None:
    before = assess(read({**ALL_SAID, "receives": {}}), date(2026, 3, 1))
    assert before.law == "2026-03"
    assert before.right("rsa").monthly.likely < 651.69


def test_a_day_outside_the_law_known_is_refused() -> None:
    for day in (date(2031, 1, 1), date(2015, 12, 31)):
        with pytest.raises(DayOutsideLaw):
            assess(read(ALL_SAID), day)


def test_alimony_left_out_is_said_where_it_would_count(all_said: Assessment) -> None:
    silent = {key: value for key, value in ALL_SAID.items() if key != "alimony_paid"}
    found = assess(read(silent))
    assert any("pension alimentaire versée" in limit for limit in found.right("css").limits)
    assert not any("pension alimentaire versée" in limit for limit in all_said.right("css").limits)


def tried(values: list[tuple[dict[str, Any], int]]) -> list[Tried]:
    known: Any = None
    return [Tried(Completion(known, chosen, {}), drawn) for chosen, drawn in values]


def test_sure_means_every_completion_even_those_that_no_draw_gave() -> None:
    drawn = np.array([10, 10, 0])
    assert certainty(np.array([5.0, 6.0, 7.0]), drawn) == "certain"
    assert certainty(np.array([5.0, 6.0, 0.0]), drawn) == "likely"
    assert certainty(np.array([0.0, 0.0, 7.0]), drawn) == "possible"
    assert certainty(np.array([0.0, 0.0, 0.0]), drawn) == "excluded"


def test_the_likely_amount_is_the_middle_draw_where_the_right_is_open() -> None:
    found = spread(np.array([0.0, 100.0, 200.0, 900.0]), np.array([50, 10, 30, 0]))
    assert found == Range(0.0, 200.0, 900.0)


def test_the_fact_that_decides_comes_before_one_that_does_not() -> None:
    dice = np.random.default_rng(0)
    rows = [({"couple": dice.choice(["none", "married"]), "savings": float(dice.integers(5))}, 1) for _ in range(200)]
    values = np.array([100.0 if chosen["couple"] == "none" else 0.0 for chosen, _ in rows])
    assert Facts(tried(rows)).settling(values + dice.normal(0, 1, 200)) == ["couple"]
