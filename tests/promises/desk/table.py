"""Who may see what: every address of the desk, the roles it opens to, what it shows and whose that must be.

Read a line as a sentence: "an `outing-debrief` is read and sent by the team's roles, about an outing". The few words
used are defined above the table. A screen that is not in it fails the tests.
"""

from dataclasses import dataclass
from typing import Final

from allervers.accounts.models import Role
from allervers.people.choices import Purpose

# ------------------------------------------------------------------ who

PARTNER: Final = {Role.PARTNER_AGENT}
ADMIN: Final = {Role.ADMINISTRATOR}
COORDINATION: Final = {Role.COORDINATOR}
FIELD: Final = {Role.PRACTITIONER, Role.JOURNEY_LEAD}
TEAM: Final = FIELD | COORDINATION | {Role.PEER_SUPPORTER}
EVERYBODY: Final = TEAM | PARTNER | ADMIN

# ------------------------------------------------------------------ whose

OWN, OF_TEAM, OF_OTHERS = "own", "team", "other"  # written by oneself; by one's team; by another team
MINE: Final = {OWN, OF_TEAM}
ANY: Final = {OWN, OF_TEAM, OF_OTHERS}

THINGS: Final[dict[str, dict[Role, set[str]]]] = {  # what each role sees of the things that a team makes
    "outing": dict.fromkeys(FIELD | PARTNER | {Role.PEER_SUPPORTER}, MINE) | {Role.COORDINATOR: ANY},
    "encounter": dict.fromkeys(FIELD, MINE) | {Role.PEER_SUPPORTER: {OWN}, Role.COORDINATOR: ANY},
}
PERSONS: Final[dict[str, dict[Role, tuple[Purpose, ...]]]] = {  # to which purposes the person must have said yes
    "person": dict.fromkeys(FIELD, (Purpose.RECORD,)) | {Role.PARTNER_AGENT: (Purpose.SHARE,)},
    "journey": dict.fromkeys(FIELD, (Purpose.RECORD, Purpose.JOURNEY)),
}
PUBLIC_THINGS: Final = {"", "area", "place", "account", "figure"}  # seen by every role that the screen opens to

# ------------------------------------------------------------------ screens

READ, SEND, BOTH = ("GET",), ("POST",), ("GET", "POST")


@dataclass(frozen=True)
class Screen:
    """`who` may come, by which `methods`, about what (see THINGS and PERSONS); `query` is what the address asks."""

    who: set[Role]
    methods: tuple[str, ...] = READ
    about: str = ""
    query: str = ""


