"""What may be written of an encounter. How many people is all that is needed, and it is already answered: one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import QuerySet

from allervers.accounts.models import Team
from allervers.base import clock
from allervers.encounters.models import Contact, Encounter, Offer, Outcome
from allervers.encounters.rules import MOST
from allervers.outreach.models import Outing
from allervers.people.choices import NonTakeUp
from allervers.territory.models import Area, AreaKind
from allervers.web.desk.spelling import plain

WORDS = ("how", "said", "offered", "outcome", "agreed", "form", "news_by")


class WhatWasSaid(forms.Form):
    """What happened. Everything but the number can stay as it is."""

    met = forms.IntegerField(
        label="Combien de personnes ?",
        help_text="En tout, avec ou sans nom. Aucun nom n'est demandé.",
        min_value=1,
        max_value=MOST,
        initial=1,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    how = forms.ChoiceField(
        label="Comment le lien s'est fait", choices=Contact, initial=Contact.CONVERSATION, widget=forms.RadioSelect
    )
    said = forms.CharField(
        label="Ce qui a été dit, avec leurs mots",
        help_text="Écrivez comme si la personne lisait par-dessus votre épaule.",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    offered = forms.MultipleChoiceField(
        label="Ce qui a été proposé", choices=Offer, required=False, widget=forms.CheckboxSelectMultiple
    )
    outcome = forms.ChoiceField(label="Et maintenant ?", choices=Outcome, initial=Outcome.MET, widget=forms.RadioSelect)
    agreed = forms.CharField(label="Le pas convenu ensemble", required=False, max_length=300)
    news_by = forms.DateField(
        label="Des nouvelles, avant le",
        help_text="Si des nouvelles sont souhaitées ou promises.",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    form = forms.ChoiceField(
        label="Ce que la personne dit de la raison",
        help_text="Seulement si elle l'a dit, après « non » ou « pas maintenant ». On ne devine pas.",
        choices=[("", "elle n'en a rien dit"), *NonTakeUp.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    def words(self, known: int) -> dict[str, Any]:
        """What the op is told of the meeting, `known` of the people met being known."""
        said = {name: self.cleaned_data[name] for name in WORDS}
        return said | {"anonymous_count": max(0, self.cleaned_data["met"] - known)}


class EncounterForm(WhatWasSaid):
    """A new encounter, during an outing or not."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.DateField(
        label="Quel jour ?", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    at = forms.TimeField(
        label="À quelle heure ?",
        help_text="Laissez vide si c'était maintenant.",
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    find = forms.CharField(
        label="Chercher une personne connue",
        help_text="Un nom, un surnom ou un téléphone, parmi les personnes qui ont donné leur accord à votre équipe.",
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    found = forms.CharField(required=False, widget=forms.HiddenInput)
    people = forms.MultipleChoiceField(label="Qui était là", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, outing: Outing | None, people: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outing = outing
        self.fields["id"].initial = uuid4
        self.fields["people"].choices = [(str(key), name) for key, name in people.items()]
        if not people:
            del self.fields["people"]
        if outing:
            del self.fields["day"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("day") and not said.get("at") and "at" not in self.errors:
            self.add_error("at", "Dites aussi l'heure, même à peu près.")
        return said

    def there(self) -> list[UUID]:
        """The keys of those chosen."""
        return [UUID(key) for key in self.cleaned_data.get("people", ())]

    def told(self) -> dict[str, Any]:
        """What the op is told."""
        there = self.there()
        return self.words(len(there)) | {
            "id": self.cleaned_data["id"], "people": there, "outing": self.outing, "happened_at": self.moment(),
        }  # fmt: skip

    def moment(self) -> datetime | None:
        """When it happened, in France; None for now. During an outing past midnight, small hours are the day after."""
        at = self.cleaned_data["at"]
        if at is None:
            return None
        if self.outing is None:
            return datetime.combine(self.cleaned_data["day"] or clock.today(), at, clock.PARIS)
        starts, ends = (when.astimezone(clock.PARIS) for when in (self.outing.starts_at, self.outing.ends_at))
        told = datetime.combine(starts.date(), at, clock.PARIS)
        overnight = ends.date() > starts.date() and at < starts.time()
        return told + timedelta(days=1) if overnight else told


class ElsewhereForm(EncounterForm):
    """An encounter outside any outing: the team and the commune are asked too."""

    team = forms.ModelChoiceField(Team.objects.none(), label="Avec quelle équipe ?", empty_label=None)
    town = forms.CharField(
        label="Dans quelle commune ?", max_length=120, widget=forms.TextInput({"list": "towns", "autocomplete": "off"})
    )

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, outing=None, **kwargs)
        self.fields["team"].queryset = teams
        self.fields["team"].initial = teams.first()

    def clean_town(self) -> Area:
        """The commune, however it is written. Raises ValidationError."""
        wanted = plain(self.cleaned_data["town"])
        communes = Area.objects.filter(kind=AreaKind.COMMUNE).order_by("code")
        for area in communes.only("pk", "code", "name"):
            if wanted in (plain(area.name), area.code, plain(f"{area.name} {area.code}")):
                return area
        raise forms.ValidationError("Cette commune n'est pas connue ici. Choisissez-en une de la liste.")

    def told(self) -> dict[str, Any]:
        """What the op is told."""
        return super().told() | {"team": self.cleaned_data["team"], "area": self.cleaned_data["town"]}


def as_written(encounter: Encounter, known: int) -> dict[str, Any]:
    """The answers that an encounter already holds."""
    return {name: getattr(encounter, name) for name in WORDS} | {"met": encounter.anonymous_count + known}
