"""Outings, and what the team says of them afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from allervers.accounts.models import Agent, Role
from allervers.accounts.reading import teams_of
from allervers.base.models import Record


class OutingKind(models.TextChoices):
    MARKET_STALL = "market_stall", "stand sur un marché"
    DOOR_TO_DOOR = "door_to_door", "porte-à-porte"
    STREET_ROUND = "street_round", "maraude"
    HOME_VISIT = "home_visit", "visite à domicile"
    MOBILE_DROP_IN = "mobile_drop_in", "permanence mobile"
    BUILDING_FOOT = "building_foot", "pied d'immeuble"


class OutingQuerySet(models.QuerySet["Outing"]):
    """Outings, read."""

    def visible_to(self, agent: Agent) -> OutingQuerySet:
        """Those of the teams the agent is in now; all of them for the coordination; none for the administration."""
        if agent.role == Role.COORDINATOR:
            return self
        if agent.role == Role.ADMINISTRATOR:
            return self.none()
        return self.filter(team__in=teams_of(agent).values("pk"))

    def with_everything(self) -> OutingQuerySet:
        """Ready to be shown: the same number of queries for one outing and for fifty."""
        return self.select_related("area", "place", "team", "prepared_by").prefetch_related("agents", "partners")

    def not_cancelled(self) -> OutingQuerySet:
        return self.filter(cancelled_at=None)

    def ahead(self, moment: datetime) -> OutingQuerySet:
        """Not finished at `moment`, soonest first."""
        return self.not_cancelled().filter(ends_at__gt=moment, debriefed_at=None).order_by("starts_at", "id")

    def to_debrief(self, moment: datetime) -> OutingQuerySet:
        """Started, over at `moment`, not debriefed yet, oldest first."""
        over = self.not_cancelled().filter(ends_at__lte=moment, debriefed_at=None)
        return over.exclude(started_at=None).order_by("starts_at", "id")

    def missed(self, moment: datetime) -> OutingQuerySet:
        """Over at `moment` and nobody said that they started."""
        return self.not_cancelled().filter(ends_at__lte=moment, started_at=None).order_by("starts_at", "id")

    def between(self, start: datetime, end: datetime) -> OutingQuerySet:
        """Those with a moment in common with [start, end)."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)


class Outing(Record):
    """A time and a place where a team goes towards people."""

    kind = models.CharField("sorte de sortie", max_length=20, choices=OutingKind)
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="outings", verbose_name="commune")
    place = models.ForeignKey(
        "territory.Place", models.PROTECT, null=True, blank=True, related_name="outings", verbose_name="lieu"
    )
    starts_at = models.DateTimeField("commence le")
    ends_at = models.DateTimeField("finit le")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="outings", verbose_name="équipe")
    agents = models.ManyToManyField("accounts.Agent", related_name="outings", verbose_name="qui y va", blank=True)
    partners = models.ManyToManyField(
        "territory.Partner", related_name="outings", verbose_name="avec quels partenaires", blank=True
    )
    purpose = models.CharField("pour quoi faire", max_length=300)
    why_here = models.CharField("pourquoi ici", max_length=600, blank=True)
    prepared_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="préparée par")
    started_at = models.DateTimeField("partie le", null=True, blank=True)
    debriefed_at = models.DateTimeField("débriefée le", null=True, blank=True)
    went_well = models.TextField("ce qui a bien marché", blank=True)
    was_hard = models.TextField("ce qui a été difficile", blank=True)
    people_said = models.TextField("ce que les gens disent de notre démarche", blank=True)
    presence_minutes = models.PositiveIntegerField("minutes de présence", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)
    cancelled_why = models.CharField("pourquoi annulée", max_length=240, blank=True)

    objects = OutingQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id", "kind", "area", "place", "starts_at", "ends_at", "team", "agents", "partners", "purpose", "why_here",
            "prepared_by", "started_at", "debriefed_at", "went_well", "was_hard", "people_said", "presence_minutes",
            "cancelled_at", "cancelled_why",
        ),
        "savoir qui est sorti, où et quand, et en rendre compte ; noms des agents effacés un an après leur départ",
    )  # fmt: skip

    class Meta:
        verbose_name = "sortie"
        ordering: ClassVar = ["-starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="an_outing_ends_after_it_starts",
                violation_error_message="La sortie doit finir après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(debriefed_at=None) | Q(started_at__isnull=False),
                name="an_outing_is_debriefed_after_it_took_place",
                violation_error_message="On ne débriefe qu'une sortie qui a eu lieu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.place or self.area}"
