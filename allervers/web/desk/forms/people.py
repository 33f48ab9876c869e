"""What may be asked about a person; nothing here is required but their agreement."""

import uuid

from django import forms

from allervers.accounts.models import Team
from allervers.people import access
from allervers.people.choices import Answer, Channel, NonTakeUp, Purpose, RefusalKind, Route, SayingKind
from allervers.rights.catalogue import all_rights
from allervers.territory.models import Area, AreaKind

YES_NO = [("", "pas dit"), ("yes", "oui"), ("no", "non")]
TRUTH = {"": None, "yes": True, "no": False}


class YesNoUnsaid(forms.ChoiceField):
    """Yes, no, or not said: None."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs):
        super().__init__(choices=YES_NO, required=False, **kwargs)

    def clean(self, value):
        return TRUTH[super().clean(value)]

    def prepare_value(self, value):
        return {None: "", True: "yes", False: "no"}.get(value, value)


def day(label, **kwargs):
    """A date, typed or chosen."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def key():
    """The key of what is about to be written, made with the page: sent twice, it is written once."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)


class NewPerson(forms.Form):
    """A record is written with its agreement, or not at all."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    team = forms.ModelChoiceField(label="Équipe", queryset=None)
    agreed = forms.BooleanField(
        label="La personne est d'accord pour que nous gardions cette fiche",
        error_messages={
            "required": "Sans l'accord de la personne, rien n'est écrit. La rencontre peut rester sans nom."
        },
    )
    route = forms.ChoiceField(
        label="Comment l'a-t-elle dit ?", choices=Route, initial=Route.SAID, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label="Nom ou surnom", max_length=120, required=False, help_text="Un surnom suffit. Rien aussi."
    )
    is_pseudonym = forms.BooleanField(label="C'est un surnom", required=False)
    phone = forms.CharField(label="Téléphone", max_length=40, required=False)
    area = forms.ModelChoiceField(
        label="Commune", queryset=Area.objects.filter(kind=AreaKind.COMMUNE), required=False, empty_label="pas dit"
    )

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams
        self.fields["team"].initial = teams.first()


class ChangePerson(forms.Form):
    """How the person is called and reached, as they want it."""

    name = forms.CharField(label="Nom ou surnom", max_length=120, required=False)
    is_pseudonym = forms.BooleanField(label="C'est un surnom", required=False)
    phone = forms.CharField(label="Téléphone", max_length=40, required=False)
    born = day("Date de naissance", required=False)
    language = forms.CharField(label="Langue", max_length=40, required=False)
    area = forms.ModelChoiceField(
        label="Commune", queryset=Area.objects.filter(kind=AreaKind.COMMUNE), required=False, empty_label="pas dit"
    )
    may_call = YesNoUnsaid(label="On peut m'appeler")
    may_text = YesNoUnsaid(label="On peut m'envoyer un SMS")
    may_write = YesNoUnsaid(label="On peut m'écrire")
    may_visit = YesNoUnsaid(label="On peut passer me voir")
    contact_note = forms.CharField(label="Quand et comment", max_length=240, required=False)


class Saying(forms.Form):
    """Words to keep, as they were said."""

    id = key()
    kind = forms.ChoiceField(
        label="C'est", choices=SayingKind, widget=forms.RadioSelect, initial=SayingKind.WHAT_MATTERS
    )
    text = forms.CharField(label="Avec ses mots", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class CloseOne(forms.Form):
    """A first name or a role, never more: that person was not asked."""

    id = key()
    who = forms.CharField(
        label="Prénom ou rôle", max_length=60, help_text="Jamais un nom complet : cette personne n'a rien demandé."
    )
    link = forms.CharField(label="Lien", max_length=120, required=False, help_text="Par exemple : ma sœur, la voisine.")


class AskAgreement(forms.Form):
    """The answer to words read together."""

    id = key()
    answer = forms.ChoiceField(
        label="La personne répond",
        choices=[(Answer.GIVEN, "Oui"), (Answer.REFUSED, "Non")],
        widget=forms.RadioSelect,
    )
    route = forms.ChoiceField(label="Comment ?", choices=Route, initial=Route.SAID, widget=forms.RadioSelect)
    language = forms.CharField(label="Langue", max_length=40, initial="français")
    read_aloud = forms.BooleanField(label="Lu à voix haute", required=False, initial=True)
    expires_on = day("Jusqu'au", required=False, help_text="Si la personne veut une fin.")


class AskToShare(AskAgreement):
    """The answer, and with which partner: the person knows who."""

    partner = forms.ModelChoiceField(label="Avec quel partenaire ?", queryset=Team.objects.filter(is_partner=True))
    field_order = ("partner", "answer")


class Refusal(forms.Form):
    """A no in the person's words; everything but the no itself may stay empty."""

    id = key()
    kind = forms.ChoiceField(label="La personne dit", choices=RefusalKind, widget=forms.RadioSelect)
    right = forms.ChoiceField(label="Quel droit ?", required=False)
    channel = forms.ChoiceField(
        label="Par quel moyen ?", choices=[("", "sans objet"), *Channel.choices], required=False
    )
    own_words = forms.CharField(label="Avec ses mots", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    may_come_back = YesNoUnsaid(label="Peut-on en reparler ?")
    come_back_on = day("À partir du", required=False)
    come_back_how = forms.CharField(label="Comment", max_length=240, required=False)
    form = forms.ChoiceField(
        label="Ce que la personne dit de la raison",
        choices=[("", "elle n'en dit rien"), *NonTakeUp.choices],
        required=False,
        help_text="Seulement si elle le dit. On ne devine pas.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = sorted(((one.id, one.names.plain) for one in all_rights().values()), key=lambda pair: pair[1])
        self.fields["right"].choices = [("", "sans objet"), *names]


class Certain(forms.Form):
    """A word typed to confirm what cannot be undone."""

    sure = forms.BooleanField(
        label="Oui, la personne le demande", error_messages={"required": "Cochez la case pour confirmer."}
    )


class OtherRecord(forms.Form):
    """The other record of the same person, chosen among those shown."""

    other = forms.UUIDField(
        label="L'autre fiche de la même personne",
        error_messages={"required": "Choisissez une fiche, ou cherchez-la.", "invalid": "Choisissez une des fiches."},
    )
    sure = forms.BooleanField(label="La personne est d'accord", error_messages={"required": "Demandez-lui d'abord."})
    both = forms.BooleanField(
        label="La personne accepte que chacune de ces équipes lise tout ce que l'autre a écrit", required=False
    )

    def __init__(self, *args, record, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.record, self.by = record, by

    def clean_other(self):
        other = self.cleaned_data["other"]
        if other == self.record.pk or not access.may_open(other, by=self.by, purpose=Purpose.RECORD):
            raise forms.ValidationError("Choisissez une autre fiche, que votre équipe peut ouvrir.")
        return other
