"""Preview a file, then carry it out: the good rows all together or not at all, the faulty ones listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.errors import Refused
from allervers.base.ops import op
from allervers.territory import rules
from allervers.territory.imports.filosofi import Filosofi
from allervers.territory.imports.inclusion import Services, Structures
from allervers.territory.imports.outcome import SHOWN, Fate, Preview, Progress, Scope, Tally
from allervers.territory.imports.tables import MOST_ROWS, Row, Table, open_table
from allervers.territory.models import Import

if TYPE_CHECKING:
    from allervers.accounts.models import Agent

Reader = Filosofi | Structures | Services
KINDS: Final[dict[str, type[Reader]]] = {"filosofi": Filosofi, "structures": Structures, "services": Services}
CHUNK: Final = 1000  # rows settled together: few queries, little memory


def preview(
    file: BinaryIO,
    *,
    filename: str,
    kind: str,
    departements: Iterable[str] = (),
    known_only: bool = False,
    vintage: int | None = None,
    progress: Progress | None = None,
) -> Preview:
    """What carrying out the import would do; writes nothing. Raises Refused when the file is not of this kind."""
    reader = opened(file, kind, departements, known_only=known_only, vintage=vintage)
    tally = _settle(reader, write=False, progress=progress)
    return preview_of(reader, tally, kind=kind, filename=filename)


def preview_of(reader: Reader, tally: Tally, *, kind: str, filename: str) -> Preview:
    """What was found, once every row is read."""
    return Preview(
        kind=kind,
        filename=filename,
        sha256=reader.table.sha256,
        rows=tally.rows,
        created=tally.fates[Fate.CREATED],
        changed=tally.fates[Fate.CHANGED],
        unchanged=tally.fates[Fate.UNCHANGED],
        outside=tally.outside,
        refused=tally.refused,
        faults=_listed(tally),
        first=tally.first,
        used_columns=reader.used_columns,
        unknown_columns=[name for name in reader.table.columns if name and name not in reader.used_columns],
        already_imported=Import.objects.filter(kind=kind, sha256=reader.table.sha256).exists(),
    )


@op
def carry_out(
    *,
    file: BinaryIO,
    filename: str,
    kind: str,
    departements: Iterable[str] = (),
    known_only: bool = False,
    vintage: int | None = None,
    strict: bool = False,
    progress: Progress | None = None,
    by: Agent,
) -> Import:
    """Bring the file in, in one transaction. Faulty rows are left out and listed; `strict` refuses the whole for one.

    The same file again: every row unchanged. `progress(done, all)` is called as rows are read. Raises Refused.
    """
    require(by, "change_territory")
    reader = opened(file, kind, departements, known_only=known_only, vintage=vintage)
    tally = _settle(reader, write=True, progress=progress)
    _refuse_nothing_kept(tally, strict=strict)
    done = Import(
        kind=kind, filename=filename[-200:], sha256=reader.table.sha256, rows=tally.rows,
        created=tally.fates[Fate.CREATED], changed=tally.fates[Fate.CHANGED], unchanged=tally.fates[Fate.UNCHANGED],
        faults=_listed(tally), imported_at=clock.now(), imported_by=by,
    )  # fmt: skip
    done.checked()
    journal.write(
        "territory.imported", by=by, about=done, kind=kind, sha256=done.sha256, rows=done.rows,
        created=done.created, changed=done.changed, unchanged=done.unchanged, refused=tally.refused,
    )  # fmt: skip
    return done


def _scope(departements: Iterable[str], known_only: bool) -> Scope:
    asked = frozenset(code.strip().upper() for code in departements)
    wrong = sorted(code for code in asked if not rules.is_departement(code))
    if wrong:
        raise Refused(
            "not-a-departement",
            why=f"Ce n'est pas un code de département : {', '.join(wrong)}.",
            remedy="Un code de département s'écrit 01 à 95, 2A, 2B, ou 971 à 989.",
        )
    return Scope(asked, known_only)


def opened(
    file: BinaryIO, kind: str, departements: Iterable[str], *, known_only: bool = False, vintage: int | None = None
) -> Reader:
    """The file, ready to be read as one of this kind. Raises Refused."""
    scope = _scope(departements, known_only)
    if kind not in KINDS:
        raise Refused(
            "unknown-kind",
            why=f"« {kind} » n'est pas une sorte de fichier connue.",
            remedy="Choisissez : " + " ; ".join(f"{name} ({reader.title})" for name, reader in KINDS.items()) + ".",
        )
    table: Table = open_table(file, within=KINDS[kind].within)
    return KINDS[kind](table, scope, vintage=vintage)


def _settle(reader: Reader, *, write: bool, progress: Progress | None) -> Tally:
    """Read every row, by chunks."""
    tally = Tally()
    reader.begin(write=write)
    for rows in chunks(reader.table.rows):
        weigh(reader, rows, tally, write=write)
        if progress:
            progress(tally.rows, max(tally.rows, reader.table.expected_rows))
    return tally


def weigh(reader: Any, rows: list[Row], tally: Tally, *, write: bool) -> None:
    """Check these rows, and weigh them against what is known; `tally` counts what becomes of them."""
    good = []
    for row in rows:
        tally.rows += 1
        if reader.is_outside(row):
            tally.outside += 1
            continue
        found, faults = reader.check(row)
        if found is None:
            tally.refuse(faults)
        else:
            good.append(found)
    tally.first += [reader.shown(found) for found in good[: SHOWN - len(tally.first)]]
    tally.fates.update(reader.settle(good, write=write))
    _refuse_too_many(tally.rows)


def chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Rows settled together, as they come."""
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _listed(tally: Tally) -> list[str]:
    more = tally.refused - len(tally.faults)
    return [*tally.faults, f"… et {more} autres lignes refusées."] if more > 0 else tally.faults


def _refuse_nothing_kept(tally: Tally, *, strict: bool) -> None:
    first = " ".join(tally.faults[:3])
    if tally.rows == 0:
        raise Refused(
            "no-rows", why="Ce fichier n'a pas de ligne sous son en-tête.", remedy="Téléchargez-le de nouveau."
        )
    if tally.refused and (strict or not tally.fates):
        all_or_some = "Toutes les lignes sont refusées" if not tally.fates else f"{tally.refused} lignes sont refusées"
        raise Refused(
            "rows-refused",
            why=f"{all_or_some}, rien n'est importé. {first}",
            remedy="Corrigez le fichier, ou demandez un aperçu pour lire toutes les fautes.",
        )
    if not tally.fates:
        raise Refused(
            "nothing-asked-for",
            why=f"Aucune des {tally.rows} lignes ne concerne les territoires demandés.",
            remedy="Vérifiez les départements demandés, ou importez tout le fichier.",
        )


def _refuse_too_many(rows: int) -> None:
    if rows > MOST_ROWS:
        raise Refused(
            "too-many-rows",
            why=f"Ce fichier a plus de {MOST_ROWS} lignes.",
            remedy="Découpez-le, par exemple par département.",
        )
