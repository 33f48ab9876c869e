"""How an amount that is not sure is said: the likely one first, how far it may be after, never more than is known."""

import pytest

from allervers.web.desk.templatetags.desk import about

EURO = "\u202f€"


@pytest.mark.parametrize(
    ("low", "likely", "high", "said"),
    [
        (0, 573.49, 837.14, "environ 573 €, jusqu'à 837 €"),
        (120, 236, 300, "environ 236 €, entre 120 € et 300 €"),
        (120, 120, 300, "environ 120 €, jusqu'à 300 €"),
        (235, 236, 237, "environ 236 €"),
        (559.42, 559.42, 559.42, "environ 559 €"),
        (0, 0, 80, "jusqu'à 80 €"),
        (0, 80, 80, "jusqu'à 80 €"),
        (120, 300, 300, "entre 120 € et 300 €"),
        (0, 0, 2, "jusqu'à 2 €"),
        (0, 0, 0, ""),
    ],
)
def test_the_likely_amount_is_said_first(low, likely, high, said):
    assert about({"low": low, "likely": likely, "high": high}) == said.replace(" €", EURO)
