"""The rights of one household: everything that is unknown is completed, and the law says what each gives."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from allervers.law import DayOutsideLaw, engine, limits
from allervers.rights.assessment.because import LEAD, Turned, reasons, turned
from allervers.rights.assessment.certainty import Floats, certainty, spread
from allervers.rights.assessment.settling import Facts
from allervers.rights.assessment.shape import NOTHING, Assessment, Range, RightAnswer, Settling
from allervers.rights.assessment.values import Computed, computed_rights, values
from allervers.rights.assessment.words import in_words
from allervers.rights.catalogue import Right, all_rights
from allervers.rights.catalogue.conditions import judge
from allervers.rights.completions import Tried, complete, plan, typical
from allervers.rights.household import Amount, Household, known_days, write

NO_ALIMONY = "Calculé sans pension alimentaire versée, puisque rien n'en est dit."
ALIMONY_COUNTS = frozenset({"css", "css_free", "css_participation", "aspa", "asi", "aah", "ass", "housing_aid"})


def assess(household: Household, day: date | None = None, *, seed: int = 0) -> Assessment:
    """The rights of `household` on `day` (its own day by default), in the order of the catalogue.

    The same household, day and seed give the same answer. Raises allervers.law.DayOutsideLaw for a day whose law is
    not known. Amounts are what reaches the account: net of CRDS where it applies.
    """
    seen = household if day is None else replace(household, day=day)
    first, last = known_days()
    if not first <= seen.day <= last:
        raise DayOutsideLaw(seen.day, first=first, last=last)
    tried = plan(seen, seed)
    work = _Work(seen, tried, turned(seen))
    answers = [answer for right in all_rights().values() for answer in work.answers(right)]
    return Assessment(seen.day, f"{seen.day:%Y-%m}", engine(), tuple(answers), len(tried))


class _Work:
    """The values of every right in every completion, and what can be said of each."""

    def __init__(self, household: Household, tried: Sequence[Tried], changed: Sequence[Turned]) -> None:
        self.household = household
        self.changed = changed
        self.size = len(tried)
        self.drawn: NDArray[np.int_] = np.array([one.drawn for one in tried])
        self.facts = Facts(tried)
        batch = [one.completion.known for one in tried]
        batch.append(complete(household, typical).known)
        self.values: dict[str, Floats] = values(batch + [one.completion.known for one in changed], household.day)

    def answers(self, right: Right) -> list[RightAnswer]:
        """The answer of a right, then those of its forms."""
        if right.computed is None:
            return [self._declared(right)]
        return [self._computed(one, right) for one in computed_rights() if right.id in (one.id, one.form_of)]

    def _computed(self, one: Computed, right: Right) -> RightAnswer:
        found = self.values[one.id]
        tried, usual, elsewhere = found[: self.size], float(found[self.size]), found[self.size + 1 :]
        sure = certainty(tried, self.drawn)
        settled = float(tried.min()) == float(tried.max())
        amount = NOTHING if one.amount.unit == "yes_no" else spread(tried, self.drawn)
        monthly = amount if one.amount.unit in ("month", "yes_no") else amount.each(1 / 12)
        facts = [] if settled else self.facts.settling(tried)
        return RightAnswer(
            id=one.id,
            certainty=sure,
            unit=one.amount.unit,
            monthly=monthly,
            amount=amount,
            paid=_paid(one),
            form_of=one.form_of,
            because=reasons(sure, usual, elsewhere, self.changed, settled=self.size == 1),
            would_settle_it=tuple(Settling(fact, in_words(fact, self.household)) for fact in facts),
            limits=self._limits(one.id, right),
            **self._received(one.id, monthly),
        )

    def _declared(self, right: Right) -> RightAnswer:
        document: dict[str, Any] = write(self.household)
        if not self.household.complete_list:
            document["more_people"] = True
        verdict = judge(right.conditions, document)
        sure: Literal["excluded", "possible"] = "excluded" if verdict.excluded else "possible"
        return RightAnswer(
            id=right.id,
            certainty=sure,
            unit="declared",
            monthly=NOTHING,
            amount=NOTHING,
            because=(LEAD[sure], *verdict.because),
            would_settle_it=tuple(Settling(None, says) for says in verdict.would_settle_it),
            limits=self._limits(right.id, right),
            **self._received(right.id, NOTHING),
        )

    def _limits(self, id: str, right: Right) -> tuple[str, ...]:
        found = [*right.limits, *limits(id, self.household.day)]
        if id in ALIMONY_COUNTS and self.household.alimony_paid is None and "alimony_paid" not in self.facts.codes:
            found.append(NO_ALIMONY)
        return tuple(dict.fromkeys(found))

    def _received(self, id: str, monthly: Range) -> dict[str, Any]:
        said = self.household.receives.get(id)
        if said is None:
            unclaimed = replace(monthly, low=0.0)
            return {"received": None, "is_received": None, "unclaimed": unclaimed}
        if said is False:
            return {"received": 0.0, "is_received": False, "unclaimed": monthly}
        if isinstance(said, Amount) and said.exact:
            return {"received": said.value, "is_received": said.value > 0, "unclaimed": monthly.beyond(said.value)}
        return {"received": None, "is_received": True, "unclaimed": Range(0.0, 0.0, monthly.high)}


def _paid(one: Computed) -> Literal["yearly", "once"] | None:
    return None if one.amount.paid == "monthly" or one.amount.unit == "yes_no" else one.amount.paid
