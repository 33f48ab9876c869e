"""INSEE's Filosofi, row by row: previewed, carried out whole, carried out again without a change."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.accounts.models import Role
from allervers.base.errors import Refused
from allervers.base.models import Entry
from allervers.territory import imports
from allervers.territory.imports import outcome
from allervers.territory.models import Area, Figure, Import, Source
from tests.factories.accounts import AgentFactory, administrator
from tests.factories.territory import AreaFactory
from tests.harness.effort import examples
from tests.territory import files

pytestmark = pytest.mark.django_db


def bring(file, **asked):
    return imports.carry_out(**{"file": file, "filename": "f.csv", "kind": "filosofi", "by": administrator(), **asked})


def look(file, **asked):
    return imports.preview(file, **{"filename": "f.csv", "kind": "filosofi", **asked})


def counts(done) -> tuple[int, int, int]:
    return done.created, done.changed, done.unchanged


def values(code: str) -> dict[str, Decimal | None]:
    return dict(Figure.objects.filter(area__code=code).order_by("pk").values_list("indicator", "value"))


def refused(file, **asked) -> Refused:
    with pytest.raises(Refused) as refusal:
        bring(file, **asked)
    assert not Import.objects.exists()
    return refusal.value


# ---------------------------------------------------------------- good rows


def test_communes_and_their_figures_come_in_with_their_source():
    done = bring(files.filosofi())
    assert (done.rows, *counts(done), done.faults) == (3, 3, 0, 0, [])
    assert values("97101") == {
        "population": Decimal("12000.5"),
        "median_living_standard": Decimal(20430),
        "poverty_rate": Decimal(19),
        "minimum_benefits_share": Decimal(3),
    }
    assert str(Source.objects.get()) == "INSEE, Filosofi (2021)"
    assert Area.objects.get(code="97101").vintage == 2021


def test_what_is_not_published_is_written_missing_never_zero():
    bring(files.filosofi())
    assert values("97102")["poverty_rate"] is None
    assert set(values("97103").values()) == {Decimal(240), None}


def test_the_same_file_again_changes_nothing():
    bring(files.filosofi())
    before = list(Figure.objects.order_by("pk").values())
    assert counts(bring(files.filosofi())) == (0, 0, 3)
    assert list(Figure.objects.order_by("pk").values()) == before
    assert Source.objects.count() == 1


def test_a_later_edition_of_the_same_year_changes_what_differs_only():
    bring(files.filosofi())
    corrected = bring(files.filosofi(*files.ROWS[:2], "97103;Commune-Inventée-Trois;241;s;s;s"))
    assert counts(corrected) == (0, 1, 2)
    assert values("97103")["population"] == 241


def test_another_year_stands_beside_the_first():
    bring(files.filosofi())
    assert counts(bring(files.filosofi(header=files.HEADER.replace("21", "22")))) == (0, 3, 0)
    assert Source.objects.count() == 2
    assert Figure.objects.filter(area__code="97101", indicator="poverty_rate").count() == 2


def test_an_older_geography_never_renames_a_commune():
    bring(files.filosofi("97101;Nom-Nouveau;10;;;", header=files.HEADER.replace("21", "22")))
    bring(files.filosofi("97101;Nom-Ancien;10;;;"))
    assert Area.objects.get().name == "Nom-Nouveau"


def test_a_preview_says_the_same_and_writes_nothing():
    before = Entry.objects.count()
    preview = look(files.filosofi())
    assert (preview.rows, *counts(preview), preview.refused) == (3, 3, 0, 0, 0)
    assert preview.first[1]["taux de pauvreté"] == "non publié"
    assert not Area.objects.exists() and not Source.objects.exists() and Entry.objects.count() == before
    assert not preview.already_imported
    bring(files.filosofi())
    again = look(files.filosofi())
    assert (counts(again), again.already_imported) == ((0, 0, 3), True)


def test_columns_left_aside_are_named():
    preview = look(files.filosofi("97101;Une;10;1", header="CODGEO;LIBGEO;MED21;PIMP21"))
    assert preview.used_columns == ["CODGEO", "LIBGEO", "MED21"]
    assert preview.unknown_columns == ["PIMP21"]


def test_only_the_departements_asked_come_in():
    rows = (*files.ROWS, "2A004;Corse-Inventée;10;;;", "01001;Ain-Inventé;10;;;")
    assert counts(bring(files.filosofi(*rows), departements=["2a", "01"])) == (2, 0, 0)
    assert set(Area.objects.order_by("pk").values_list("code", flat=True)) == {"2A004", "01001"}
    assert look(files.filosofi(*rows), departements=["2A"]).outside == 4


def test_only_the_communes_known_come_in():
    AreaFactory(code="97102", name="Commune-Inventée-Deux")
    assert counts(bring(files.filosofi(), known_only=True)) == (0, 1, 0)
    assert Area.objects.count() == 1


def test_parquet_says_the_same_as_csv():
    table = {"CODGEO": ["97101"], "LIBGEO": ["Une"], "MED21": [20430.083333], "TP6021": [None]}
    bring(files.parquet(table))
    assert values("97101") == {"median_living_standard": Decimal("20430.083"), "poverty_rate": None}


def test_quarters_bring_their_commune_with_them():
    header, row = "IRIS;LIBIRIS;COM;LIBCOM;DISP_TP6021;DISP_Q121", "971010101;Centre inventé;97101;Une;21,5;14000"
    assert counts(bring(files.filosofi(row, header=header))) == (1, 0, 0)
    quarter = Area.objects.get(code="971010101")
    assert (quarter.kind, quarter.commune.code, quarter.commune.name) == ("iris", "97101", "Une")
    assert values("971010101") == {"poverty_rate": Decimal("21.5"), "first_quartile": Decimal(14000)}
    assert counts(bring(files.filosofi(row, header=header))) == (0, 0, 1)


def test_a_quarter_whose_commune_nobody_knows_is_refused():
    header, row = "IRIS;LIBIRIS;DISP_TP6021", "971010101;Centre inventé;21,5"
    assert "importez le fichier des communes" in refused(files.filosofi(row, header=header)).why
    AreaFactory(code="97101")
    assert counts(bring(files.filosofi(row, header=header))) == (1, 0, 0)


# ---------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("31;Une;10;20000;19;3", "Ligne 2, colonne CODGEO : un code INSEE de commune (5 caractères) ou d'IRIS (9)"),
        ("1001;Une;10;20000;19;3", "le zéro de tête s'est perdu"),
        ("20004;Une;10;20000;19;3", "colonne CODGEO"),
        ("97101;;10;20000;19;3", "Ligne 2, colonne LIBGEO : un nom de 1 à 120 caractères est attendu ; on a lu rien."),
        ("97101;Une;-10;20000;19;3", "colonne NBPERSMENFISC21 : un nombre de 0 à 5000000 est attendu (personnes)"),
        (
            "97101;Une;10;beaucoup;19;3",
            "colonne MED21 : un nombre est attendu (€ par an), ou rien ; on a lu « beaucoup »",
        ),
        ("97101;Une;10;20000;119;3", "colonne TP6021 : un nombre de 0 à 100 est attendu (%) ; on a lu « 119 »"),
        ("97101;Une;10", "6 valeurs sont attendues"),
    ],
)
def test_a_fault_names_its_line_its_column_what_was_expected_and_what_came(row, said):
    preview = look(files.filosofi(row))
    assert preview.refused == 1
    assert said in " ".join(preview.faults)


def test_every_fault_of_a_row_is_said_at_once():
    assert len(look(files.filosofi("97101;;-1;x;119;3")).faults) == 4


def test_a_commune_twice_in_the_file_is_refused_the_second_time():
    preview = look(files.filosofi(files.ROWS[0], files.ROWS[0]))
    assert (preview.created, preview.refused) == (1, 1)
    assert "déjà ligne 2" in preview.faults[0]


def test_the_good_rows_come_in_and_the_faulty_ones_are_listed():
    done = bring(files.filosofi(files.ROWS[0], "97102;Deux;x;;;"))
    assert (counts(done), len(done.faults)) == ((1, 0, 0), 1)
    assert Entry.objects.order_by("-number").first().facts["refused"] == 1


def test_strictly_one_faulty_row_refuses_the_whole():
    said = refused(files.filosofi(files.ROWS[0], "97102;Deux;x;;;"), strict=True)
    assert "rien n'est importé" in said.why and "Ligne 3" in said.why
    assert not Area.objects.exists() and not Source.objects.exists()


def test_nothing_is_half_imported_when_the_reading_fails_midway(monkeypatch):
    monkeypatch.setattr("allervers.territory.imports.carrying.CHUNK", 2)
    rows = [*files.ROWS, '"jamais fermé;1;1;1;1', *["x" * 1000] * 200]
    assert "ligne 5" in refused(files.filosofi(*rows)).why
    assert not Area.objects.exists() and not Figure.objects.exists()


def test_many_faults_are_counted_and_the_first_kept():
    rows = [f"{n};Une;1;1;1;1" for n in range(outcome.LISTED + 20)]
    done = bring(files.filosofi(files.ROWS[0], *rows))
    assert done.faults[-1] == "… et 20 autres lignes refusées."


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("A;B;C;D;E;F", "il manque un code"),
        ("CODGEO;B;C;MED21;E;F", "il manque un nom"),
        ("CODGEO;LIBGEO;C;D;E;F", "au moins une colonne de chiffres"),
        ("CODGEO;LIBGEO;MED21;TP6016;E;F", "plusieurs années : 2016, 2021"),
    ],
)
def test_a_file_of_another_kind_says_what_it_lacks(header, said):
    assert said in refused(files.filosofi(header=header)).why


def test_a_file_without_rows_or_without_the_departement_says_so():
    assert refused(files.text(files.HEADER)).code == "no-rows"
    assert refused(files.filosofi(), departements=["31"]).code == "nothing-asked-for"
    assert "Toutes les lignes" in refused(files.filosofi("x;y;z;1;1;1")).why


@pytest.mark.parametrize("wrong", ["99", "toulouse", "2C", "1"])
def test_a_departement_that_is_none_is_refused(wrong):
    assert refused(files.filosofi(), departements=[wrong]).code == "not-a-departement"


def test_a_kind_that_nobody_knows_names_those_that_are():
    assert "filosofi" in refused(files.filosofi(), kind="excel").remedy


def test_a_file_with_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr("allervers.territory.imports.carrying.MOST_ROWS", 2)
    assert refused(files.filosofi()).code == "too-many-rows"


# ---------------------------------------------------------------- the gesture


@pytest.mark.parametrize("role", Role)
def test_who_may_import(role):
    by = AgentFactory(role=role)
    if role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        assert bring(files.filosofi(), by=by).imported_by == by
    else:
        with pytest.raises(Refused, match="rôle"):
            bring(files.filosofi(), by=by)


def test_an_import_leaves_one_line_that_names_the_file_by_its_seal():
    before = Entry.objects.count()
    administrator()
    before = Entry.objects.count()
    done = bring(files.filosofi())
    [line] = Entry.objects.filter(number__gt=before)
    assert (line.what, line.facts["sha256"], line.facts["created"]) == ("territory.imported", done.sha256, 3)


def test_progress_is_told_as_rows_are_read(monkeypatch):
    monkeypatch.setattr("allervers.territory.imports.carrying.CHUNK", 2)
    told = []
    bring(files.filosofi(), progress=lambda done, expected: told.append((done, expected)))
    assert told == [(2, 3), (3, 3)]


def test_a_large_file_asks_few_questions_of_the_database(django_assert_max_num_queries):
    rows = [f"97{n:03};Commune {n};{n + 1};20000;10;1" for n in range(100, 900)]
    by = administrator()
    with django_assert_max_num_queries(40):
        bring(files.filosofi(*rows), by=by)


numbers = st.one_of(st.just(""), st.just("s"), st.integers(0, 100).map(str), st.text("abc;\"'\n 9,-", max_size=5))


@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(["97101", "97102", "2A004", "123", "abc"]), numbers, numbers), max_size=6))
def test_every_row_is_created_changed_unchanged_outside_or_refused_and_a_preview_never_writes(rows):
    lines = [";".join([code, "Une", "10", med, rate, "1"]) for code, med, rate in rows]
    try:
        preview = look(files.text(files.HEADER, *lines), departements=["971", "2A"])
    except Refused as refusal:
        assert refusal.code == "not-this-file"
    else:
        assert preview.rows == sum(counts(preview)) + preview.outside + preview.refused
        assert (preview.refused == 0) == (preview.faults == [])
    assert not Area.objects.exists()
