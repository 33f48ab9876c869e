"""The annual report to the prefecture: actions, results, difficulties, use of the grant (decree 2023-602).

Everything in it may leave: the few are hidden. What a team said of an outing is read by those who may see the outing:
the coordination reads all of them. The use of the grant is not known here and is left to fill.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Sum

from allervers.base import clock
from allervers.learning.export import Published, published
from allervers.learning.figures import figures_by
from allervers.learning.periods import Period
from allervers.learning.scope import Scope
from allervers.learning.sources import SOURCES
from allervers.outreach.models import Outing, OutingKind
from allervers.territory.models import Partner

if TYPE_CHECKING:
    from allervers.accounts.models import Agent

SPLITS: Final = ("month", "area", "right")
SAID: Final = ("kind", "starts_at", "place__name", "area__name", "went_well", "was_hard", "people_said")
GRANT_LINES: Final = (
    "Postes et temps de travail",
    "Déplacements et véhicules",
    "Matériel et supports",
    "Formation",
    "Évaluation",
    "Cofinancements (au moins 20 %)",
)


@dataclass(frozen=True)
class Action:
    """One kind of outing over the year."""

    kind: str
    outings: int
    minutes: int


@dataclass(frozen=True)
class Debrief:
    """What a team said of an outing, to be read over before it is sent: it must name nobody."""

    day: date
    title: str
    went_well: str
    was_hard: str
    people_said: str


@dataclass(frozen=True)
class AnnualReport:
    """What the report says; `results` by split ("" for the whole year); `unread`: debriefs of other teams, left out."""

    period: Period
    actions: list[Action]
    communes: int
    partners: list[str]
    results: dict[str, Published]
    debriefs: list[Debrief]
    unread: int
    grant: tuple[str, ...] = GRANT_LINES


def annual_report(period: Period, *, by: Agent) -> AnnualReport:
    """The report's content for a period, usually a year, as this agent may read it; a fixed number of queries."""
    scope = Scope(period)
    held = scope.rows(SOURCES["outings"])
    found = figures_by((None, *SPLITS), scope=scope, once=False)
    debriefed = held.exclude(debriefed_at=None)
    read = debriefed.filter(pk__in=Outing.objects.visible_to(by).values("pk"))
    told = list(read.select_related("place", "area").only(*SAID).order_by("starts_at", "id"))
    return AnnualReport(
        period=period,
        actions=[
            Action(str(OutingKind(row["kind"]).label), row["held"], row["minutes"] or 0)
            for row in held.values("kind").annotate(held=Count("pk"), minutes=Sum("presence_minutes")).order_by("kind")
        ],
        communes=held.values("area").distinct().count(),
        partners=list(
            Partner.objects.filter(outings__in=held.values("pk"))
            .distinct()
            .order_by("name")
            .values_list("name", flat=True)
        ),
        results={split or "": published(one) for split, one in found.items()},
        debriefs=[debrief_of(one) for one in told],
        unread=debriefed.count() - len(told),
    )


def debrief_of(outing: Outing) -> Debrief:
    day = outing.starts_at.astimezone(clock.PARIS).date()
    return Debrief(day, str(outing), outing.went_well, outing.was_hard, outing.people_said)
