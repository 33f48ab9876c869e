"""The catalogue of rights: one file a right, in `catalogue/rights/`, checked by the schema of `right.py`.

It knows what each right is called, who pays, who decides, how to claim it, where OpenFisca holds its amount.
It promises that every file names its sources and dates, and that no rule of law is written here twice.
"""

from functools import cache
from pathlib import Path

from allervers.rights.catalogue.faults import CatalogueFault
from allervers.rights.catalogue.right import Amount, Condition, Form, NonTakeUp, Right, Source, read_right

__all__ = [
    "ORDER",
    "Amount",
    "CatalogueFault",
    "Condition",
    "Form",
    "NonTakeUp",
    "Right",
    "Source",
    "all_rights",
]

FOLDER = Path(__file__).parent / "rights"

# As they are shown: what one lives on, home, health, work, children, disability and age, local help.
ORDER = (
    "rsa",
    "prime_activite",
    "housing_aid",
    "css",
    "energy_cheque",
    "ass",
    "cej",
    "christmas_bonus",
    "family_allowances",
    "complement_familial",
    "asf",
    "paje_birth",
    "paje_base",
    "paje_cmg",
    "back_to_school",
    "scholarship_college",
    "scholarship_lycee",
    "aah",
    "mva",
    "aeeh",
    "pch",
    "asi",
    "aspa",
    "apa_home",
    "lep",
    "fsl",
    "local_aids",
    "ame",
)


@cache
def all_rights() -> dict[str, Right]:
    """Every right by its id, in the order of `ORDER`; `CatalogueFault` says all that is wrong with a file."""
    return {name: read_right(FOLDER / f"{name}.yaml") for name in ORDER}
