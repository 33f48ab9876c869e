"""What may be written in a journey: a lead chosen, a right asked, a fact, a step, an end."""

from django import forms

from allervers.accompaniment.choices import Doer, Ending, EventKind
from allervers.base import clock
from allervers.rights.catalogue import all_rights
from allervers.web.desk.forms.people import day, key


def rights_by_name(keys=None) -> list[tuple[str, str]]:
    """(id, plain name and official name) of the rights, by plain name."""
    rights = [one for one in all_rights().values() if keys is None or one.id in keys]
    return sorted(((one.id, f"{one.names.plain} · {one.names.official}") for one in rights), key=lambda pair: pair[1])


class NewJourney(forms.Form):
    """The agreement where it was not given yet, the lead whom the person chooses, the rights to begin with."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    assessment = forms.UUIDField(widget=forms.HiddenInput, required=False)
    agreed = forms.BooleanField(
        label="La personne est d'accord pour être accompagnée",
        error_messages={"required": "Sans son accord, pas de parcours. On peut en reparler plus tard."},
    )
    lead = forms.ModelChoiceField(label="Qui la personne choisit pour l'accompagner", queryset=None)
    what_matters = forms.CharField(
        label="Ce que la personne veut, avec ses mots", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    right = forms.MultipleChoiceField(
        label="Les droits à demander pour commencer", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, leads, rights, has_agreed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads
        self.fields["right"].choices = rights_by_name(rights) if rights else []
        if has_agreed:
            del self.fields["agreed"]


class NewClaim(forms.Form):
    """One more right to ask."""

    id = key()
    right = forms.ChoiceField(label="Quel droit ?", choices=rights_by_name)


class NewEvent(forms.Form):
    """A dated fact of a claim."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Ce qui s'est passé", choices=EventKind, widget=forms.RadioSelect)
    happened_on = day("Quel jour ?")
    amount = forms.DecimalField(
        label="Montant, en euros par mois", required=False, localize=True, help_text="Si on le connaît."
    )
    starts_on = day("À partir du", required=False, help_text="Pour un droit accordé ou renouvelé.")
    until = day("Jusqu'au", required=False, help_text="Si le droit a une fin.")
    answer_by = day("Réponse attendue avant le", required=False)
    note = forms.CharField(label="Précision", max_length=400, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = clock.today()


class NewStep(forms.Form):
    """Who does what, for when."""

    id = key()
    says = forms.CharField(label="Le pas convenu, en une phrase", max_length=300)
    who = forms.ChoiceField(label="Qui s'en charge", choices=Doer, widget=forms.RadioSelect, initial=Doer.TOGETHER)
    due_on = day("Pour le", required=False)


class End(forms.Form):
    """How the journey ends."""

    ending = forms.ChoiceField(label="Comment finit-il ?", choices=Ending, widget=forms.RadioSelect)


class ChangeLead(forms.Form):
    """Somebody else of the team, whom the person chose."""

    lead = forms.ModelChoiceField(label="Qui la personne choisit", queryset=None)

    def __init__(self, *args, leads, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads
