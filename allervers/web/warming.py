"""The law takes seconds to load: a server begins as it starts, so that nobody waits for it side by side at a stall."""

from threading import Thread

from allervers.base import clock
from allervers.law import LawFault
from allervers.rights import assess
from allervers.rights.household import Faults, read


def begin() -> Thread:
    """Load the law beside everything else; a page that needs it sooner waits for it, and loads it no second time."""
    thread = Thread(target=load, name="law", daemon=True)
    thread.start()
    return thread


def load() -> None:
    """Work the rights of nobody in particular out, once; a day without law says so to whoever asks."""
    try:
        assess(read({"day": clock.today().isoformat(), "more_people": True}))
    except (Faults, LawFault):
        return
