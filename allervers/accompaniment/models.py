"""Journeys, claims of rights and their dated events, agreed steps."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from allervers.accompaniment.choices import Doer, Ending, EventKind
from allervers.base.models import Record

TWO_YEARS = "effacé deux ans après le dernier contact"


class Journey(Record):
    """A time of accompaniment that a person agreed to, with the lead they chose.

    Once the person has had everything erased, what is left is nobody's: a team, dates, claims, for the figures.
    """

    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="journeys", verbose_name="personne"
    )
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="journeys", verbose_name="équipe")
    agreement = models.ForeignKey(
        "people.Agreement", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="accord"
    )
    lead = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="journeys", verbose_name="référent")
    lead_chosen_by_person_on = models.DateField("référent choisi par la personne le")
    what_matters = models.TextField("ce que la personne veut", blank=True, max_length=2000)
    opened_at = models.DateTimeField("ouvert le")
    opened_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="ouvert par")
    ended_at = models.DateTimeField("fini le", null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.Agent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fin écrite par",
    )
    ending = models.CharField("comment il finit", max_length=20, choices=Ending, blank=True)

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id", "person", "team", "agreement", "lead", "lead_chosen_by_person_on", "what_matters", "opened_at",
            "opened_by", "ended_at", "ended_by", "ending",
        ),
        f"accompagner jusqu'au droit ouvert ; {TWO_YEARS}",
    )  # fmt: skip

    class Meta:
        verbose_name = "parcours"
        ordering: ClassVar = ["-opened_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "team"],
                condition=Q(ended_at=None),
                name="one_live_journey_per_team",
                violation_error_message="Cette personne a déjà un parcours en cours avec cette équipe.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ending="")
                | (Q(ended_at__gte=models.F("opened_at"), ended_by__isnull=False) & ~Q(ending="")),
                name="a_journey_ends_after_it_opens_and_says_how",
                violation_error_message="Un parcours fini a une date, une façon de finir, et dit qui l'écrit.",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | (Q(ended_at__isnull=False) & Q(what_matters="")),
                name="a_journey_of_nobody_is_over_and_says_nothing",
                violation_error_message="Un parcours sans personne est fini et ne garde aucun mot.",
            ),
        ]

    def __str__(self) -> str:
        return f"parcours {self.pk}"


class Claim(Record):
    """One right being claimed, at one time."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="claims", verbose_name="parcours")
    right = models.CharField("droit", max_length=40, db_index=True)
    expected_low = models.DecimalField(
        "attendu au moins, € par mois", max_digits=10, decimal_places=2, null=True, blank=True
    )
    expected_high = models.DecimalField(
        "attendu au plus, € par mois", max_digits=10, decimal_places=2, null=True, blank=True
    )
    assessment = models.ForeignKey(
        "encounters.Assessment",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="calcul",
    )
    # Where and when the person was first met, as known when the claim opened; when the journey ends, the day as known
    # then. So the figures do not move when links are erased.
    met_on = models.DateField("première rencontre le", null=True, blank=True)
    area = models.ForeignKey(
        "territory.Area", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="commune"
    )
    outing = models.ForeignKey(
        "outreach.Outing", models.PROTECT, null=True, blank=True, related_name="claims", verbose_name="sortie"
    )
    opened_at = models.DateTimeField("commencée le")
    opened_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="commencée par")

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id", "journey", "right", "expected_low", "expected_high", "assessment", "met_on", "area", "outing",
            "opened_at", "opened_by",
        ),
        f"suivre la demande jusqu'au droit ouvert ; {TWO_YEARS} ; sans personne, gardé pour les chiffres",
    )  # fmt: skip

    class Meta:
        verbose_name = "demande"
        ordering: ClassVar = ["opened_at", "id"]

    def __str__(self) -> str:
        return f"demande {self.right}"


class Event(Record):
    """A dated fact of a claim. Never changed: struck, and written again."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="events", verbose_name="demande")
    kind = models.CharField("fait", max_length=20, choices=EventKind)
    happened_on = models.DateField("le")
    amount = models.DecimalField("montant, € par mois", max_digits=10, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField("à partir du", null=True, blank=True)
    until = models.DateField("jusqu'au", null=True, blank=True)
    answer_by = models.DateField("réponse attendue avant le", null=True, blank=True)
    note = models.CharField("précision", max_length=400, blank=True)
    recorded_at = models.DateTimeField("écrit le")
    recorded_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="écrit par")
    struck_at = models.DateTimeField("annulé le", null=True, blank=True)
    struck_by = models.ForeignKey(
        "accounts.Agent", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="annulé par"
    )

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id", "claim", "kind", "happened_on", "amount", "starts_on", "until", "answer_by", "note",
            "recorded_at", "recorded_by", "struck_at", "struck_by",
        ),
        f"suivre la demande jusqu'au droit ouvert ; {TWO_YEARS}",
    )  # fmt: skip

    class Meta:
        verbose_name = "fait de la demande"
        ordering: ClassVar = ["happened_on", "recorded_at", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["claim", "kind", "happened_on", "starts_on", "amount", "id", "struck_at"],
                condition=Q(struck_at=None),
                name="facts_of_a_claim",
            ),
            models.Index(
                fields=["kind", "happened_on", "claim", "starts_on", "amount", "id", "struck_at"],
                condition=Q(struck_at=None),
                name="facts_of_a_kind",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind__in=["granted", "renewed"]) | Q(starts_on__isnull=False),
                name="a_granted_right_has_a_start",
                violation_error_message="Dites à partir de quand le droit est ouvert.",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0),
                name="an_amount_is_not_negative",
                violation_error_message="Un montant ne peut pas être négatif.",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None) | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="an_event_is_struck_by_somebody",
                violation_error_message="Un fait annulé dit qui l'a annulé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


class Step(Record):
    """A step agreed by both: who does what, for when."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="steps", verbose_name="parcours")
    claim = models.ForeignKey(
        Claim, models.CASCADE, null=True, blank=True, related_name="steps", verbose_name="demande"
    )
    says = models.CharField("le pas convenu", max_length=300)
    who = models.CharField("qui s'en charge", max_length=10, choices=Doer)
    due_on = models.DateField("pour le", null=True, blank=True)
    agreed_at = models.DateTimeField("convenu le")
    recorded_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="écrit par")
    done_on = models.DateField("fait le", null=True, blank=True)
    dropped_on = models.DateField("abandonné le", null=True, blank=True)

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id",
            "journey",
            "claim",
            "says",
            "who",
            "due_on",
            "agreed_at",
            "recorded_by",
            "done_on",
            "dropped_on",
        ),
        f"tenir parole ; {TWO_YEARS}",
    )

    class Meta:
        verbose_name = "pas convenu"
        ordering: ClassVar = ["due_on", "agreed_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(dropped_on=None),
                name="a_step_is_done_or_dropped_not_both",
                violation_error_message="Un pas est fait ou abandonné, pas les deux.",
            ),
        ]

    def __str__(self) -> str:
        return f"pas {self.pk}"
