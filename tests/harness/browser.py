"""A real Chromium under Playwright: the one installed on this machine; Playwright itself downloads nothing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, sync_playwright

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ASYNC_UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"  # for the tests of this process, never for the application's own
MISSING = (
    "No Chromium on this machine. Install it (Debian, Ubuntu: `apt-get install chromium`; elsewhere Google Chrome, "
    "or say where it is with CHROMIUM=/path/to/it), then run again."
)
QUIET = [
    "--no-sandbox",  # root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
]


def path() -> str | None:
    """Where Chromium is; None when it is not installed."""
    given = os.environ.get("CHROMIUM")
    return given or next((found for name in NAMES if (found := shutil.which(name))), None)


def present() -> bool:
    """Whether the journeys can run here."""
    return path() is not None


@contextmanager
def opened() -> Iterator[Browser]:
    """A headless browser, closed at the end. Raises RuntimeError saying what to install when there is none.

    Playwright keeps an event loop running in this thread, which Django takes for an asynchronous program.
    """
    if not present():
        raise RuntimeError(MISSING)
    os.environ[ASYNC_UNSAFE] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


class Kept:
    """A browser kept open from one test to the next, and opened again when it has gone away between two."""

    def __init__(self) -> None:
        self.open()

    def open(self) -> None:
        """A browser, for every window to come."""
        self._stack = ExitStack()
        self._browser = self._stack.enter_context(opened())

    def new_context(self, **manner: Any) -> BrowserContext:
        """A window of its own."""
        try:
            return self._browser.new_context(**manner)
        except Error:
            self.close()
            self.open()
            return self._browser.new_context(**manner)

    def close(self) -> None:
        """Close it, gone away or not."""
        with suppress(Error):
            self._stack.close()
