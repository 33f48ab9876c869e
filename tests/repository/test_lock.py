"""What is installed in production: nothing with a known hole that nobody uses."""

import tomllib

from tests.repository.files import ROOT

LOCKED = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
OURS = tomllib.loads((ROOT / "pyproject.toml").read_text())


def versions(name):
    return [package["version"] for package in LOCKED if package["name"] == name]


def test_the_web_server_that_openfisca_asks_for_is_not_installed():
    """openfisca-core asks for Flask and Gunicorn 21.2, whose request smuggling is known."""
    assert versions("openfisca-core"), "the lock still holds OpenFisca"
    for name in ("flask", "flask-cors", "werkzeug"):
        assert versions(name) == []
    assert [version for version in versions("gunicorn") if int(version.split(".")[0]) < 23] == []


def test_one_version_of_each_library_is_locked():
    names = [package["name"] for package in LOCKED if "version" in package]
    split = {"numpy"}  # may differ by Python version
    assert {name for name in names if names.count(name) > 1} <= split


def test_the_licence_is_the_one_openfisca_asks_for():
    assert OURS["project"]["license"] == "AGPL-3.0-or-later"
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text()


def test_each_dependency_says_where_it_is_used():
    lines = (ROOT / "pyproject.toml").read_text().split("dependencies = [")[1].split("\n]")[0].splitlines()
    assert [line for line in lines if '"' in line and "#" not in line] == []
