"""Encounters, and the rights worked out during them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from allervers.accounts.models import Agent, Role
from allervers.accounts.reading import teams_of
from allervers.base.models import Record
from allervers.people.choices import NonTakeUp

TWO_YEARS = "effacé deux ans après le dernier contact ; sans nom, gardé pour les chiffres"


class Contact(models.TextChoices):
    """How the link was made: a working scale, never a funnel (see docs/words.md)."""

    ACKNOWLEDGED = "acknowledged", "un salut, un regard"
    CONVERSATION = "conversation", "un échange"
    TRUST = "trust", "une personne qui revient"
    EXPRESSED_WISH = "expressed_wish", "un souhait exprimé"
    AGREED_STEP = "agreed_step", "un pas convenu"


class Outcome(models.TextChoices):
    MET = "met", "rencontre simple"
    AGREED_STEP = "agreed_step", "un pas convenu ensemble"
    NEWS = "news", "souhaite avoir des nouvelles"
    NOT_NOW = "not_now", "pas maintenant"
    NO = "no", "non"


class Offer(models.TextChoices):
    """What we can hold out to somebody. Taking none of it is as good."""

    LISTENING = "listening", "une écoute, un moment"
    INFORMATION = "information", "une information"
    PAPER_GUIDE = "paper_guide", "un guide ou une carte des lieux"
    RIGHTS = "rights", "un point sur les droits, ensemble"
    PAPERS = "papers", "une aide pour un papier ou une démarche"
    APPOINTMENT = "appointment", "un rendez-vous"
    GOING_TOGETHER = "going_together", "y aller ensemble"
    ORIENTATION = "orientation", "le contact d'un partenaire"
    ACCOMPANIMENT = "accompaniment", "un accompagnement"
    MATERIAL_HELP = "material_help", "une aide matérielle"
    HEALTH = "health", "un contact avec le soin"
    OTHER = "other", "autre chose"


class EncounterQuerySet(models.QuerySet["Encounter"]):
    """Encounters, read. Never the persons in them: see `reading.py`."""

    def live(self) -> EncounterQuerySet:
        return self.filter(struck_at=None)

    def visible_to(self, agent: Agent) -> EncounterQuerySet:
        """Those of the agent's teams now; all for the coordination; a peer supporter's own; none for the others."""
        if agent.role == Role.COORDINATOR:
            return self
        if agent.role == Role.PEER_SUPPORTER:
            return self.filter(recorded_by=agent)
        if agent.role in (Role.PARTNER_AGENT, Role.ADMINISTRATOR):
            return self.none()
        return self.filter(team__in=teams_of(agent).values("pk"))

    def waiting_for_news(self) -> EncounterQuerySet:
        """News was asked or promised and not given yet; the earliest promise first, those without a day last."""
        asked = self.live().filter(Q(outcome=Outcome.NEWS) | Q(news_by__isnull=False), news_given_at=None)
        return asked.order_by(models.F("news_by").asc(nulls_last=True), "happened_at", "id")

    def with_everything(self) -> EncounterQuerySet:
        """Ready to be shown, persons aside: one query, for one row or for fifty."""
        return self.select_related("outing", "team", "area", "place", "recorded_by")


class Encounter(Record):
    """A meeting: one person or several, with or without a name. Only when, where and how many are required."""

    outing = models.ForeignKey(
        "outreach.Outing",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="encounters",
        verbose_name="sortie",
    )
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="encounters", verbose_name="équipe")
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="encounters", verbose_name="commune")
    place = models.ForeignKey(
        "territory.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="encounters",
        verbose_name="lieu",
    )
    happened_at = models.DateTimeField("date et heure", db_index=True)
    how = models.CharField("le lien", max_length=20, choices=Contact, default=Contact.CONVERSATION)
    anonymous_count = models.PositiveSmallIntegerField("personnes rencontrées sans nom", default=0)
    people = models.ManyToManyField(
        "people.Person", related_name="encounters", verbose_name="personnes connues", blank=True
    )
    said = models.TextField("ce qui a été dit, avec leurs mots", blank=True, max_length=2000)
    offered = models.JSONField("ce qui a été proposé", default=list, blank=True)
    outcome = models.CharField("ce qui a été convenu", max_length=20, choices=Outcome, default=Outcome.MET)
    agreed = models.CharField("le pas convenu", max_length=300, blank=True)
    form = models.CharField("ce qui est dit du refus", max_length=20, choices=NonTakeUp, blank=True)
    news_by = models.DateField("donner des nouvelles avant le", null=True, blank=True)
    news_given_at = models.DateTimeField("nouvelles données le", null=True, blank=True)
    recorded_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="écrit par")
    recorded_at = models.DateTimeField("écrit le")
    told = models.CharField("empreinte de ce qui a été envoyé", max_length=64, blank=True, editable=False)
    struck_at = models.DateTimeField("annulée le", null=True, blank=True)
    struck_by = models.ForeignKey(
        "accounts.Agent", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="annulée par"
    )

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id", "outing", "team", "area", "place", "happened_at", "how", "anonymous_count", "people", "said",
            "offered", "outcome", "agreed", "form", "news_by", "news_given_at", "recorded_by", "recorded_at",
            "struck_at", "struck_by",
        ),
        f"compter les rencontres et tenir parole ; {TWO_YEARS}",
    ) | {"told": f"reconnaître un envoi répété du téléphone ; effacée avec la personne, sinon {TWO_YEARS}"}  # fmt: skip

    objects = EncounterQuerySet.as_manager()

    class Meta:
        verbose_name = "rencontre"
        ordering: ClassVar = ["-happened_at", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["happened_at", "id", "area", "team", "how", "outcome", "form", "anonymous_count", "struck_at"],
                condition=Q(struck_at=None),
                name="encounters_counted",
            ),
            models.Index(fields=["id", "struck_at"], condition=Q(struck_at__isnull=False), name="encounters_struck"),
            models.Index(
                fields=["team", "outcome", "news_by", "happened_at", "id", "struck_at", "news_given_at"],
                condition=Q(struck_at=None, news_given_at=None),
                name="encounters_without_news",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None) | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="an_encounter_is_struck_by_somebody",
                violation_error_message="Une rencontre annulée dit qui l'a annulée.",
            ),
        ]

    def __str__(self) -> str:
        return f"rencontre {self.pk}"


class Assessment(Record):
    """What `rights.assess` answered on a day. Facts only if the person agrees; without a person, results only."""

    encounter = models.ForeignKey(
        Encounter, models.PROTECT, null=True, blank=True, related_name="assessments", verbose_name="rencontre"
    )
    person = models.ForeignKey(
        "people.Person",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name="personne",
    )
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", verbose_name="équipe")
    day = models.DateField("jour du droit")
    engine = models.CharField("moteur", max_length=120)
    answer = models.JSONField("réponse")
    facts = models.JSONField("faits du foyer", null=True, blank=True)
    worked_out_at = models.DateTimeField("calculé le")
    worked_out_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="calculé par")

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id",
            "encounter",
            "person",
            "team",
            "day",
            "engine",
            "answer",
            "facts",
            "worked_out_at",
            "worked_out_by",
        ),
        f"reprendre les droits avec la personne ; {TWO_YEARS}",
    )

    class Meta:
        verbose_name = "calcul de droits"
        ordering: ClassVar = ["-worked_out_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["worked_out_at", "id", "encounter", "person", "team"], name="assessments_counted"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(facts=None) | Q(person__isnull=False),
                name="facts_are_kept_only_with_a_person",
                violation_error_message="Les faits d'un foyer ne se gardent qu'avec une personne qui l'accepte.",
            ),
        ]

    def __str__(self) -> str:
        return f"calcul {self.pk}"


class RightFound(Record):
    """One right of an assessment that is not yet received and seems open (certain, likely or possible)."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="found", verbose_name="calcul")
    right = models.CharField("droit", max_length=40, db_index=True)
    certainty = models.CharField("certitude", max_length=10)
    low = models.DecimalField("au moins, € par mois", max_digits=10, decimal_places=2)
    likely = models.DecimalField("sans doute, € par mois", max_digits=10, decimal_places=2)
    high = models.DecimalField("au plus, € par mois", max_digits=10, decimal_places=2)
    again = models.BooleanField("déjà repéré avant avec cette personne", default=False)

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "assessment", "right", "certainty", "low", "likely", "high", "again"),
        f"compter les droits repérés ; {TWO_YEARS}",
    )

    class Meta:
        verbose_name = "droit repéré"
        ordering: ClassVar = ["right", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["assessment", "certainty", "right", "id", "again"],
                condition=Q(again=False),
                name="rights_found_first",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment", "right"],
                name="one_finding_per_right",
                violation_error_message="Ce droit figure déjà dans ce calcul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right} {self.certainty}"
