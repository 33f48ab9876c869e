"""What the law gives for columns of households on a day: OpenFisca-France plus our dated, sourced corrections.

It knows variables, periods and arrays; it knows no person, no database and no screen.
It promises that a household's figures depend on its own facts only, and that each correction can be left out.
"""

from allervers.law.columns import Columns, Group
from allervers.law.compiled import Program, Tally, prepare
from allervers.law.compute import compute, engine
from allervers.law.days import first_day, last_day
from allervers.law.entities import entity_of
from allervers.law.faults import DayOutsideLaw, LawFault
from allervers.law.limits import limits

__all__ = [
    "Columns",
    "DayOutsideLaw",
    "Group",
    "LawFault",
    "Program",
    "Tally",
    "compute",
    "engine",
    "entity_of",
    "first_day",
    "last_day",
    "limits",
    "prepare",
]
