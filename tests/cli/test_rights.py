"""`allervers rights FILE`: a table, JSON, or every fault at once and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from allervers.cli import main

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "household.yaml"


def run(*arguments: str, stdin: str | bytes | None = None):
    return CliRunner(env={"COLUMNS": "160"}).invoke(main, ["rights", *arguments], input=stdin)


def test_the_example_of_the_contract_is_answered_in_json() -> None:
    result = run(str(EXAMPLE), "--json")
    assert result.exit_code == 0 and result.stderr == ""
    answer = json.loads(result.stdout)
    by_id = {one["id"]: one for one in answer["rights"]}
    assert answer["day"] == "2026-09-01" and answer["law"] == "2026-09"
    assert by_id["housing_aid"]["certainty"] == "certain"
    assert by_id["housing_aid"]["monthly"]["likely"] == 410.0
    assert by_id["housing_aid"]["unclaimed"]["likely"] == 200.0
    assert by_id["rsa"]["certainty"] == "excluded"


def test_the_example_of_the_contract_is_answered_as_a_table() -> None:
    result = run(str(EXAMPLE))
    assert result.exit_code == 0 and result.stderr == ""
    assert "Aide au logement" in result.stdout and "410 €" in result.stdout and "sûr" in result.stdout


def test_a_household_comes_by_the_standard_input_too() -> None:
    document = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    result = run("-", "--json", stdin=json.dumps(document, default=str))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["rights"]


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        ("", "il n'y a rien à lire"),
        ("day: [", "ce n'est ni du YAML ni du JSON"),
        ("day: 2026-02-30\nhome: {rent: -4}\nanimals: 2", "« home.rent »"),
        (b"\x00\x01\xff", "illisible"),
        (b"#" * 3_000_000, "le fichier est trop gros"),
    ],
    ids=["empty", "not YAML", "three faults", "binary", "too large"],
)
def test_a_bad_household_gets_its_faults_status_2_and_nothing_else(stdin: str | bytes, said: str) -> None:
    result = run("-", stdin=stdin)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr


def test_every_fault_is_printed_with_its_path_what_was_expected_and_what_came() -> None:
    lines = run("-", stdin="day: 2026-02-30\nhome: {rent: -4}\nanimals: 2").stderr.splitlines()
    assert lines[0] == "« - » : 3 fautes."
    assert all("Attendu :" in line and "Reçu :" in line for line in lines[1:])
    assert [line.split(" ")[2] for line in lines[1:]] == ["day", "home.rent", "animals"]
    assert run("-", stdin="").stderr.splitlines()[0] == "« - » : 1 faute."


def test_a_file_that_does_not_exist_is_said_in_french() -> None:
    result = run("no-such-file.yaml")
    assert result.exit_code == 2 and result.stdout == ""
    assert "il n'existe pas" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([str(EXAMPLE.parent)], "c'est un dossier, pas un fichier"),
        ([], "Il manque le fichier du foyer"),
        (["-", "--sead", "1"], "L'option « --sead » n'existe pas"),
        (["-", "--seed"], "L'option « --seed » est mal écrite"),
        (["-", "--seed", "one"], "« --seed » : cette valeur ne convient pas"),
        (["-", "-"], "Un seul fichier"),
    ],
)
def test_words_that_are_not_understood_are_said_in_french(words: list[str], said: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Error" not in result.stderr


def test_a_household_of_nobody_is_a_fault_with_its_path() -> None:
    result = run("-", stdin="day: 2026-09-01\npeople: []")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "« people » : il en manque une. Attendu : exactement une personne qui demande" in result.stderr


def test_the_command_never_loads_django() -> None:
    script = "import sys; import allervers.cli.rights, allervers.rights; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
