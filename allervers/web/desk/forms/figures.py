"""Which period, where, whose."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from allervers.accounts.models import Team
from allervers.base import clock
from allervers.learning.periods import Period
from allervers.learning.scope import SPLITS
from allervers.territory.models import Area, AreaKind
from allervers.web.desk.asking import attempt
from allervers.web.desk.forms.people import day

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
TOO_FAR = "Choisissez un jour entre 2000 et 2100."


class Asked(forms.Form):
    """What figures are asked about."""

    since = day("Du", validators=[MinValueValidator(FIRST, TOO_FAR), MaxValueValidator(LAST, TOO_FAR)])
    until = day("Au", validators=[MinValueValidator(FIRST, TOO_FAR), MaxValueValidator(LAST, TOO_FAR)])
    area = forms.ModelChoiceField(
        label="Commune", queryset=Area.objects.filter(kind=AreaKind.COMMUNE), required=False, empty_label="toutes"
    )
    team = forms.ModelChoiceField(label="Équipe", queryset=Team.objects.all(), required=False, empty_label="toutes")
    split = forms.ChoiceField(label="Découper", choices=[("", "non"), *SPLITS.items()], required=False)


def asked_of(query) -> tuple[Asked, dict]:
    """The form, and what it asks; the last three months, with why in the form, when it asks nothing possible."""
    quarter = Period.last_days(91, clock.today())
    given = query.dict() if "since" in query else {}
    form = Asked({"since": quarter.since.isoformat(), "until": quarter.until.isoformat(), **given})
    period = attempt(form, period_of, said=form.cleaned_data) if form.is_valid() else None
    if period is None:
        return form, {"period": quarter, "split": None, "area": None, "team": None}
    said = form.cleaned_data
    return form, {"period": period, "split": said["split"] or None, "area": said["area"], "team": said["team"]}


def period_of(said) -> Period:
    """Raises Refused for a period upside down, or too long."""
    return Period(said["since"], said["until"])
