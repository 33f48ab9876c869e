"""What the law cannot say is said, beside the right and for as long as it lasts."""

from datetime import date

import pytest

from allervers.law import limits
from allervers.law.corrections.parameters import find
from allervers.law.limits import LIMITS
from allervers.law.system import tax_benefit_system


@pytest.mark.parametrize(
    ("right", "day", "said"),
    [
        ("paje_cmg", date(2025, 9, 1), "nombre d'heures"),
        ("aah", date(2026, 9, 1), "entre 62 et 64 ans"),
        ("aspa", date(2026, 9, 1), "entre 62 et 64 ans"),
        ("housing_aid", date(2026, 1, 1), "nationalité française ou européenne"),
        ("prime_activite", date(2026, 4, 1), "d'avril à septembre 2026"),
        ("rsa", date(2026, 9, 30), "d'avril à septembre 2026"),
        ("css", date(2026, 4, 1), "restent à confirmer"),
        ("energy_cheque", date(2026, 4, 1), "à confirmer"),
        ("christmas_bonus", date(2026, 12, 15), "décret de 2026"),
    ],
)
def test_a_limit_is_said_while_it_holds(right: str, day: date, said: str) -> None:
    assert any(said in text for text in limits(right, day))


@pytest.mark.parametrize(
    ("right", "day"),
    [
        ("paje_cmg", date(2025, 8, 31)),
        ("aah", date(2023, 8, 31)),
        ("housing_aid", date(2025, 12, 31)),
        ("prime_activite", date(2025, 2, 28)),
        ("christmas_bonus", date(2024, 12, 1)),
        ("asf", date(2026, 9, 1)),
    ],
)
def test_a_limit_is_not_said_before_or_after(right: str, day: date) -> None:
    assert limits(right, day) == []


def test_what_a_limit_concerns_exists() -> None:
    root = tax_benefit_system(frozenset()).parameters
    assert all(find(root, name) is not None for limit in LIMITS for name in limit.concerns)
