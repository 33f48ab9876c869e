"""What is asked to prepare an outing, to debrief it, to give it up."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from allervers.accounts.models import Agent, Team
from allervers.accounts.reading import memberships_now
from allervers.base import clock
from allervers.outreach.models import Outing, OutingKind
from allervers.outreach.rules import State
from allervers.territory.models import Area, Partner, Place

MOST_PARTNERS = 40


class PlaceChoice(forms.ModelChoiceField):
    """A place with what it is."""

    def label_from_instance(self, place: Place) -> str:
        return f"{place.name} ({place.get_kind_display()})"


class OutingForm(forms.Form):
    """When, where, who, with whom, what for. The commune and the team are already chosen."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label="Quelle sorte de sortie ?", choices=OutingKind, widget=forms.RadioSelect)
    quarter = forms.ModelChoiceField(
        Area.objects.none(), label="Quartier", required=False, empty_label="Toute la commune"
    )
    place = PlaceChoice(Place.objects.none(), label="Lieu", required=False, empty_label="Pas de lieu précis")
    day = forms.DateField(label="Jour", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    starts = forms.TimeField(label="De", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(
        label="À",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    agents = forms.ModelMultipleChoiceField(
        Agent.objects.none(), label="Qui y va ?", required=False, widget=forms.CheckboxSelectMultiple
    )
    partners = forms.ModelMultipleChoiceField(
        Partner.objects.none(), label="Avec quels partenaires ?", required=False, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.CharField(
        label="Pour quoi faire ?",
        help_text="Par exemple : parler de la prime d'activité autour d'un café.",
        max_length=300,
    )
    why_here = forms.CharField(
        label="Pourquoi ici ?",
        help_text="En mots simples : l'équipe et les partenaires le liront.",
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 4}),
    )
    after_the_fact = forms.BooleanField(label="La sortie a déjà eu lieu, je l'écris après coup", required=False)
    despite_overlap = forms.BooleanField(label="Garder, même si une autre sortie a lieu au même moment", required=False)

    def __init__(self, *args: Any, area: Area, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        commune = area.commune or area
        self.commune = commune
        self.fields["id"].initial = uuid4
        self.fields["quarter"].queryset = commune.iris.order_by("name", "code")
        self.fields["place"].queryset = places_of(commune)
        self.fields["agents"].queryset = Agent.objects.filter(
            pk__in=memberships_now().filter(team=team).values("agent"), is_active=True
        )
        self.fields["partners"].queryset = partners_of(commune, self.initial.get("partners", ()))
        for name in ("quarter", "partners", "agents"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]

    def told(self) -> dict[str, Any]:
        """What the op is told. Times are those of France."""
        said = self.cleaned_data
        starts_at, ends_at = span(said["day"], said["starts"], said["ends"])
        return {
            "kind": said["kind"],
            "area": said.get("quarter") or self.commune,
            "place": said["place"],
            "starts_at": starts_at,
            "ends_at": ends_at,
            "agents": list(said.get("agents", ())),
            "partners": list(said.get("partners", ())),
            "purpose": said["purpose"],
            "why_here": said["why_here"],
            "after_the_fact": said["after_the_fact"],
            "despite_overlap": said["despite_overlap"],
        }


def span(day: Any, starts: time, ends: time) -> tuple[datetime, datetime]:
    """The two moments, the second on the day after when its hour comes first."""
    first = datetime.combine(day, starts, clock.PARIS)
    last = datetime.combine(day if ends > starts else day + timedelta(days=1), ends, clock.PARIS)
    return first, last


def places_of(commune: Area) -> Any:
    """The places of a commune and of its quarters."""
    return Place.objects.filter(area__in=Area.objects.filter(pk=commune.pk) | commune.iris.all()).order_by("name", "id")


def partners_of(commune: Area, already: Any) -> Any:
    """The partners of the commune, and those already chosen."""
    first = Partner.objects.filter(area=commune).order_by("name", "id").values("pk")[:MOST_PARTNERS]
    return Partner.objects.filter(pk__in=[*(row["pk"] for row in first), *(one.pk for one in already)])


def as_written(outing: Outing) -> dict[str, Any]:
    """The answers that an outing already holds."""
    starts, ends = (moment.astimezone(clock.PARIS) for moment in (outing.starts_at, outing.ends_at))
    return {
        "kind": outing.kind,
        "quarter": outing.area if outing.area.commune_id else None,
        "place": outing.place,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "agents": list(outing.agents.all()),
        "partners": list(outing.partners.all()),
        "purpose": outing.purpose,
        "why_here": outing.why_here,
    }


class DebriefForm(forms.Form):
    """What the team says together at the end. Nothing is required."""

    went_well = forms.CharField(
        label="Ce qui a bien marché", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    was_hard = forms.CharField(
        label="Ce qui a été difficile",
        help_text="Aussi pour l'équipe : la fatigue, le froid, une parole lourde.",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )
    people_said = forms.CharField(
        label="Ce que les gens disent de notre démarche",
        help_text="Avec leurs mots, sans nom.",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )
    presence_minutes = forms.IntegerField(
        label="Minutes de présence sur place",
        help_text="Une seule fois pour toute l'équipe : deux heures à trois personnes, c'est 120.",
        required=False,
        min_value=0,
    )


class CancelForm(forms.Form):
    """Why the team will not go."""

    why = forms.CharField(
        label="Pourquoi ?", help_text="Quelques mots : la pluie, une absence, la fête du village.", max_length=240
    )


class OutingFilter(forms.Form):
    """Which outings of the list to show."""

    when = forms.ChoiceField(
        label="Quand", required=False, choices=[("", "À venir et en cours"), ("past", "Passées"), ("all", "Toutes")]
    )
    state = forms.ChoiceField(label="Où elle en est", required=False, choices=[("", "Toutes"), *State.choices])
    team = forms.ModelChoiceField(Team.objects.all(), label="Équipe", required=False, empty_label="Toutes")
    area = forms.ModelChoiceField(Area.objects.none(), label="Commune", required=False, empty_label="Toutes")
    kind = forms.ChoiceField(label="Sorte", required=False, choices=[("", "Toutes"), *OutingKind.choices])

    def __init__(self, *args: Any, teams: QuerySet[Team], areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams
        self.fields["area"].queryset = areas
