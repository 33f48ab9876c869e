"""Small invented files, in the shapes that INSEE and data·inclusion give theirs."""

import io
import json
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

INSEE = Path(__file__).parents[3] / "shared" / "insee"  # real files, beside the repository when present

HEADER = "CODGEO;LIBGEO;NBPERSMENFISC21;MED21;TP6021;PPMINI21"
ROWS = (
    "97101;Commune-Inventée-Une;12000,5;20430;19;3,0",
    "97102;Commune-Inventée-Deux;850;22115;;1,1",
    "97103;Commune-Inventée-Trois;240;s;s;s",
)


def text(*lines: str, encoding: str = "utf-8") -> io.BytesIO:
    """A file of these lines."""
    return io.BytesIO("\n".join(lines).encode(encoding))


def filosofi(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> io.BytesIO:
    """A Filosofi file; three communes by default."""
    return text(header, *(rows or ROWS), encoding=encoding)


def parquet(columns: dict[str, list[Any]]) -> io.BytesIO:
    """A Parquet file of these columns."""
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), file)
    file.seek(0)
    return file


def structure(**others: Any) -> dict[str, Any]:
    """A structure, whole and true to the schema."""
    return {
        "source": "annuaire-invente", "id": "annuaire-invente--1", "nom": "Maison inventée", "date_maj": "2026-04-27",
        "code_insee": "97101", "commune": "Commune-Inventée-Une", "code_postal": "97110", "adresse": "1 rue du Test",
        "latitude": 43.6, "longitude": 1.44, "telephone": "05 00 00 00 00", "courriel": "contact@exemple.fr",
        "site_web": "https://exemple.fr", "horaires_accueil": "Mo-Fr 09:00-12:00", "reseaux_porteurs": ["ccas-cias"],
    } | others  # fmt: skip


def service(**others: Any) -> dict[str, Any]:
    """A service of that structure."""
    return {
        "source": "annuaire-invente", "structure_id": "annuaire-invente--1", "id": "annuaire-invente--s1",
        "nom": "Accès aux droits", "description": "On regarde ensemble.", "date_maj": "2026-04-27",
        "thematiques": ["difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"],
        "publics": ["tous-publics"], "zone_eligibilite": ["97101"],
    } | others  # fmt: skip


def as_json(document: Any) -> io.BytesIO:
    """A JSON file."""
    return io.BytesIO(json.dumps(document, ensure_ascii=False).encode())
