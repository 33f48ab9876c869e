"""Where OpenFisca-France is out of date or wrong.

One dated, sourced entry each; each has a test that fails without it, and can be left out by name.
What cannot be corrected honestly is a limit (`allervers.law.limits`), not a figure.
"""

from allervers.law.corrections import (
    aeeh_complements,
    april_2026,
    asi_couple,
    css_ceiling,
    css_window,
    energy_cheque_thresholds,
    lep_ceiling,
    lone_parent_christmas,
    micro_enterprise,
    reference_quarter,
    school_grant_year,
)
from allervers.law.corrections.entry import Change, Correction, Mark, Source

__all__ = ["ALL", "VERSION", "Change", "Correction", "Mark", "Source"]

#: Month in which the corrections were last reviewed.
VERSION = "2026-11"

#: By order of harm.
ALL: tuple[Correction, ...] = (
    reference_quarter.CORRECTION,
    css_ceiling.CORRECTION,
    css_window.CORRECTION,
    aeeh_complements.CORRECTION,
    energy_cheque_thresholds.CORRECTION,
    asi_couple.CORRECTION,
    april_2026.ASI_UPRATING,
    april_2026.MTP_UPRATING,
    april_2026.CEJ_UPRATING,
    lep_ceiling.CORRECTION,
    school_grant_year.CORRECTION,
    lone_parent_christmas.CORRECTION,
    micro_enterprise.CORRECTION,
)
