"""Which unknown facts would settle a right: those whose answer changes it most, over the completions tried."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allervers.rights.assessment.certainty import Floats
from allervers.rights.completions import Tried

MOST_FACTS = 3
# Below this share of the spread, a fact is noise.
LEAST_SHARE = 0.02
# Between answers, at least this many times the spread that chance alone gives.
LEAST_SIGNAL = 5.0
# Draws say what matters for people as they are; extremes, what matters at all: a little less.
WILD_WEIGHT = 0.5
MOST_GROUPS = 8
Codes = NDArray[np.intp]

# One answer settles these together: the same question is asked.
SAME_QUESTION = {
    "children.disability": "children",
    "children.custody": "children",
    "children.activity": "children",
    "children.aeeh_category": "children",
    "others": "children",
    "tax.other_year": "tax.reference_income",
}


class Facts:
    """The facts chosen in a list of completions, as codes: -1 where a fact did not come up."""

    def __init__(self, tried: Sequence[Tried]) -> None:
        self.drawn = np.array([one.drawn > 0 for one in tried])
        self.wild = np.array([one.wild for one in tried])
        names = sorted({fact for one in tried for fact in one.completion.chosen})
        self.codes: dict[str, Codes] = {name: _codes(name, tried) for name in names}

    def shares(self, values: Floats) -> dict[str, float]:
        """For each fact, the share of the spread of `values` (completions,) that its answer takes away."""
        found: dict[str, float] = {}
        for rows, weight in ((self.drawn, 1.0), (self.wild, WILD_WEIGHT)):
            total = float(np.var(values[rows])) if rows.any() else 0.0
            if total == 0:
                continue
            for fact, codes in self.codes.items():
                name = question_of(fact)
                found[name] = max(found.get(name, 0.0), weight * _share(values[rows], codes[rows], total))
        return found

    def settling(self, values: Floats) -> list[str]:
        """The few facts that would settle `values` best, best first."""
        shares = {fact: share for fact, share in self.shares(values).items() if share >= LEAST_SHARE}
        return sorted(shares, key=lambda fact: (-round(shares[fact], 3), fact))[:MOST_FACTS]


def question_of(fact: str) -> str:
    """The fact as it would be asked: the birthday with the age, what is supposed of children with their ages."""
    if fact.endswith("].born"):
        return fact.removesuffix("born") + "age"
    return SAME_QUESTION.get(fact, fact)


def _codes(fact: str, tried: Sequence[Tried]) -> Codes:
    missing = object()
    chosen = [one.completion.chosen.get(fact, missing) for one in tried]
    answers: dict[Any, int] = {}
    for value in sorted((value for value in chosen if value is not missing), key=_order):
        answers.setdefault(value, len(answers))
    codes = np.array([-1 if value is missing else answers[value] for value in chosen], dtype=np.intp)
    if len(answers) > MOST_GROUPS:
        codes = np.where(codes < 0, -1, codes * MOST_GROUPS // len(answers))
    return codes


def _order(value: Any) -> tuple[str, Any]:
    return (type(value).__name__, value)


def _share(values: Floats, codes: Codes, total: float) -> float:
    """Omega squared where the fact comes up, weighted by how much of the whole spread lies there."""
    there = codes >= 0
    some, groups = values[there], codes[there]
    count = len(some)
    sizes = np.bincount(groups)
    kinds = int((sizes > 0).sum())
    if kinds < 2 or count <= kinds:
        return 0.0
    sums = np.bincount(groups, some)
    between = float((sums[sizes > 0] ** 2 / sizes[sizes > 0]).sum() - some.sum() ** 2 / count)
    within = float((some**2).sum() - (sums[sizes > 0] ** 2 / sizes[sizes > 0]).sum())
    noise = within / (count - kinds)
    here = between + within
    if here <= 0 or between < LEAST_SIGNAL * (kinds - 1) * noise:
        return 0.0
    omega = max(0.0, (between - (kinds - 1) * noise) / (here + noise))
    return omega * min(1.0, here / (total * len(values)))
