"""Persons, what is known of their household and from whom, what each has agreed to or refused."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from allervers.base.models import Record
from allervers.people.choices import (
    Answer,
    Channel,
    FactSource,
    NonTakeUp,
    Purpose,
    RefusalKind,
    Route,
    SayingKind,
)

TWO_YEARS = "effacé deux ans après le dernier contact"


class Person(Record):
    """Somebody who agreed to be written down, under their name, a nickname, or nothing at all."""

    name = models.CharField("nom ou surnom", max_length=120, blank=True)
    is_pseudonym = models.BooleanField("c'est un surnom", default=False)
    born = models.DateField("né ou née le", null=True, blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    language = models.CharField("langue", max_length=40, blank=True)
    area = models.ForeignKey(
        "territory.Area", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="commune"
    )
    search_key = models.CharField("clé de recherche", max_length=200, blank=True, db_index=True)
    phone_key = models.CharField("téléphone normalisé", max_length=20, blank=True, db_index=True)
    may_call = models.BooleanField("on peut m'appeler", null=True, blank=True)
    may_text = models.BooleanField("on peut m'envoyer un SMS", null=True, blank=True)
    may_write = models.BooleanField("on peut m'écrire", null=True, blank=True)
    may_visit = models.BooleanField("on peut passer me voir", null=True, blank=True)
    contact_note = models.CharField("quand et comment", max_length=240, blank=True)
    written_at = models.DateTimeField("fiche ouverte le")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="réunie avec"
    )
    merged_at = models.DateTimeField("réunie le", null=True, blank=True)

    opened_for: str = ""  # the purpose the door opened for: see `access`, `reading`

    PRIVACY: ClassVar = {
        "id": "clé de la fiche ; reste seule au journal après effacement",
        "name": f"saluer la personne ; {TWO_YEARS}",
        "is_pseudonym": f"ne jamais prendre un surnom pour un nom ; {TWO_YEARS}",
        "born": f"calculer les droits qui dépendent de l'âge ; {TWO_YEARS}",
        "phone": f"convenir d'une rencontre ; {TWO_YEARS}",
        "language": f"parler sa langue ; {TWO_YEARS}",
        "area": f"zone des aides au logement, lieux proches ; {TWO_YEARS}",
        "search_key": f"retrouver la fiche malgré accents et ordre ; {TWO_YEARS}",
        "phone_key": f"retrouver la fiche par un numéro écrit autrement ; {TWO_YEARS}",
        "may_call": f"respecter le choix de la personne ; {TWO_YEARS}",
        "may_text": f"respecter le choix de la personne ; {TWO_YEARS}",
        "may_write": f"respecter le choix de la personne ; {TWO_YEARS}",
        "may_visit": f"respecter le choix de la personne ; {TWO_YEARS}",
        "contact_note": f"respecter le choix de la personne ; {TWO_YEARS}",
        "written_at": f"compter les durées de conservation ; {TWO_YEARS}",
        "merged_into": f"défaire une réunion de fiches ; {TWO_YEARS}",
        "merged_at": f"défaire une réunion de fiches ; {TWO_YEARS}",
    }

    class Meta:
        verbose_name = "personne"
        ordering: ClassVar = ["search_key", "id"]
        indexes: ClassVar = [
            models.Index(fields=["merged_into", "search_key", "id"], name="people_in_order"),
            models.Index(fields=["id", "merged_into"], condition=Q(merged_into__isnull=False), name="people_reunited"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None) | Q(merged_into__isnull=False, merged_at__isnull=False),
                name="a_merge_has_its_date",
                violation_error_message="Une réunion de fiches a une date.",
            ),
        ]

    def __str__(self) -> str:
        return f"personne {self.pk}"

    @property
    def label(self) -> str:
        """How the person is called on a screen they can read."""
        if not self.name:
            return "personne sans nom"
        return f"«\N{NARROW NO-BREAK SPACE}{self.name}\N{NARROW NO-BREAK SPACE}»" if self.is_pseudonym else self.name

    @cached_property
    def keys(self) -> list[UUID]:
        """The keys this person was written under: their own, and those of the records reunited with it."""
        return [self.pk, *self.merged.values_list("pk", flat=True)]


class Fact(Record):
    """One fact of the household, at a path of the household document (see docs/words.md), with source and date."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="facts", verbose_name="personne")
    path = models.CharField("fait", max_length=120)
    value = models.JSONField("valeur")
    source = models.CharField("d'où", max_length=10, choices=FactSource)
    known_on = models.DateField("connu le")
    recorded_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="écrit par")
    replaced_at = models.DateTimeField("remplacé le", null=True, blank=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "person", "path", "value", "source", "known_on", "recorded_by", "replaced_at"),
        f"calculer les droits avec la personne, si elle accepte qu'on garde ces faits ; {TWO_YEARS}",
    )

    class Meta:
        verbose_name = "fait"
        ordering: ClassVar = ["path", "known_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "path"],
                condition=Q(replaced_at=None),
                name="one_live_fact_per_path",
                violation_error_message="Ce fait est déjà écrit ; remplacez-le.",
            ),
        ]

    def __str__(self) -> str:
        return f"fait {self.path}"


