"""How each figure is counted: over which rows, keeping which, adding what. The words are in `definitions`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from django.db.models import Aggregate, Count, Q, Sum
from django.db.models.functions import Coalesce

from allervers.accompaniment.choices import EventKind
from allervers.encounters.models import Contact, Outcome
from allervers.learning.definitions import FORMS
from allervers.learning.sources import SOURCES, SURE, Source

REFUSALS: Final = (Outcome.NOT_NOW, Outcome.NO)


@dataclass(frozen=True)
class Measure:
    """A figure over the rows of a source: how many `where` holds, or the sum of `weight`, or distinct `different`.

    `gathered`: the same figure as a weight of rows far fewer, which cannot tell one right from another.
    """

    id: str
    source_name: str
    where: Q = field(default_factory=Q)
    weight: str = ""
    different: str = ""
    gathered: Measure | None = None

    def told_by(self, split: str | None) -> Measure:
        """The measure that gives this figure for a split (None: in all)."""
        few = self.gathered
        return few if few and (split != "right" or self.source.right is None) else self

    @property
    def source(self) -> Source:
        return SOURCES[self.source_name]

    @property
    def total(self) -> Aggregate | Coalesce:
        """The aggregate that gives the figure; never NULL."""
        if self.weight:
            return Sum(self.weight, filter=self.where)
        if self.different:
            return Count(self.different, filter=self.where, distinct=True)
        return Count("pk", filter=self.where)

    @property
    def kept(self) -> Q:
        """The rows that add something."""
        return self.where & ~Q(**{self.weight: None}) if self.weight else self.where


@dataclass(frozen=True)
class Delay:
    """A median number of days between two days of the rows, on the day of the second."""

    id: str
    source_name: str
    start: str
    end: str

    @property
    def source(self) -> Source:
        return SOURCES[self.source_name]


FOUND_SURE: Final = Q(certainty__in=SURE)
TALKED: Final = ~Q(how=Contact.ACKNOWLEDGED)
REASONED: Final = Q(outcome__in=REFUSALS)

MEASURES: Final = {
    one.id: one
    for one in (
        Measure("outings", "outings"),
        Measure("presence", "outings", weight="presence_minutes"),
        Measure("encounters", "encounters"),
        Measure("met_anonymous", "encounters", weight="anonymous_count"),
        Measure("met_known", "known", gathered=Measure("met_known", "encounters", weight="known")),
        Measure("known_people", "known", different="whole"),
        Measure("conversations", "encounters", TALKED),
        Measure("agreed_steps", "encounters", Q(outcome=Outcome.AGREED_STEP)),
        Measure("news_wanted", "encounters", Q(outcome=Outcome.NEWS)),
        Measure("not_now", "encounters", Q(outcome=Outcome.NOT_NOW)),
        Measure("no", "encounters", Q(outcome=Outcome.NO)),
        *(Measure(form, "encounters", REASONED & Q(form=form)) for form in FORMS),
        Measure("assessments", "assessments"),
        Measure("rights_found", "found", FOUND_SURE, gathered=Measure("rights_found", "assessments", weight="sure")),
        Measure(
            "rights_possible", "found", ~FOUND_SURE, gathered=Measure("rights_possible", "assessments", weight="unsure")
        ),
        Measure("rights_asked", "asked"),
        Measure("rights_granted", "granted"),
        Measure("rights_opened", "opened"),
        Measure("euros_opened", "opened", weight="worth"),
        Measure("rights_maintained", "renewed"),
        Measure("euros_maintained", "renewed", weight="worth"),
        Measure("rights_refused", "decisions", Q(kind=EventKind.REFUSED)),
        Measure("appeals", "decisions", Q(kind=EventKind.APPEALED)),
        Measure("rights_declined", "declined"),
        Measure("claims_set_aside", "set_aside"),
    )
}

DELAYS: Final = {
    one.id: one
    for one in (
        Delay("days_to_filing", "asked", "first_met_on", "asked_on"),
        Delay("days_to_grant", "granted", "asked_on", "granted_on"),
        Delay("days_to_payment", "opened", "granted_on", "paid_on"),
        Delay("days_to_open", "opened", "first_met_on", "opened_on"),
    )
}
