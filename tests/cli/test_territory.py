"""`allervers territory`, as somebody at a terminal sees it."""

import pytest
from click.testing import CliRunner

from allervers.cli.territory import territory
from allervers.territory.models import Area
from tests.factories.accounts import administrator
from tests.territory import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(tmp_path):
    """Run a command about a small Filosofi file; answers the exit code, what was said, what was said of errors."""
    path = tmp_path / "filosofi.csv"
    path.write_bytes(files.filosofi(*files.ROWS, "97104;Quatre;x;;;").getvalue())

    def run(*arguments):
        named = [str(path) if argument == "FILE" else argument for argument in arguments]
        done = CliRunner().invoke(territory, named)
        return done.exit_code, done.stdout, done.stderr

    return run


def test_a_preview_says_what_would_happen_and_writes_nothing(told):
    code, said, faults = told("import", "FILE", "--kind", "filosofi", "--preview")
    assert code == 0
    assert "4 lignes lues" in said and "À créer : 3." in said and "Refusées : 1." in said
    assert "rien n'est écrit" in said
    assert "Ligne 5, colonne NBPERSMENFISC21" in faults
    assert not Area.objects.exists()


def test_an_import_says_what_became_of_the_rows(told):
    code, said, _ = told("import", "FILE", "--kind", "filosofi", "--by", administrator().username)
    assert code == 0
    assert "Créées : 3. Changées : 0. Sans changement : 0. Fautes : 1." in said
    assert Area.objects.count() == 3


def test_the_areas_known_are_listed_with_their_source(told):
    assert "Aucun territoire" in told("list")[1]
    told("import", "FILE", "--kind", "filosofi", "--by", administrator().username)
    said = told("list")[1]
    assert all(code in said for code in ("97101", "97102", "97103"))
    assert "(2021)" in said and "publié" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "personne"), "Aucun compte ouvert ne s'appelle « personne »."),
        ((), "On ne sait pas qui importe."),
        (("--by", "administration", "--strict"), "rien n'est importé"),
        (("--by", "administration", "--departement", "31"), "Aucune des 4 lignes"),
        (("--by", "administration", "--departement", "Toulouse"), "pas un code de département"),
    ],
)
def test_what_cannot_be_done_says_why_and_leaves_with_two(told, arguments, said):
    administrator()
    code, _, faults = told("import", "FILE", "--kind", "filosofi", *arguments)
    assert code == 2
    assert said in faults
    assert not Area.objects.exists()
