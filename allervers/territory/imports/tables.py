"""Read a file as rows, whatever it is written in: CSV (comma, semicolon, tab; UTF-8 or Latin-1), Parquet, JSON.

CSV and Parquet are read as they come: memory does not grow with the file.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import pyarrow
import pyarrow.parquet

from allervers.base.errors import Refused

LARGEST: Final = 300 * 1024 * 1024  # bytes; INSEE's largest file of this kind weighs about 10 MB
LARGEST_JSON: Final = 150 * 1024 * 1024  # read whole
MOST_ROWS: Final = 2_000_000
WIDEST: Final = 1_000  # columns
LONGEST_HEADER: Final = 1 << 16  # characters; a thousand columns of INSEE take some 10,000
LONGEST_NAME: Final = 40  # characters of a column's name in a message
LARGEST_UNPACKED: Final = 2 * 1024**3  # bytes of a Parquet file once decompressed: twenty times INSEE's largest
LONGEST_CELL: Final = 100_000  # characters; the longest description of a service has some 10,000
AT_ONCE: Final = 256 * 1024**2  # bytes of a Parquet file in memory at once
CHUNK: Final = 1 << 20
STRANGERS: Final = (
    (b"PK\x03\x04", "un classeur (Excel, LibreOffice) ou une archive ZIP", "Décompressez-la, ou enregistrez en CSV."),
    (b"%PDF", "un PDF", "Cherchez le même tableau en CSV ou en Parquet."),
    (b"\xd0\xcf\x11\xe0", "un ancien classeur Excel", "Ouvrez-le et enregistrez-le en CSV."),
    (b"\x1f\x8b", "une archive gzip", "Décompressez-la, puis recommencez."),
    (b"<", "une page web ou du XML", "Téléchargez le fichier lui-même : CSV, Parquet ou JSON."),
)


@dataclass(frozen=True)
class Row:
    """One row: its line in the file (its rank in a Parquet or JSON file) and its values by column."""

    line: int
    values: Mapping[str, Any]
    fault: str = ""


@dataclass(frozen=True)
class Table:
    """A file open for reading: its columns, its rows (once), how many to expect, its SHA-256."""

    columns: list[str]
    rows: Iterator[Row]
    expected_rows: int
    sha256: str


def open_table(file: BinaryIO, *, within: Sequence[str] = ()) -> Table:
    """Recognise what the file is and open it. `within` names the list to take in a JSON document that holds several.

    Raises Refused when the file is empty, too large, or of a kind that is not read.
    """
    measure = _measure(file)
    start = measure.start.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"PAR1"):
        return _open_parquet(file, measure)
    if start[:1] in (b"[", b"{"):
        return _open_json(file, measure, within)
    for mark, name, remedy in STRANGERS:
        if start.startswith(mark):
            raise _not_this_file(f"Ce fichier est {name}.", remedy)
    if b"\0" in measure.start:
        raise _not_this_file("Ce fichier n'est pas du texte.", "Choisissez un fichier CSV, Parquet ou JSON.")
    return _open_csv(file, measure)


@dataclass(frozen=True)
class Measure:
    """What one pass over the bytes tells."""

    sha256: str
    lines: int
    encoding: str
    start: bytes
    size: int


def _measure(file: BinaryIO) -> Measure:
    file.seek(0)
    digest, decoder, lines, size, start, encoding = hashlib.sha256(), _utf8(), 0, 0, b"", "utf-8-sig"
    while chunk := file.read(CHUNK):
        start = start or chunk[:4096]
        size, lines = size + len(chunk), lines + chunk.count(b"\n")
        digest.update(chunk)
        if size > LARGEST:
            limit = LARGEST // 1024**2
            raise _not_this_file(f"Ce fichier pèse plus de {limit} Mo.", "Découpez-le, par exemple par département.")
        encoding = encoding if _decodes(decoder, chunk) else "cp1252"
    if not start.strip(b"\xef\xbb\xbf \r\n\t"):
        raise _not_this_file("Ce fichier est vide.", "Vérifiez le téléchargement, puis recommencez.")
    file.seek(0)
    return Measure(digest.hexdigest(), lines, encoding, start, size)


def _utf8() -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder("utf-8")()


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _open_csv(file: BinaryIO, measure: Measure) -> Table:
    text = io.TextIOWrapper(_Unclosed(file), encoding=measure.encoding, errors="replace", newline="")
    header = text.readline(LONGEST_HEADER)
    if len(header) == LONGEST_HEADER and not header.endswith(("\n", "\r")):
        raise _not_this_file(
            f"La première ligne dépasse {LONGEST_HEADER} caractères : ce n'est pas un en-tête.",
            "Vérifiez que ce fichier a une ligne par territoire, et les noms des colonnes à la première.",
        )
    separator = max(";,\t", key=header.count)
    columns = [name.strip() for name in next(csv.reader([header], delimiter=separator), [])]
    _refuse_columns(columns)
    rows = _csv_rows(csv.reader(text, delimiter=separator), columns)
    return Table(columns, rows, max(1, measure.lines), measure.sha256)


def _csv_rows(reader: Any, columns: list[str]) -> Iterator[Row]:
    line = 1
    while True:
        first, line = line + 1, line
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _not_this_file(
                f"Le fichier ne se lit plus à partir de la ligne {first} : un guillemet n'est sans doute jamais fermé "
                f"({error}).",
                "Corrigez cette ligne, puis recommencez.",
            ) from error
        if cells is None:
            return
        line = reader.line_num + 1
        if any(cell.strip() for cell in cells):
            yield _csv_row(first, cells, columns)


def _csv_row(line: int, cells: list[str], columns: list[str]) -> Row:
    if len(cells) == len(columns):
        return Row(line, dict(zip(columns, cells, strict=True)))
    return Row(line, {}, f"{len(columns)} valeurs sont attendues, comme dans l'en-tête, pas {len(cells)}")


def _open_parquet(file: BinaryIO, measure: Measure) -> Table:
    try:
        opened = pyarrow.parquet.ParquetFile(file)
        columns = list(opened.schema_arrow.names)
    except (pyarrow.ArrowException, OSError) as error:
        raise _unreadable_parquet() from error
    _refuse_columns(columns)
    chunks = _unpacked(opened.metadata)
    if opened.metadata.num_rows > MOST_ROWS or sum(chunks) > LARGEST_UNPACKED:
        raise _not_this_file(
            f"Une fois décompressé, ce fichier Parquet pèse {sum(chunks) // 1024**2} Mo et a "
            f"{opened.metadata.num_rows} lignes : c'est trop.",
            "Découpez-le, par exemple par département.",
        )
    return Table(columns, _parquet_rows(opened, max(chunks, default=0)), opened.metadata.num_rows, measure.sha256)


def _unpacked(metadata: Any) -> list[int]:
    """Bytes of each column of each group of rows, once decompressed."""
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    return [group.column(place).total_uncompressed_size for group in groups for place in range(group.num_columns)]


def _parquet_rows(opened: Any, largest: int) -> Iterator[Row]:
    """Row by row, few at once when texts are long: one written once and repeated by reference could fill the memory."""
    line, at_once = 0, max(1, min(2000, AT_ONCE // max(1, largest)))
    try:
        for batch in opened.iter_batches(batch_size=at_once):
            for values in batch.to_pylist():
                line += 1
                _refuse_long_cells(line, values)
                yield Row(line, values)
    except (pyarrow.ArrowException, OSError) as error:
        raise _unreadable_parquet() from error


def _refuse_long_cells(line: int, values: Mapping[str, Any]) -> None:
    if any(isinstance(value, str | bytes) and len(value) > LONGEST_CELL for value in values.values()):
        raise _not_this_file(
            f"Ligne {line} : un texte dépasse {LONGEST_CELL} caractères.", "Vérifiez d'où vient ce fichier."
        )


def _unreadable_parquet() -> Refused:
    return _not_this_file("Ce fichier Parquet est abîmé ou incomplet.", "Téléchargez-le de nouveau.")


def _open_json(file: BinaryIO, measure: Measure, within: Sequence[str]) -> Table:
    if measure.size > LARGEST_JSON:
        limit = LARGEST_JSON // 1024**2
        raise _not_this_file(f"Ce fichier JSON pèse plus de {limit} Mo.", "Demandez-le en CSV, ou découpez-le.")
    try:
        document = json.load(file)
    except (ValueError, RecursionError) as error:
        place = f", ligne {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise _not_this_file(f"Ce fichier JSON est mal écrit{place}.", "Téléchargez-le de nouveau.") from error
    listed = _list_in(document, within)
    columns = list(dict.fromkeys(name for row in listed if isinstance(row, dict) for name in row))
    _refuse_columns(columns)
    return Table(columns, _json_rows(listed), len(listed), measure.sha256)


def _list_in(document: Any, within: Sequence[str]) -> list[Any]:
    if isinstance(document, list):
        return document
    for name in (*within, "items", "results", "data"):
        if isinstance(document.get(name), list):
            found: list[Any] = document[name]
            return found
    raise _not_this_file(
        "Ce fichier JSON ne contient pas de liste.",
        f"Une liste d'objets est attendue, ou un objet avec « {within[0] if within else 'items'} ».",
    )


def _json_rows(listed: list[Any]) -> Iterator[Row]:
    for line, values in enumerate(listed, 1):
        yield Row(line, values) if isinstance(values, dict) else Row(line, {}, "un objet est attendu")


def _refuse_columns(columns: list[str]) -> None:
    named = [name for name in columns if name]
    twice = sorted({name for name in named if named.count(name) > 1}) if len(named) <= WIDEST else []
    if not named or len(named) > WIDEST:
        raise _not_this_file(
            f"La première ligne devrait nommer les colonnes : on en lit {len(named)}.",
            "Vérifiez que l'en-tête est la première ligne du fichier.",
        )
    if twice:
        raise _not_this_file(f"Des colonnes ont le même nom : {_named(twice[:8])}.", "Renommez-les, puis recommencez.")


def another_file(table: Table) -> str:
    """What to do when a file is readable but not of the kind asked."""
    return f"Choisissez un autre fichier ou un autre type. Colonnes lues : {_named(table.columns[:8])}."


def _named(columns: Sequence[str]) -> str:
    """Names of columns for a message, the long ones cut."""
    return ", ".join(name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…" for name in columns)


def _not_this_file(why: str, remedy: str) -> Refused:
    return Refused("not-this-file", why=why, remedy=remedy)


class _Unclosed(io.BufferedReader):
    """Bytes of a file that stays its owner's to close."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(_Lent(file))


class _Lent(io.RawIOBase):
    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read = self.file.read(len(buffer))
        buffer[: len(read)] = read
        return len(read)
