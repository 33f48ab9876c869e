"""Who may read which secret of the world, in one place; what an answer says that it should not."""

import re
from typing import Any

from allervers.accounts.models import Role
from tests.promises.desk.odd import SCRIPT, TYPED
from tests.promises.desk.secrets import Secret, said_by
from tests.promises.desk.table import FIELD
from tests.promises.desk.world import GIVEN, World

IS_PAGE = "content-type: text/html"
INLINE = re.compile(
    r'<script(?![^>]* src=)[^>]*>|<style|<[^>]* style="[^>]*>|<[^>]* on[a-z]+="[^>]*>'
    r'| (?:href|src|action|formaction)="\s*javascript:[^"]*'  # typed in a field, it is only text
)
TO_A_PARTNER = {"name", "phone", "language", "contact_note"}  # what is useful to reach somebody, and nothing more


def may_read(role: Role | None, secret: Secret) -> bool:
    """Whether a page shown to this role may say it. Nobody reads what only another team was told."""
    if role is None or secret.purpose.endswith("of keepers"):
        return False
    if secret.purpose == "team" or secret.purpose.startswith("met by"):
        return may_read_of_team(role, secret)
    return may_read_of_person(role, secret)


def may_read_of_team(role: Role, secret: Secret) -> bool:
    """Words of an outing, or of somebody met without a name."""
    if role == Role.COORDINATOR:
        return True
    if role == Role.PARTNER_AGENT:
        return secret.whose == "partner"
    if role == Role.PEER_SUPPORTER and secret.purpose != "team":
        return secret.purpose == f"met by {role}"
    return secret.whose == "ours" and role != Role.ADMINISTRATOR


def may_read_of_person(role: Role, secret: Secret) -> bool:
    """What is known of somebody: `whose` says what they answered, and to what; yes to everything else."""
    purpose, _, state = secret.whose.partition(" ")
    if not state:
        return False  # somebody of the other team
    closed = "" if state == GIVEN else purpose
    if role == Role.PARTNER_AGENT:
        return secret.kind in TO_A_PARTNER and closed != "share" and secret.whose != "record never"
    return role in FIELD and closed not in ("record", secret.purpose)


def faults(world: World, role: Role | None, method: str, asked: Any) -> list[str]:
    """What is wrong with an answer, whatever was asked; empty when nothing is."""
    answer = asked.answer
    said = said_by(answer)
    told = [f"{one.kind} of {one.whose}" for one in world.safe.found_in(said) if not may_read(role, one)]
    found = [f"says the {one}" for one in told]
    found += [f"writes {sql}" for sql in asked.writes if method in ("GET", "HEAD")]
    found += [f"journal: {one.kind} of {one.whose}" for one in world.safe.found_in(str(asked.lines))]
    found += ["journal: what was typed"] if TYPED.lower() in str(asked.lines).lower() else []
    found += ["a script is let in"] if SCRIPT in said else []
    found += [f"the browser would not run {one!r}" for one in INLINE.findall(said)] if IS_PAGE in said else []
    found += [f"leads to {answer.url}"] if answer.status_code in (301, 302) and not is_ours(answer.url) else []
    return found + ([f"answers {answer.status_code}"] if answer.status_code >= 500 else [])


def is_ours(address: str) -> bool:
    """A path of this site, and not another site written as a path."""
    return address.startswith("/") and not address.startswith(("//", "/\\"))
