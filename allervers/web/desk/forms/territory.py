"""Places and files of the territory."""

from django import forms

from allervers.territory.models import PlaceKind
from allervers.web.desk.forms.people import day

LARGEST = 200 * 1024 * 1024  # bytes


class PlaceForm(forms.Form):
    """Where people already go."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="Nom du lieu", max_length=160)
    kind = forms.ChoiceField(label="Sorte de lieu", choices=PlaceKind)
    address = forms.CharField(label="Adresse", max_length=240, required=False)
    opening_hours = forms.CharField(
        label="Horaires", max_length=240, required=False, help_text="Comme on le dirait : mardi matin, de 8 h à 13 h."
    )
    note = forms.CharField(label="À savoir", max_length=400, required=False, help_text="Où se garer, à qui parler…")
    checked_on = day("Vérifié le", required=False)


class FileForm(forms.Form):
    """A file to bring in."""

    file = forms.FileField(label="Le fichier", help_text="CSV, Parquet ou JSON, comme il vient du producteur.")
    kind = forms.ChoiceField(label="Ce que c'est", widget=forms.RadioSelect)
    departments = forms.CharField(
        label="Seulement ces départements",
        required=False,
        help_text="Numéros séparés par une virgule, par exemple : 31, 09. Vide : tous.",
    )

    def offer(self, kinds: list[tuple[str, str]]) -> None:
        """Say which kinds of file we can read."""
        self.fields["kind"] = forms.ChoiceField(label="Ce que c'est", choices=kinds, widget=forms.RadioSelect)

    def clean_file(self):
        """Refuse what no publisher sends."""
        if self.cleaned_data["file"].size > LARGEST:
            raise forms.ValidationError("Ce fichier dépasse 200 Mo. Découpez-le, par exemple par département.")
        return self.cleaned_data["file"]
