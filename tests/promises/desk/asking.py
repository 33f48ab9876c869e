"""One question asked of the desk, and what it left behind."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.test import Client

from allervers.accounts.models import Role
from allervers.base.models import Entry
from tests.promises.desk.world import World

READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
JOURNAL = ('INSERT INTO "base_', 'UPDATE "base_head"', 'INSERT OR IGNORE INTO "base_head"')


@dataclass
class Asked:
    """The answer, the lines it left in the journal, the tables it wrote in beside the journal."""

    answer: Any
    lines: list[dict[str, Any]]
    writes: list[str] = field(default_factory=list)

    @property
    def status(self) -> int:
        return int(self.answer.status_code)


class Desk:
    """A browser for each role, and one where nobody signed in."""

    def __init__(self, world: World) -> None:
        self.browsers: dict[Role | None, Client] = {None: Client()}
        for role, agent in world.agents.items():
            self.browsers[role] = Client()
            self.browsers[role].force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
        self.cookies = {role: browser.cookies.copy() for role, browser in self.browsers.items()}

    def __repr__(self) -> str:
        return "the desk"

    def ask(self, role: Role | None, method: str, address: str, data: Any = None, **more: Any) -> Asked:
        """Ask, look at what was written, take it back."""
        browser = self.browsers[role]
        browser.cookies = self.cookies[role].copy()
        writes: list[str] = []

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if not sql.lstrip().startswith((*READS, *JOURNAL)):
                writes.append(sql[:80])
            return execute(sql, params, many, context)

        with transaction.atomic():
            last = Entry.objects.count()
            with connection.execute_wrapper(watch):
                answer = send(browser, method, address, data, more)
            lines = list(Entry.objects.filter(number__gt=last).values("what", "about", "facts", "person"))
            transaction.set_rollback(True)
        return Asked(answer, lines, writes)


def send(browser: Client, method: str, address: str, data: Any, more: dict[str, Any]) -> Any:
    """GET and POST with their fields; the other methods with nothing."""
    if method == "GET":
        return browser.get(address, data, **more)
    if method == "POST":
        return browser.post(address, data, **more)
    return browser.generic(method, address, **more)
