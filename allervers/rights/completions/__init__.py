"""What is unknown of a household, completed: by draws from a documented prior, and by the extremes of each fact.

It knows which facts are unknown and what they may be; it knows no amount and no right.
It promises the same completions for the same household and seed, and never changes what is known.
"""

from allervers.rights.completions.complete import Completion, complete, with_claimant
from allervers.rights.completions.plan import Tried, plan, typical

__all__ = ["Completion", "Tried", "complete", "plan", "typical", "with_claimant"]
