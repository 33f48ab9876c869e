"""The demonstration's teams and accounts: one at least for each role, all invented."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from allervers.accounts import ops
from allervers.accounts.models import Agent, Role, Team

TOULOUSE, COMMINGES, LAURAGAIS = "Équipe mobile Toulouse", "Équipe mobile Comminges", "Équipe mobile Lauragais"
PARTNER = "Les Passerelles (partenaire fictif)"
ORGANISATION = "Collectif de démonstration"


@dataclass(frozen=True)
class Account:
    """An account of the demonstration."""

    username: str
    full_name: str
    role: Role
    teams: tuple[str, ...] = ()


ACCOUNTS = (
    Account("camille.terrain", "Camille Terrain", Role.PRACTITIONER, (TOULOUSE, LAURAGAIS)),
    Account("lou.terrain", "Lou Terrain", Role.PRACTITIONER, (COMMINGES,)),
    Account("sacha.terrain", "Sacha Terrain", Role.PRACTITIONER, (LAURAGAIS,)),
    Account("dominique.parcours", "Dominique Parcours", Role.JOURNEY_LEAD, (TOULOUSE, LAURAGAIS)),
    Account("alix.parcours", "Alix Parcours", Role.JOURNEY_LEAD, (COMMINGES,)),
    Account("marion.coordination", "Marion Coordination", Role.COORDINATOR, (TOULOUSE, COMMINGES, LAURAGAIS)),
    Account("morgan.pair", "Morgan Pair-Aidance", Role.PEER_SUPPORTER, (TOULOUSE,)),
    Account("noa.partenaire", "Noa Partenaire", Role.PARTNER_AGENT, (PARTNER,)),
    Account("andrea.comptes", "Andréa Comptes", Role.ADMINISTRATOR),
)
WORDS = (Path(__file__).parent / "data" / "password_words.txt").read_text(encoding="utf-8").split()


def password_of(username: str) -> str:
    """Four words and a number drawn from this installation's own secret: the same each time here, unknown elsewhere."""
    drawn = hmac.new(settings.SECRET_KEY.encode(), f"demonstration {username}".encode(), hashlib.sha256).digest()
    words = [WORDS[byte % len(WORDS)] for byte in drawn[:4]]
    return "-".join([*words, str(int.from_bytes(drawn[4:6]) % 9000 + 1000)])


def open_accounts() -> tuple[dict[str, Team], dict[str, Agent]]:
    """Teams by name and agents by username."""
    admin = next(one for one in ACCOUNTS if one.role == Role.ADMINISTRATOR)
    by = ops.open_first_account(
        username=admin.username, full_name=admin.full_name, password=password_of(admin.username)
    )
    names = dict.fromkeys(name for one in ACCOUNTS for name in one.teams)
    teams = {
        name: ops.create_team(
            name=name, organisation="Les Passerelles (fictif)" if name == PARTNER else ORGANISATION,
            is_partner=name == PARTNER, by=by,
        )
        for name in names
    }  # fmt: skip
    agents = {admin.username: by}
    for one in ACCOUNTS:
        if one is not admin:
            agents[one.username] = ops.open_account(
                username=one.username, full_name=one.full_name, role=one.role, password=password_of(one.username),
                teams=[teams[name] for name in one.teams], by=by,
            )  # fmt: skip
    return teams, agents
