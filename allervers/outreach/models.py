"""Outings, and what the team says of them afterwards."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from allervers.base.models import Record


class OutingKind(models.TextChoices):
    MARKET_STALL = "market_stall", "stand sur un marché"
    DOOR_TO_DOOR = "door_to_door", "porte-à-porte"
    STREET_ROUND = "street_round", "maraude"
    HOME_VISIT = "home_visit", "visite à domicile"
    MOBILE_DROP_IN = "mobile_drop_in", "permanence mobile"
    BUILDING_FOOT = "building_foot", "pied d'immeuble"


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
