"""Days and hours as one says them: `aujourd'hui`, `demain`, `samedi 28 novembre`, `8 h 30`."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils.formats import date_format

from allervers.base import clock

register = template.Library()
NEAR = {-1: "hier", 0: "aujourd'hui", 1: "demain"}


@register.filter(expects_localtime=True)
def hour(moment: Any) -> str:
    """`8 h`, `13 h 30`; nothing for nothing."""
    if not moment:
        return ""
    return f"{moment.hour} h" if not moment.minute else f"{moment.hour} h {moment.minute:02}"


@register.filter(expects_localtime=True)
def day(moment: Any) -> str:
    """`aujourd'hui`, `samedi 28 novembre`, with the year where it is another one; nothing for nothing."""
    if not moment:
        return ""
    told = moment.date() if isinstance(moment, datetime) else moment
    today = clock.today()
    return NEAR.get((told - today).days) or date_format(told, "l j F" if told.year == today.year else "l j F Y")


@register.filter
def days_late(due: date | None) -> int:
    """How many days ago it was due; 0 when it is not late."""
    return max(0, (clock.today() - due) // timedelta(days=1)) if due else 0
