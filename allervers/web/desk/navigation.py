"""What the top of every page shows: the sections that the signed-in agent's role opens."""

from dataclasses import dataclass

from django.urls import reverse

from allervers.accounts.rules import may


@dataclass(frozen=True)
class Section:
    """A link of the navigation; `here` when the page shown belongs to it."""

    label: str
    icon: str
    address: str
    here: bool
    second: bool = False  # on a phone, in the menu rather than in the bar


# label, icon, name of its page, gesture that opens it, prefix of the names of its pages
SECTIONS = [
    ("Aujourd'hui", "today", "today", None, "today"),
    ("Sorties", "outing", "outings", "see_outings", "outing"),
    ("Rencontre", "encounter", "encounter-new", "record_encounter", "encounter"),
    ("Droits", "rights", "rights-start", "work_out_rights", "rights"),
    ("Personnes", "person", "people", "open_person", ("people", "person", "journey")),
    ("Territoire", "territory", "territory", "see_territory", "territory"),
    ("Chiffres", "figures", "figures", "see_figures", "figures"),
]
SECOND = {"territory", "figures"}
MORE = [
    ("Comptes et équipes", "", "accounts", "change_accounts", "account"),
    ("Journal", "", "journal", "read_journal", "journal"),
    ("Changer mon mot de passe", "", "change-password", None, "change-password"),
    ("À propos", "", "about", None, "about"),
]


def navigation(request):
    """Context of every page: `sections`, `more_sections`, `signed_in`."""
    agent = getattr(request, "user", None)
    if agent is None or not agent.is_authenticated:
        return {"sections": [], "more_sections": [], "signed_in": None}
    name = request.resolver_match.url_name if request.resolver_match else ""
    return {
        "sections": [section(line, name) for line in SECTIONS if line[3] is None or may(agent, line[3])],
        "more_sections": [section(line, name) for line in MORE if line[3] is None or may(agent, line[3])],
        "signed_in": agent,
    }


def section(line, name):
    """One line of the table, for the page called `name`."""
    label, icon, page, _, prefix = line
    return Section(label, icon, reverse(page), bool(name) and name.startswith(prefix), page in SECOND)
