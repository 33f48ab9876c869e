"""The household file: one document describes one household for the rights engine.

It knows what may be written, what must agree, and that a fact left out is unknown, never zero and never false.
It promises every fault at once, in French, each with its path; and that what is written can be read back.
"""

from allervers.rights.household.coherence import known_days
from allervers.rights.household.faults import Fault, Faults
from allervers.rights.household.reading import read
from allervers.rights.household.shape import (
    Amount,
    Assessed,
    Home,
    Household,
    Income,
    Person,
    Tax,
    months_between,
    years_between,
)
from allervers.rights.household.writing import write

__all__ = [
    "Amount",
    "Assessed",
    "Fault",
    "Faults",
    "Home",
    "Household",
    "Income",
    "Person",
    "Tax",
    "known_days",
    "months_between",
    "read",
    "write",
    "years_between",
]
