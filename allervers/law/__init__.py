"""What the law gives: OpenFisca-France plus our dated, sourced corrections, for columns of households on a day.

It knows variables, periods and arrays; it knows no right by name, no person, no database and no screen.
It promises that a household's figures depend on its own facts only, and that every correction can be named and undone.
"""

from allervers.law.columns import Columns, Group
from allervers.law.compute import compute, engine
from allervers.law.days import first_day, last_day
from allervers.law.faults import DayOutsideLaw, LawFault

__all__ = [
    "Columns",
    "DayOutsideLaw",
    "Group",
    "LawFault",
    "compute",
    "engine",
    "first_day",
    "last_day",
]
