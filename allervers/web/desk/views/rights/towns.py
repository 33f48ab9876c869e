"""From the name of a commune, as people write it, to its INSEE code."""

from allervers.rights.household import Fault, Faults
from allervers.rights.questions import Question
from allervers.territory.models import Area, AreaKind
from allervers.web.desk.spelling import plain


def code_of(question: Question, text: str) -> str:
    """ "saint gaudens", "Saint-Gaudens (31483)" or "31483" → "31483"; "" for nothing. Raises Faults."""
    wanted = plain(text)
    if not wanted:
        return ""
    communes = Area.objects.filter(kind=AreaKind.COMMUNE).values_list("code", "name")
    for code, name in communes:
        if wanted in (plain(code), plain(name), plain(f"{name} {code}")):
            return code
    if len(wanted) == 5 and wanted[0].isdigit() and wanted[2:].isdigit():
        return wanted.upper()
    raise Faults([Fault(question.fact, "une commune de la liste", text[:40], UNKNOWN.format(text[:40]))])


UNKNOWN = (
    "Nous ne connaissons pas « {} ». Choisissez une commune de la liste, ou écrivez son code INSEE à cinq "
    "caractères. Vous pouvez aussi passer cette question."
)
