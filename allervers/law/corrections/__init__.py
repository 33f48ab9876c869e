"""Where OpenFisca-France is out of date or wrong: one dated, sourced entry each, with a test that fails without it."""

from allervers.law.corrections.entry import Correction, Mark, Source

__all__ = ["ALL", "VERSION", "Correction", "Mark", "Source"]

#: Month in which the corrections were last reviewed.
VERSION = "2026-11"

ALL: tuple[Correction, ...] = ()
