"""Bring in public files: figures of INSEE (Filosofi), directories of partners and services (data·inclusion).

Knows the tables of the territory. Promises that a file is read row by row, that each fault names its line, its column,
what was expected and what came, that nothing is half imported, and that the same file a second time changes nothing.
"""

from allervers.territory.imports.carrying import KINDS, carry_out, preview
from allervers.territory.imports.outcome import Fault, Preview, Scope
from allervers.territory.imports.slices import Reading, begin, read_on, reading_of
from allervers.territory.imports.tables import open_table

__all__ = [
    "KINDS",
    "Fault",
    "Preview",
    "Reading",
    "Scope",
    "begin",
    "carry_out",
    "open_table",
    "preview",
    "read_on",
    "reading_of",
]
