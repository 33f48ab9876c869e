"""What each role opens. One table; everything that is not in it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allervers.base.errors import Refused

if TYPE_CHECKING:
    from allervers.accounts.models import Agent

FIELD: Final = {"practitioner", "journey_lead"}
TEAM: Final = FIELD | {"coordinator", "peer_supporter"}

OPENS: Final[dict[str, set[str]]] = {
    "see_territory": TEAM | {"partner_agent", "administrator"},
    "change_territory": {"coordinator", "administrator"},
    "see_outings": TEAM | {"partner_agent"},
    "prepare_outing": FIELD | {"coordinator"},
    "run_outing": TEAM,
    "record_encounter": TEAM,
    "work_out_rights": TEAM,
    "open_person": FIELD | {"partner_agent"},  # and only with the person's agreement: people.access
    "write_person": FIELD,
    "lead_journey": FIELD,
    "see_figures": TEAM | {"administrator"},
    "drill_figures": FIELD | {"coordinator"},
    "change_accounts": {"administrator"},
    "read_journal": {"administrator"},
}


def may(agent: Agent, gesture: str) -> bool:
    """Whether the agent's role opens this gesture. Raises KeyError for a gesture that is not in the table."""
    return agent.is_active and agent.role in OPENS[gesture]


def require(agent: Agent, gesture: str) -> None:
    """Refuse, in French, when the role does not open the gesture."""
    if not may(agent, gesture):
        raise Refused(
            "role-does-not-open-this",
            why="Votre rôle n'ouvre pas ce geste.",
            remedy="Demandez à un ou une collègue dont c'est le rôle, ou à l'administration des comptes.",
        )
