"""The completions of one household: draws from the prior for what is likely, and extremes for what is sure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from allervers.rights.completions.complete import Completion, complete
from allervers.rights.completions.profiles import PROFILES, leaning
from allervers.rights.household import Household
from allervers.rights.prior import Choose, Prior

DRAWS = 240
WILD = 240
MIXED = 320
KEPT = 0.7
PENNILESS = {"incomes": 0.0}
# Around these lives each unknown fact is pushed to each of its extremes, one at a time.
TURNED = ("alone without income", "couple with three", "minimum wage", "rich")


@dataclass(frozen=True)
class Tried:
    """One completion, and how many draws from the prior gave it (0: only tried as an extreme).

    `wild`: its facts were chosen one by one among their extremes, whatever the others are.
    """

    completion: Completion
    drawn: int
    wild: bool = False


def plan(household: Household, seed: int) -> list[Tried]:
    """Every completion to try, each once; a household of which all is known has one.

    The same household and seed give the same list.
    """
    usual = complete(household, typical)
    if not usual.chosen:
        return [Tried(usual, 1)]
    dice = np.random.default_rng(seed)
    found: dict[str, Tried] = {}
    for _ in range(DRAWS):
        _add(found, complete(household, lambda prior: prior.draw(dice)), 1)
    for one in (usual, *_extremes(household, usual, dice)):
        _add(found, one, 0)
    for _ in range(WILD):
        share = dice.choice((0.15, 0.35, 1.0))
        _add(found, complete(household, _sometimes(_wild(dice), typical, share, dice)), 0, wild=True)
    return list(found.values())


def typical(prior: Prior) -> Any:
    """The most ordinary value of a fact."""
    return prior.typical


def _add(found: dict[str, Tried], one: Completion, drawn: int, *, wild: bool = False) -> None:
    key = repr(sorted(one.chosen.items()))
    known = found.get(key, Tried(one, 0))
    found[key] = replace(known, drawn=known.drawn + drawn, wild=known.wild or wild)


def _extremes(household: Household, usual: Completion, dice: np.random.Generator) -> Iterator[Completion]:
    for profile in PROFILES.values():
        yield complete(household, leaning(profile, typical))
    yield from _mixed(household, dice)
    yield from _turned(household, usual.priors.values(), typical)
    for name in TURNED:
        base = leaning(PROFILES[name], typical)
        yield from _turned(household, complete(household, base).priors.values(), base)


def _mixed(household: Household, dice: np.random.Generator) -> Iterator[Completion]:
    """Lives half kept, their other facts at extremes; every other one without income, for most rights ask for that."""
    profiles = list(PROFILES.values())
    for place in range(MIXED):
        life = profiles[int(dice.integers(len(profiles)))] if place % 2 else PENNILESS
        kept = {key: value for key, value in life.items() if dice.random() < KEPT or key == "incomes"}
        share = dice.choice((0.15, 0.35, 0.7))
        yield complete(household, leaning(kept, _sometimes(_wild(dice), typical, share, dice)))


def _turned(household: Household, priors: Iterable[Prior], base: Choose) -> Iterator[Completion]:
    """Each unknown fact at each of its extremes, the others as `base` says."""
    for prior in priors:
        for value in prior.extremes:
            yield complete(household, _but(base, prior.fact, value))


def _but(base: Choose, fact: str, value: Any) -> Choose:
    return lambda prior: value if prior.fact == fact else base(prior)


def _wild(dice: np.random.Generator) -> Callable[[Prior], Any]:
    """Any value tried of a fact, all as likely."""
    return lambda prior: prior.extremes[int(dice.integers(len(prior.extremes)))]


def _sometimes(one: Choose, other: Choose, share: float, dice: np.random.Generator) -> Choose:
    return lambda prior: one(prior) if dice.random() < share else other(prior)
