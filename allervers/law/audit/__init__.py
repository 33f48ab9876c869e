"""The freshness of the law: what each right reads, how old it is, what looks stale, and what we mend.

It knows OpenFisca's parameters and our corrections; rights come to it as names of variables.
It promises to look at what a computation really reads, not at what a document says that it reads.
"""

from allervers.law.audit.reading import Reading, read_by
from allervers.law.audit.report import Line, RightAudit, audit
from allervers.law.audit.rhythm import History, State, history, state

__all__ = ["History", "Line", "Reading", "RightAudit", "State", "audit", "history", "read_by", "state"]
