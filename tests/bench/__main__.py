"""Print, for each page: its time against a page that does nothing, its queries for 1 and for 50 rows, its size.

    python -m tests.bench [--times 100] [--database URL]

The demonstration is made once in a temporary database and measured in this process, through every middleware. Times
are only compared with each other: they say what a page costs beyond an empty one on the same machine.
"""

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

LOOKS = 6  # times each page is looked at, the quickest kept
ROWS = 50


def main() -> int:
    """Make the large demonstration, look at each page, print the table; 1 when a list asks more for more rows."""
    options = asked()
    folder = tempfile.mkdtemp(prefix="aller-vers-bench-")
    try:
        set_up(options.database or f"sqlite:///{folder}/bench.sqlite3", folder)
        return measure(options.times)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100, help="how many times the demonstration (default 100)")
    parser.add_argument("--database", help="a DATABASE_URL to fill or, when it holds the demonstration, to measure")
    return parser.parse_args()


def set_up(database: str, folder: str) -> None:
    """Load Django on that database, with the page that does nothing."""
    os.environ |= {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings", "ALLERVERS_VAR": folder}
    os.environ.pop("HTTPS", None)
    import django
    from django.conf import settings

    django.setup()
    logging.getLogger("django").setLevel(logging.CRITICAL)  # pages refused while looking for who may see them
    settings.ROOT_URLCONF = "tests.bench.urls"
    settings.ALLOWED_HOSTS = ["testserver"]
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def measure(times: int) -> int:
    """The table, and how much there is."""
    from allervers.accounts.models import Agent
    from allervers.demonstration.accounts import TOULOUSE
    from tests.bench.pages import pages, world_of

    load(times)
    usernames = ("dominique.parcours", "marion.coordination", "andrea.comptes", "noa.partenaire")
    agents = [Agent.objects.get(username=name) for name in usernames]
    world = world_of(agents[0].teams.get(name=TOULOUSE), agents)
    looked_at, missed = pages(world)
    asked_for = queries()
    costs = {page.name: cost_of(world, page) for page in looked_at}
    empty = cost_of_nothing(world, agents[0])
    show(looked_at, costs, empty, asked_for)
    say_how_much()
    if missed:
        print(f"Not looked at (they answer to what is sent to them): {', '.join(missed)}")
    uneven = [name for name, (one, many) in asked_for.items() if one != many]
    if uneven:
        print(f"More rows, more questions: {', '.join(uneven)}")
    return 1 if uneven else 0


def load(times: int) -> None:
    """The demonstration, as `allervers demonstration load` makes it; nothing when it is there already."""
    from allervers.cli.demonstration import live, migrate, progress
    from allervers.demonstration import large, loading

    migrate()
    if not loading.is_empty():
        return
    live(seed=loading.SEED)
    with progress() as tell:
        large.multiply(times, seed=loading.SEED, tell=tell)


def cost_of(world, page) -> tuple[float, int]:
    """The least time of a page, in seconds (what else the machine does only adds), and its size in bytes."""
    client = world.client(page.agent)
    took, size = [], 0
    for _ in range(LOOKS):
        start = time.perf_counter()
        answer = client.get(page.address)
        took.append(time.perf_counter() - start)
        size = len(answer.content)
    return min(took), size


def cost_of_nothing(world, agent) -> float:
    """The least time of the page that does nothing."""
    client, took = world.client(agent), []
    for _ in range(LOOKS * 5):
        start = time.perf_counter()
        client.get("/rien")
        took.append(time.perf_counter() - start)
    return min(took)


def queries() -> dict[str, tuple[int, int]]:
    """By page, the questions asked for one row and for fifty, by a team made for it and undone."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from tests.bench.growing import Grower, new_team
    from tests.bench.pages import pages, world_of

    found: dict[str, list[int]] = {}
    with transaction.atomic():
        team, agents = new_team()
        grower = Grower(team, agents[0])
        for rows in (1, ROWS - 1):
            grower.grow(rows)
            world = world_of(team, agents)
            for page in pages(world)[0]:
                with CaptureQueriesContext(connection) as asked_now:
                    world.client(page.agent).get(page.address)
                found.setdefault(page.name, []).append(len(asked_now))
        transaction.set_rollback(True)
    return {name: (counts[0], counts[-1]) for name, counts in found.items() if len(counts) == 2}


def show(looked_at, costs, empty: float, asked_for) -> None:
    """The table, slowest first."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"Each page against one that does nothing ({empty * 1000:.1f} ms here)")
    for heading, side in (("page", "left"), ("looked at by", "left"), ("time ×", "right"), ("queries, 1 row", "right"),
                          (f"{ROWS} rows", "right"), ("KB", "right")):  # fmt: skip
        table.add_column(heading, justify=side)
    for page in sorted(looked_at, key=lambda one: -costs[one.name][0]):
        took, size = costs[page.name]
        one, many = asked_for.get(page.name, ("", ""))
        table.add_row(
            page.name, page.agent.role, f"{took / empty:.1f}", str(one), f"{many}{'' if one == many else ' !'}",
            f"{size / 1024:.0f}",
        )  # fmt: skip
    Console(width=None if sys.stdout.isatty() else 110).print(table)


def say_how_much() -> None:
    from django.apps import apps

    labels = (
        "people.Person",
        "encounters.Encounter",
        "outreach.Outing",
        "accompaniment.Claim",
        "encounters.Assessment",
    )
    told = [f"{apps.get_model(label).objects.count():,} {apps.get_model(label)._meta.model_name}s" for label in labels]
    print(f"On {', '.join(told)}.")


if __name__ == "__main__":
    sys.exit(main())
