"""A file is read whatever it is written in; one that cannot be read says why."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.base.errors import Refused
from allervers.territory.imports import tables
from allervers.territory.imports.tables import open_table
from tests.territory import files


def cells(file: io.BytesIO) -> list[dict]:
    return [dict(row.values) for row in open_table(file).rows]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_commas_semicolons_tabs_and_accents_are_read(separator, encoding):
    file = files.text(separator.join(["CODE", "NOM"]), separator.join(["1", "Bérénice-l'Été"]), encoding=encoding)
    assert cells(file) == [{"CODE": "1", "NOM": "Bérénice-l'Été"}]


def test_an_accent_that_comes_late_in_a_latin_file_is_read_too():
    lines = ["CODE;NOM", *(f"{n};ville" for n in range(200_000)), "x;Âge"]
    *_, last = open_table(files.text(*lines, encoding="latin-1")).rows
    assert dict(last.values) == {"CODE": "x", "NOM": "Âge"}


def test_a_line_is_named_as_an_editor_numbers_it():
    file = files.text("A;B", "1;2", "", '"une valeur\nsur deux lignes";3', "4;5")
    assert [row.line for row in open_table(file).rows] == [2, 4, 6]


def test_a_row_with_too_few_values_is_a_fault_of_that_row():
    rows = list(open_table(files.text("A;B", "1", "1;2;3", "1;2")).rows)
    assert [bool(row.fault) for row in rows] == [True, True, False]
    assert rows[0].fault == "2 valeurs sont attendues, comme dans l'en-tête, pas 1"


def test_parquet_and_json_are_read_as_rows():
    assert cells(files.parquet({"CODE": ["1", "2"], "MED": [1.5, None]})) == [
        {"CODE": "1", "MED": 1.5},
        {"CODE": "2", "MED": None},
    ]
    assert cells(files.as_json([{"a": 1}, {"b": [2]}])) == [{"a": 1}, {"b": [2]}]
    assert cells(files.as_json({"items": [{"a": 1}]})) == [{"a": 1}]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf \r\n", "vide"),
        (b"PK\x03\x04xxxx", "classeur"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<!doctype html><p>", "page web"),
        (b"\x00\x01\x02\x00", "pas du texte"),
        (b"PAR1\x00\x00", "Parquet"),
        (b"PAR1PAR1", "Parquet"),
        (b"{bad", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"a": 1}', "liste"),
        (b"[1, 2]", "colonnes"),
        (b"[]", "colonnes"),
        (b";;;\n1;2;3", "colonnes"),
        (b"A;A\n1;2", "même nom"),
        (b";".join(b"c%d" % n for n in range(1001)), "colonnes"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(content, why):
    with pytest.raises(Refused, match=why) as refusal:
        list(open_table(io.BytesIO(content)).rows)
    assert refusal.value.code == "not-this-file"
    assert refusal.value.remedy.endswith(".")


def test_a_quote_never_closed_is_a_fault_of_the_file_and_names_the_line():
    with pytest.raises(Refused, match="à partir de la ligne 3"):
        list(open_table(files.text("A;B", "1;2", '"jamais fermé;3', *["x" * 1000] * 200)).rows)


def test_a_file_too_large_is_refused_before_it_is_read_whole(monkeypatch):
    monkeypatch.setattr(tables, "LARGEST", 10)
    with pytest.raises(Refused, match="pèse plus de"):
        open_table(files.text("A;B", "1;2;345678"))


def test_a_first_line_without_end_is_no_header():
    with pytest.raises(Refused, match="n'est pas un en-tête") as refusal:
        open_table(io.BytesIO(b"x" * 1_000_000))
    assert len(str(refusal.value)) < 300


def test_the_longest_header_that_is_read_is_read_whole(monkeypatch):
    monkeypatch.setattr(tables, "LONGEST_HEADER", 4)
    assert open_table(io.BytesIO(b"a,b\n1,2\n")).columns == ["a", "b"]


@pytest.mark.parametrize("content", ["{0},{1}\n1,2\n", "{0},{0}\n1,2\n", '[{{"{0}": 1, "{1}": 2}}]'])
def test_a_long_name_of_a_column_is_cut_in_what_is_said(content):
    file = io.BytesIO(content.format("a" * 3000, "b" * 3000).encode())
    try:
        said = tables.another_file(open_table(file))
    except Refused as refusal:
        said = str(refusal)
    assert "a" * 39 + "…" in said
    assert len(said) < 200


def test_the_file_stays_open_for_who_lent_it():
    file = files.filosofi()
    list(open_table(file).rows)
    assert not file.closed


@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reader(content):
    try:
        rows = list(open_table(io.BytesIO(content)).rows)
    except Refused as refused:
        assert refused.code == "not-this-file"
    else:
        assert all(row.line > 0 for row in rows)


# ------------------------------------------------------------------ small files that would fill the memory


def test_a_small_file_that_unpacks_into_millions_of_rows_is_refused_before_it_is_read():
    empty = files.parquet({"CODGEO": [None] * (tables.MOST_ROWS + 1)})
    assert len(empty.getvalue()) < 100_000
    with pytest.raises(Refused, match="Une fois décompressé"):
        open_table(empty)


def test_a_small_file_that_unpacks_into_more_than_a_machine_holds_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(tables, "LARGEST_UNPACKED", 1_000_000)
    packed = files.parquet({"LIBGEO": [f"{n:06}" + "a" * 2000 for n in range(1000)]})
    assert len(packed.getvalue()) < 200_000
    with pytest.raises(Refused, match="Une fois décompressé"):
        open_table(packed)


def test_a_text_written_once_and_repeated_by_reference_is_refused_at_its_first_row(monkeypatch):
    monkeypatch.setattr(tables, "AT_ONCE", 400_000)
    repeated = files.parquet({"LIBGEO": ["court"] * 3 + ["a" * (tables.LONGEST_CELL + 1)] * 50_000})
    assert len(repeated.getvalue()) < 400_000
    rows = open_table(repeated).rows
    assert [next(rows).line for _ in range(3)] == [1, 2, 3]
    with pytest.raises(Refused, match=r"Ligne 4 .* dépasse"):
        next(rows)


def test_a_document_nested_without_end_says_so():
    with pytest.raises(Refused, match="JSON est mal écrit"):
        open_table(io.BytesIO(b"[" * 500_000))
