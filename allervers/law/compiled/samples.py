"""Invented households to hold a program against OpenFisca: ordinary ones, extreme ones, and families of every make.

Nothing here looks like a person: values are drawn variable by variable, so that each branch of the law is taken.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allervers.law.columns import Columns, Group

Pattern = Sequence[tuple[str, tuple[str, ...]]]

#: One letter a person: who they are in the dwelling, then their family, then their tax household (numbered).
#: P, C: reference person and partner; E: child; A: another person. p, e: parent, child. d, c: declarant, dependant.
ORDINARY = (
    "Pp0d0", "Pp0d0", "Pp0d0", "Pp0d0 Cp0d0", "Pp0d0 Cp0d0", "Pp0d0 Ee0c0", "Pp0d0 Ee0c0 Ee0c0", "Pp0d0 Cp0d0 Ee0c0",
    "Pp0d0 Cp0d0 Ee0c0 Ee0c0", "Pp0d0 Cp0d0 Ee0c0 Ee0c0 Ee0c0", "Pp0d0 Ee0c0 Ee0c0 Ee0c0",
    "Pp0d0 Cp0d0 Ee0c0 Ee0c0 Ee0c0 Ee0c0",
)  # fmt: skip
UNLIKE = (
    "Pp0d0 Cp0d1",  # an unmarried couple declares apart
    "Pp0d0 Cp0d1 Ee0c0 Ee0c1",
    "Pp0d0 Ep1d1",  # a grown child declares alone
    "Pp0d0 Cp0d0 Ep1c0",
    "Pp0d0 Ap1d1 Ap2d2",  # three people share a flat
    "Pp0d0 Ap1d1 Ae1c1",  # a friend and a child
    "Pp0d0 Ep1d1 Ae1c1",  # three generations
    "Ee0c0 Pp0d0 Cp0d0",  # the child first
    "Pp0d0 Cp0d0 Ee0c0 Ee0c0 Ee0c0 Ee0c0 Ee0c0 Ee0c0",
    "Pp0d0 Ee0d1",  # a child of the family who declares alone
)
AMOUNTS = (0.0, 0.0, 0.0, 1.0, 120.5, 350.0, 607.75, 980.0, 1426.3, 1801.8, 2500.0, 4200.0)
EXTREMES = (0.0, 0.01, 3.0, 50_000.0, 1e6, 123_456_789.0, 5e8, -1.0, -350.0, -20_000.0, -5e8)
COMMUNES = ("75056", "31555", "97105", "97209", "97307", "97411", "97608", "13055", "2A004", "00000", "", "69123")
NATIONS = ("FR", "FR", "DE", "DZ", "US", "")


def invented(
    system: Any, pattern: Pattern, count: int, dice: np.random.Generator, *, kind: str = "ordinary"
) -> Columns:
    """`count` households that give what `pattern` says. `kind`: "ordinary", "extreme" or "families"."""
    makes = UNLIKE if kind == "families" else ORDINARY
    chosen = [makes[place].split() for place in dice.integers(len(makes), size=count)]
    groups = grouped(chosen)
    persons = len(groups["menage"].of_person)
    counts = {"individu": persons, **{key: group.count for key, group in groups.items()}}
    inputs: dict[tuple[str, str], Any] = {}
    for name, periods in pattern:
        variable = system.get_variable(name)
        values = drawn(variable, counts[variable.entity.key], dice, kind)
        inputs.update(((name, period), values) for period in periods)
    return Columns(persons, groups, inputs)


def grouped(chosen: Sequence[Sequence[str]]) -> Mapping[str, Group]:
    """The groups of households written as in `ORDINARY`."""
    words = [(home, *word) for home, people in enumerate(chosen) for word in people]
    homes = np.array([home for home, *_ in words])
    roles = {"P": "personne_de_reference", "C": "conjoint", "E": "enfant", "A": "autre", "p": "parent", "e": "enfant",
             "d": "declarant", "c": "personne_a_charge"}  # fmt: skip
    columns = {
        "menage": (homes * 10, [roles[who] for _, who, *_ in words]),
        "famille": (homes * 10 + [int(word[3]) for word in words], [roles[word[2]] for word in words]),
        "foyer_fiscal": (homes * 10 + [int(word[5]) for word in words], [roles[word[4]] for word in words]),
    }
    found = {}
    for key, (number, role) in columns.items():
        distinct, of_person = np.unique(number, return_inverse=True)
        found[key] = Group(len(distinct), of_person.astype(np.intp), np.array(role))
    return found


def drawn(variable: Any, count: int, dice: np.random.Generator, kind: str) -> NDArray[Any]:
    """Values of one variable, as the door takes them."""
    value_type = variable.value_type.__name__
    if value_type == "float":
        among = EXTREMES if kind == "extreme" else AMOUNTS
        return np.where(dice.random(count) < 0.3, dice.random(count) * 3000, dice.choice(among, count)).astype(
            np.float32
        )
    if value_type == "int":
        return dice.choice(whole_numbers(variable, kind), count).astype(np.int32)
    if value_type == "bool":
        return dice.random(count) < 0.25
    if value_type == "Enum":
        names = np.array([item.name for item in variable.possible_values])
        default = np.full(count, variable.default_value.name)
        return np.where(dice.random(count) < 0.5, default, dice.choice(names, count))
    if value_type == "date":
        return np.datetime64("2026-09-01") - dice.integers(0, 366 * 95, count).astype("m8[D]")
    return dice.choice(COMMUNES if variable.name.startswith("depcom") else NATIONS, count)


def whole_numbers(variable: Any, kind: str) -> Sequence[int]:
    """Ages where it is about age; otherwise small numbers, and a few large ones."""
    if variable.name.startswith("age"):
        return range(96) if variable.name == "age" else range(96 * 12)
    return (0, 0, 1, 2, 3, 7, 12, 100, 20_000, -1) if kind == "extreme" else (0, 0, 0, 1, 2, 3, 1000)
