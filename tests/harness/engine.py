"""The database under the tests: `pytest --engine=sqlite` (default) or `--engine=postgresql`.

Loaded before Django's settings (see addopts), since one DATABASE_URL decides. The tests never see the environment's own
database, key or `var/`. Workers of xdist inherit what the first process has set.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Generator

import pytest

from tests.harness import postgres

LENT = "ALLERVERS_TESTS_ENGINE"  # set by the first process, seen by its workers
_server: list[postgres.Server] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", choices=["sqlite", "postgresql"], default="sqlite", help="the database under the tests"
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    if LENT not in os.environ:
        engine = early_config.known_args_namespace.engine
        os.environ[LENT] = engine
        os.environ["ALLERVERS_VAR"] = tempfile.mkdtemp(prefix="aller-vers-tests-")
        os.environ["SECRET_KEY"] = "a key for tests only, long enough not to be warned about"
        os.environ["DATABASE_URL"] = url_of(engine)
        for name in ("DEBUG", "HTTPS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"):
            os.environ.pop(name, None)
        early_config.add_cleanup(give_back)
        signal.signal(signal.SIGTERM, interrupt)  # a run that is told to stop leaves no server behind
    return (yield)


def url_of(engine: str) -> str:
    """The DATABASE_URL of an engine; a server lent by TEST_POSTGRESQL_URL serves rather than one of our own."""
    if engine == "sqlite":
        return "sqlite://:memory:"
    if lent := os.environ.get("TEST_POSTGRESQL_URL"):
        return lent
    try:
        _server.append(postgres.start())
    except RuntimeError as error:
        raise pytest.UsageError(str(error)) from error
    return _server[0].url("allervers")


def interrupt(*_: object) -> None:
    """Stop as Ctrl+C does."""
    raise KeyboardInterrupt


def give_back() -> None:
    """Stop the server that was started here and remove the temporary folder."""
    for server in _server:
        server.stop()
    shutil.rmtree(os.environ["ALLERVERS_VAR"], ignore_errors=True)
    del os.environ[LENT]


def pytest_report_header(config: pytest.Config) -> str:
    return f"engine: {config.getoption('engine')}"
