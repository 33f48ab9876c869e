"""Agents and teams."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from allervers.base.models import Record


class Role(models.TextChoices):
    """What somebody does in a team; `rules.py` says what each role opens."""

    PRACTITIONER = "practitioner", "professionnel ou professionnelle de terrain"
    JOURNEY_LEAD = "journey_lead", "référent ou référente de parcours"
    COORDINATOR = "coordinator", "coordination du territoire"
    PEER_SUPPORTER = "peer_supporter", "pair-aidant ou pair-aidante"
    PARTNER_AGENT = "partner_agent", "agent ou agente d'un partenaire"
    ADMINISTRATOR = "administrator", "administration, sans accès aux personnes"


def plain(username: str) -> str:
    """A username as accounts keep it, however it was typed."""
    return AbstractBaseUser.normalize_username(username).strip().lower()


class Agents(BaseUserManager["Agent"]):
    """Django asks for one to sign people in."""

    def get_by_natural_key(self, username: str | None) -> "Agent":
        return self.get(username=plain(username or ""))


class Agent(Record, AbstractBaseUser):
    """Somebody who works with the teams."""

    username = models.CharField("identifiant", max_length=60, unique=True)
    full_name = models.CharField("nom affiché", max_length=120)
    role = models.CharField("rôle", max_length=20, choices=Role)
    is_active = models.BooleanField("compte ouvert", default=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["full_name", "role"]
    objects = Agents()

    PRIVACY: ClassVar = {
        "id": "clé de l'agent ; tant que le journal la cite",
        "username": "se connecter ; effacé un an après la fermeture du compte",
        "full_name": "dire aux personnes et aux collègues qui a fait quoi ; effacé un an après la fermeture",
        "role": "ouvrir ce que le rôle permet ; effacé un an après la fermeture",
        "is_active": "fermer un compte sans rien perdre ; effacé un an après la fermeture",
        "created_at": "tenir la liste des comptes ; effacé un an après la fermeture",
        "password": "empreinte du mot de passe, jamais le mot lui-même ; effacée à la fermeture",
        "last_login": "repérer les comptes oubliés ; effacé un an après la fermeture",
    }

    class Meta:
        verbose_name = "agent"
        ordering: ClassVar = ["full_name", "id"]

    def __str__(self) -> str:
        return self.full_name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used: see `accounts.rules`."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Django's own permissions are not used: see `accounts.rules`."""
        return False


class Team(Record):
    """People who go out together, of one organisation."""

    name = models.CharField("équipe", max_length=120, unique=True)
    organisation = models.CharField("organisme", max_length=120)
    is_partner = models.BooleanField("équipe d'un partenaire", default=False)
    members: "models.ManyToManyField[Agent, Membership]" = models.ManyToManyField(
        Agent, through="Membership", related_name="teams", verbose_name="membres"
    )

    class Meta:
        verbose_name = "équipe"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(Record):
    """An agent in a team, from a day and perhaps until another."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="memberships", verbose_name="agent")
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", verbose_name="équipe")
    since = models.DateField("depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "agent", "team", "since", "until"),
        "savoir qui pouvait ouvrir quoi et quand ; effacé un an après la fermeture du compte",
    )

    class Meta:
        verbose_name = "appartenance"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agent", "team"],
                condition=Q(until=None),
                name="one_live_membership",
                violation_error_message="Cette personne est déjà dans cette équipe.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="membership_ends_after_it_starts",
                violation_error_message="On ne peut pas quitter une équipe avant d'y être entré.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent} · {self.team}"