TABLE: Final[dict[str, Screen]] = {
    # ---- oneself
    "today": Screen(EVERYBODY),
    "about": Screen(EVERYBODY),
    "change-password": Screen(EVERYBODY, BOTH),
    "sign-out": Screen(EVERYBODY, SEND),
    # ---- territory: public figures and places, nobody in them
    "territory": Screen(EVERYBODY),
    "area": Screen(EVERYBODY, about="area"),
    "place-new": Screen(COORDINATION | ADMIN, BOTH, about="area"),
    "place-change": Screen(COORDINATION | ADMIN, BOTH, about="place"),
    "territory-import": Screen(COORDINATION | ADMIN, BOTH),
    "territory-import-read": Screen(COORDINATION | ADMIN, BOTH),
    "territory-import-stop": Screen(COORDINATION | ADMIN, SEND),
    "territory-import-carry": Screen(COORDINATION | ADMIN, SEND),
    # ---- outings
    "outings": Screen(TEAM | PARTNER),
    "outing": Screen(TEAM | PARTNER, about="outing"),
    "outing-sheet": Screen(TEAM | PARTNER, about="outing"),
    "outing-new": Screen(FIELD | COORDINATION, BOTH),
    "outing-change": Screen(FIELD | COORDINATION, BOTH, about="outing"),
    "outing-cancel": Screen(FIELD | COORDINATION, BOTH, about="outing"),
    "outing-restore": Screen(FIELD | COORDINATION, SEND, about="outing"),
    "outing-start": Screen(TEAM, SEND, about="outing"),
    "outing-start-undo": Screen(TEAM, SEND, about="outing"),
    "outing-debrief": Screen(TEAM, BOTH, about="outing"),
    "outing-reopen": Screen(TEAM, SEND, about="outing"),
    # ---- encounters
    "encounter-new": Screen(TEAM, BOTH),
    "encounter-new of an outing": Screen(TEAM, BOTH, about="outing", query="outing={outing}"),
    "encounter-tally": Screen(TEAM, SEND, about="outing"),
    "encounter": Screen(TEAM, about="encounter"),
    "encounter-change": Screen(TEAM, BOTH, about="encounter"),
    "encounter-strike": Screen(TEAM, SEND, about="encounter"),
    "encounter-unstrike": Screen(TEAM, SEND, about="encounter"),
    "encounter-news": Screen(TEAM, SEND, about="encounter"),
    "encounter-news-undo": Screen(TEAM, SEND, about="encounter"),
    "encounter-name": Screen(TEAM, SEND, about="encounter"),
    "encounter-unname": Screen(TEAM, SEND, about="encounter"),
    # ---- rights: worked out with anybody, kept for somebody who agreed
    "rights-start": Screen(TEAM),
    "rights-start after an encounter": Screen(TEAM, about="encounter", query="encounter={encounter}"),
    "rights-start with somebody": Screen(FIELD, about="person", query="person={person}"),
    "rights-ask": Screen(TEAM, SEND),
    "rights-see": Screen(TEAM, SEND),
    "rights-print": Screen(TEAM, SEND),
    "rights-settle": Screen(TEAM, SEND),
    # ---- persons
    "people": Screen(FIELD | PARTNER),
    "person-new": Screen(FIELD, BOTH),
    "person": Screen(FIELD | PARTNER, about="person"),
    "person-read-by": Screen(FIELD, about="person"),
    "person-change": Screen(FIELD, BOTH, about="person"),
    "person-saying": Screen(FIELD, SEND, about="person"),
    "person-saying-remove": Screen(FIELD, SEND, about="person"),
    "person-close": Screen(FIELD, SEND, about="person"),
    "person-close-remove": Screen(FIELD, SEND, about="person"),
    "person-agreement": Screen(FIELD, BOTH, about="person"),
    "person-withdraw": Screen(FIELD, BOTH, about="person"),
    "person-refusal": Screen(FIELD, BOTH, about="person"),
    "person-refusal-lift": Screen(FIELD, SEND, about="person"),
    "person-merge": Screen(FIELD, BOTH, about="person"),
    "person-unmerge": Screen(FIELD, SEND, about="person"),
    "person-erase": Screen(FIELD, BOTH, about="person"),
    # ---- journeys
    "journeys": Screen(FIELD),
    "journey-new": Screen(FIELD, BOTH, about="person"),
    "journey": Screen(FIELD, about="journey"),
    "journey-claim": Screen(FIELD, SEND, about="journey"),
    "journey-claim-remove": Screen(FIELD, SEND, about="journey"),
    "journey-step": Screen(FIELD, SEND, about="journey"),
    "journey-step-change": Screen(FIELD, SEND, about="journey"),
    "journey-event": Screen(FIELD, BOTH, about="journey"),
    "journey-event-strike": Screen(FIELD, SEND, about="journey"),
    "journey-lead": Screen(FIELD, SEND, about="journey"),
    "journey-end": Screen(FIELD, SEND, about="journey"),
    "journey-reopen": Screen(FIELD, SEND, about="journey"),
    # ---- figures: counts, and behind them facts without a name but for those who may open the person
    "figures": Screen(TEAM | ADMIN),
    "figures-csv": Screen(TEAM | ADMIN),
    "figures-report": Screen(TEAM | ADMIN),
    "figures-behind": Screen(FIELD | COORDINATION, about="figure"),
    # ---- the house
    "accounts": Screen(ADMIN),
    "account-new": Screen(ADMIN, BOTH),
    "team-new": Screen(ADMIN, BOTH),
    "account": Screen(ADMIN, about="account"),
    "account-role": Screen(ADMIN, SEND, about="account"),
    "account-password": Screen(ADMIN, SEND, about="account"),
    "account-team-join": Screen(ADMIN, SEND, about="account"),
    "account-team-leave": Screen(ADMIN, SEND, about="account"),
    "account-close": Screen(ADMIN, BOTH, about="account"),
    "journal": Screen(ADMIN),
    "journal-verify": Screen(ADMIN, SEND),
}
PUBLIC: Final = {"sign-in"}  # the only address that asks nobody who they are


def sees(screen: Screen, role: Role, whose: str, answers: dict[Purpose, str]) -> bool:
    """Whether the thing is there for somebody whom the screen opens to."""
    if screen.about in PUBLIC_THINGS:
        return True
    if screen.about in THINGS:
        return whose in THINGS[screen.about][role]
    return whose == OF_TEAM and all(answers[purpose] == "given" for purpose in PERSONS[screen.about][role])
