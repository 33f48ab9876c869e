"""Which lines of the journal to show."""

from django import forms

from allervers.accounts.models import Agent
from allervers.web.desk.gestures import CHOICES


class JournalFilter(forms.Form):
    """By gesture, by day, by agent."""

    what = forms.ChoiceField(label="Geste", required=False, choices=CHOICES)
    day = forms.DateField(label="Jour", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    by = forms.ModelChoiceField(Agent.objects.all(), label="Par", required=False, empty_label="Tout le monde")
