"""Which period, where, whose."""

from django import forms

from allervers.accounts.models import Team
from allervers.base import clock
from allervers.learning.periods import Period
from allervers.learning.scope import SPLITS
from allervers.territory.models import Area, AreaKind
from allervers.web.desk.forms.people import day


class Asked(forms.Form):
    """What figures are asked about."""

    since = day("Du")
    until = day("Au")
    area = forms.ModelChoiceField(
        label="Commune", queryset=Area.objects.filter(kind=AreaKind.COMMUNE), required=False, empty_label="toutes"
    )
    team = forms.ModelChoiceField(label="Équipe", queryset=Team.objects.all(), required=False, empty_label="toutes")
    split = forms.ChoiceField(label="Découper", choices=[("", "non"), *SPLITS.items()], required=False)


def asked_of(query) -> tuple[Asked, dict]:
    """The form, and what it asks; the last three months when it asks nothing or nothing possible.

    Raises Refused for a period upside down.
    """
    quarter = Period.last_days(91, clock.today())
    given = query.dict() if "since" in query else {}
    form = Asked({"since": quarter.since.isoformat(), "until": quarter.until.isoformat(), **given})
    if not form.is_valid():
        return form, {"period": quarter, "split": None, "area": None, "team": None}
    said = form.cleaned_data
    period = Period(said["since"], said["until"])
    return form, {"period": period, "split": said["split"] or None, "area": said["area"], "team": said["team"]}
