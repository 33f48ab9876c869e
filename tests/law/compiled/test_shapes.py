"""Households are alike only when they are related in the same way, however many live together."""

import numpy as np

from allervers.law.compiled.shapes import households

ROLES = {
    "famille": ("parent", "enfant"),
    "foyer_fiscal": ("declarant", "personne_a_charge"),
    "menage": ("personne_de_reference", "autre"),
}
MANY = 65


def test_two_large_dwellings_that_differ_by_one_person_are_of_two_shapes():
    """In the second, the last person declares with the first one and is a child of the family."""
    home = np.repeat([0, 1], MANY)
    alone = np.arange(2 * MANY)
    together = alone.copy()
    together[-1] = MANY
    child = np.zeros(2 * MANY, np.int64)
    child[-1] = 1
    nobody = np.zeros(2 * MANY, np.int64)
    groups = {
        "famille": (2, home, child),
        "foyer_fiscal": (2 * MANY - 1, together, nobody),
        "menage": (2, home, nobody),
    }

    found = households(2 * MANY, groups, ROLES)

    assert len(found.alike) == 2
    for alike in found.alike:
        [place] = alike.households
        mine = home == place
        assert alike.shape.kin["famille"].role == tuple(ROLES["famille"][one] for one in child[mine])
        assert alike.shape.kin["foyer_fiscal"].count == len(set(together[mine]))
