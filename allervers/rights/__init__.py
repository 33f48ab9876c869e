"""Rights of one household: the household file, the catalogue of rights, what the law opens, and the questions.

It knows facts and arrays of the law; it knows no person, no name, no database and no screen.
It promises that what is unknown stays unknown: each right is certain, likely, possible or excluded, with its range.
"""

from allervers.rights.assessment import Assessment, RightAnswer, assess
from allervers.rights.household import Faults, Household, read, write

__all__ = ["Assessment", "Faults", "Household", "RightAnswer", "assess", "read", "write"]
