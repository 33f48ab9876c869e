"""The rights of one household, with what is not known left unknown.

It knows completions, the law's values in each, and plain French; it knows no person and no screen.
It promises that *certain* and *excluded* hold for every completion tried, and that declared rights are never more
than possible.
"""

from allervers.rights.assessment.assess import assess
from allervers.rights.assessment.shape import Assessment, Certainty, Range, RightAnswer, Settling

__all__ = ["Assessment", "Certainty", "Range", "RightAnswer", "Settling", "assess"]
