"""The shape of the house: small files and functions, folders that were placed, names that say something."""

import ast
import tomllib

import pytest

from tests.repository.files import ROOT, place, python, tracked

OURS = python("allervers", "config", "scripts", "tests")
PACKAGES = [file for file in python("allervers", "config") if file.name == "__init__.py"]
FOLDERS = {"allervers", "config", "deploy", "docs", "scripts", "tests", ".ci"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "services", "managers", "signals", "tools", "core"}
NAMED_BY_DJANGO = {"process_exception", "process_view", "process_template_response"}
EMPTY_VERBS = ("do_", "process_", "handle_", "manage_", "perform_")


def functions(file):
    return [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("file", OURS, ids=place)
def test_a_file_is_read_in_one_sitting(file):
    assert len(file.read_text().splitlines()) <= 400


@pytest.mark.parametrize("file", python("allervers", "config", "scripts"), ids=place)
def test_a_function_is_seen_at_once(file):
    """Forty lines below its signature and its words."""
    assert {node.name: lines_of(node) for node in functions(file) if lines_of(node) > 40} == {}


def lines_of(node):
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("file", python("allervers", "config", "scripts"), ids=place)
def test_a_verb_says_what_it_does(file):
    names = {node.name for node in functions(file)} - NAMED_BY_DJANGO
    assert [name for name in names if name.startswith(EMPTY_VERBS)] == []


def test_no_module_has_a_name_that_takes_in_everything():
    assert [place(file) for file in OURS if VAGUE & {file.stem, *file.parent.parts[-1:]}] == []


def test_nothing_happens_by_a_signal():
    hidden = ("django.dispatch", "django.db.models.signals", "django.core.signals")
    assert [place(file) for file in python("allervers", "config") if any(s in file.read_text() for s in hidden)] == []


@pytest.mark.parametrize("file", [f for f in PACKAGES if len(f.relative_to(ROOT).parts) <= 3], ids=place)
def test_a_package_says_what_it_is_for(file):
    assert ast.get_docstring(ast.parse(file.read_text()))


def test_a_folder_that_nobody_placed_shows():
    found = {place(file).split("/")[0] for file in tracked() if "/" in place(file)}
    assert found <= FOLDERS


def test_every_package_has_its_place_in_the_import_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")
    placed = {name.strip(" ()") for layer in layers["layers"] for name in layer.split("|")}
    assert layers["exhaustive"]
    assert {file.parent.name for file in (ROOT / "allervers").glob("*/__init__.py")} <= placed


def test_tests_mirror_the_house():
    own = {"harness", "factories", "journeys", "promises", "repository", "conformance", "bench", "guide", "security"}
    house = {file.parent.name for file in (ROOT / "allervers").glob("*/__init__.py")} | {"config"}
    folders = {file.parent.relative_to(ROOT).parts[1:2] for file in python("tests")} - {()}
    assert {name for (name,) in folders} <= own | house