class Agreement(Record):
    """A person's answer to one team for one purpose, with its life."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="agreements", verbose_name="personne")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", verbose_name="équipe")
    purpose = models.CharField("pour", max_length=10, choices=Purpose)
    answer = models.CharField("réponse", max_length=10, choices=Answer)
    answered_at = models.DateTimeField("répondu le")
    route = models.CharField("comment", max_length=10, choices=Route)
    wording = models.TextField("mots lus à la personne")
    wording_version = models.CharField("version des mots", max_length=20)
    language = models.CharField("langue", max_length=40, default="français")
    read_aloud = models.BooleanField("lu à voix haute", default=False)
    recorded_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="écrit par")
    expires_on = models.DateField("jusqu'au", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Agent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="retrait écrit par",
    )
    invalidated_at = models.DateTimeField("invalidé le", null=True, blank=True)
    invalidated_why = models.CharField("pourquoi", max_length=240, blank=True)

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id", "person", "team", "purpose", "answer", "answered_at", "route", "wording", "wording_version",
            "language", "read_aloud", "recorded_by", "expires_on", "withdrawn_at", "withdrawn_by",
            "invalidated_at", "invalidated_why",
        ),
        f"preuve de ce que la personne a dit ; {TWO_YEARS}",
    )  # fmt: skip

    class Meta:
        verbose_name = "accord"
        ordering: ClassVar = ["purpose", "-answered_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["team", "purpose", "answer", "person", "expires_on"],
                condition=Q(withdrawn_at=None, invalidated_at=None),
                name="agreements_of_a_team",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "team", "purpose"],
                condition=Q(withdrawn_at=None, invalidated_at=None),
                name="one_live_agreement_per_team_and_purpose",
                violation_error_message="La personne a déjà répondu à cette équipe pour cet usage.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__gte=models.F("answered_at"), withdrawn_by__isnull=False),
                name="an_agreement_is_withdrawn_after_it_is_given",
                violation_error_message="Un accord ne peut être retiré avant d'être donné, ni sans dire qui l'écrit.",
            ),
        ]

    def __str__(self) -> str:
        return f"accord {self.pk}"


class Refusal(Record):
    """A no, in the person's words: dated, reversible, respected. See `rules.may_approach`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="refusals", verbose_name="personne")
    kind = models.CharField("ce que la personne dit", max_length=20, choices=RefusalKind)
    right = models.CharField("droit", max_length=40, blank=True)
    channel = models.CharField("moyen", max_length=10, choices=Channel, blank=True)
    own_words = models.TextField("avec ses mots", blank=True)
    form = models.CharField("ce qu'elle en dit", max_length=20, choices=NonTakeUp, blank=True)
    may_come_back = models.BooleanField("peut-on en reparler ?", null=True, blank=True)
    come_back_on = models.DateField("à partir du", null=True, blank=True)
    come_back_how = models.CharField("comment", max_length=240, blank=True)
    said_at = models.DateTimeField("dit le")
    recorded_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="écrit par")
    lifted_at = models.DateTimeField("levé le", null=True, blank=True)
    lifted_by = models.ForeignKey(
        "accounts.Agent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="levée écrite par",
    )

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id", "person", "kind", "right", "channel", "own_words", "form", "may_come_back", "come_back_on",
            "come_back_how", "said_at", "recorded_by", "lifted_at", "lifted_by",
        ),
        f"respecter le choix de la personne ; {TWO_YEARS}",
    )  # fmt: skip

    class Meta:
        verbose_name = "refus"
        ordering: ClassVar = ["-said_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="not_this_right") | ~Q(right=""),
                name="not_this_right_names_the_right",
                violation_error_message="Dites de quel droit il s'agit.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="not_this_channel") | ~Q(channel=""),
                name="not_this_channel_names_the_channel",
                violation_error_message="Dites par quel moyen la personne ne veut pas être jointe.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__gte=models.F("said_at"), lifted_by__isnull=False),
                name="a_refusal_is_lifted_after_it_is_said",
                violation_error_message="Un refus ne peut être levé avant d'être dit, ni sans dire qui l'écrit.",
            ),
        ]

    def __str__(self) -> str:
        return f"refus {self.pk}"


class Saying(Record):
    """Something the person said and wants kept, in their words."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sayings", verbose_name="personne")
    kind = models.CharField("sorte", max_length=20, choices=SayingKind)
    text = models.TextField("mots de la personne", max_length=2000)
    said_at = models.DateTimeField("dit le")
    recorded_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="écrit par")
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "person", "kind", "text", "said_at", "recorded_by", "removed_at"),
        f"partir de ce que la personne dit ; {TWO_YEARS}, ou dès qu'elle le demande",
    )

    class Meta:
        verbose_name = "parole"
        ordering: ClassVar = ["-said_at"]

    def __str__(self) -> str:
        return f"parole {self.pk}"


class CloseOne(Record):
    """Somebody around the person: a first name or a role only, since they were not asked."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="close_circle", verbose_name="personne")
    who = models.CharField("prénom ou rôle", max_length=60)
    link = models.CharField("lien", max_length=120, blank=True)
    recorded_at = models.DateTimeField("dit le")
    recorded_by = models.ForeignKey("accounts.Agent", models.PROTECT, related_name="+", verbose_name="écrit par")
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "person", "who", "link", "recorded_at", "recorded_by", "removed_at"),
        f"s'appuyer sur l'entourage, si la personne le souhaite ; {TWO_YEARS}",
    )

    class Meta:
        verbose_name = "proche"
        ordering: ClassVar = ["recorded_at"]

    def __str__(self) -> str:
        return f"proche {self.pk}"
