"""What is asked to open an account, to change it, to make a team."""

from typing import Any
from uuid import uuid4

from django import forms

from allervers.accounts.models import Agent, Role, Team

PASSWORD_HINT = "Au moins douze caractères : quatre mots sans lien entre eux se retiennent bien."


def new_password() -> forms.CharField:
    """Shown in clear: it is told to the person, who changes it when they first sign in."""
    return forms.CharField(
        label="Mot de passe provisoire",
        help_text=f"{PASSWORD_HINT} Donnez-le de vive voix : la personne le changera.",
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        strip=False,
    )


class NewAccount(forms.Form):
    """Somebody who joins."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    full_name = forms.CharField(
        label="Nom affiché", help_text="Celui que les collègues et les personnes connaissent.", max_length=120
    )
    username = forms.CharField(
        label="Identifiant", help_text="Pour se connecter, en minuscules.", max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    role = forms.ChoiceField(label="Rôle", choices=Role, widget=forms.RadioSelect)
    teams = forms.ModelMultipleChoiceField(
        Team.objects.all(), label="Équipes", required=False, widget=forms.CheckboxSelectMultiple
    )
    password = new_password()


class ChangeRole(forms.Form):
    """Another role."""

    role = forms.ChoiceField(label="Rôle", choices=Role)


class JoinTeam(forms.Form):
    """One more team."""

    team = forms.ModelChoiceField(Team.objects.none(), label="Équipe", empty_label=None)

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = agent.memberships.filter(until=None).values("team")
        self.fields["team"].queryset = Team.objects.exclude(pk__in=there)


class NewPassword(forms.Form):
    """Another password, when one is forgotten."""

    password = new_password()


class NewTeam(forms.Form):
    """A team of ours, or of a partner."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    name = forms.CharField(label="Nom de l'équipe", max_length=120)
    organisation = forms.CharField(label="Organisme", max_length=120)
    is_partner = forms.BooleanField(
        label="C'est l'équipe d'un partenaire",
        help_text="Elle ne lira que ce que les personnes acceptent de partager.",
        required=False,
    )


class AccountFilter(forms.Form):
    """Which accounts to show."""

    q = forms.CharField(label="Nom ou identifiant", required=False, widget=forms.TextInput({"autocomplete": "off"}))
    role = forms.ChoiceField(label="Rôle", required=False, choices=[("", "Tous"), *Role.choices])
    team = forms.ModelChoiceField(Team.objects.all(), label="Équipe", required=False, empty_label="Toutes")
    closed = forms.BooleanField(label="Aussi les comptes fermés", required=False)
