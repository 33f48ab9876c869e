"""`allervers journal`, as somebody at a terminal sees it."""

from uuid import UUID

import pytest
from click.testing import CliRunner

from allervers.cli.journal import journal
from tests.base import lines

pytestmark = pytest.mark.django_db


def told(*arguments):
    done = CliRunner().invoke(journal, arguments)
    return done.exit_code, done.output


def test_a_journal_that_holds_says_how_many_lines_and_its_seal():
    last = lines.write_many(3)[-1]
    code, words = told("verify")
    assert code == 0
    assert "3 lignes, toutes à leur place." in words
    assert last.seal in words


def test_a_journal_that_was_altered_names_the_first_fault_and_fails():
    lines.write_many(3)
    with lines.held_by_a_forger():
        lines.forge("UPDATE base_entry SET what = 'tests.forged' WHERE number = 2")
        code, words = told("verify")
    assert code == 1
    assert "La ligne 2 a été changée après avoir été écrite." in words
    assert "gardez une copie de la base" in words


def test_a_seal_kept_elsewhere_is_found_again():
    kept, _ = lines.write(), lines.write()
    assert told("verify", "--expect", kept.seal)[0] == 0
    code, words = told("verify", "--expect", "0123")
    assert code == 1
    assert "Aucune ligne ne porte le sceau attendu 0123" in words


def test_the_last_lines_show_keys_and_codes_and_no_name():
    lines.write("tests.first")
    lines.write("tests.second", person=UUID(int=7), amount="12.50")
    code, words = told("show", "--last", "1")
    assert code == 0
    assert "tests.first" not in words
    assert f"tests.second  par {UUID(int=1)}  sur accounts.Team:{UUID(int=2)}  personne {UUID(int=7)}" in words
    assert "amount=12.50" in words
    assert lines.AUTHOR.full_name not in words
