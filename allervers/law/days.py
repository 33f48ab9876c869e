"""The days whose law is known, read from the parameters themselves."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from allervers.law.corrections.parameters import find
from allervers.law.faults import DayOutsideLaw
from allervers.law.system import tax_benefit_system

RSA = "prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_m.montant_de_base_du_rsa"

#: Figures that the law revises every year and on which most rights rest.
YEARLY = (
    RSA,
    "prestations_sociales.solidarite_insertion.minima_sociaux.ppa.pa_m.montant_de_base",
    "prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa.montant_maximum_annuel.personnes_seules",
    "prestations_sociales.prestations_etat_de_sante.invalidite.aah.montant",
    "prestations_sociales.prestations_familiales.bmaf.bmaf",
    "prestations_sociales.prestations_familiales.prestations_generales.af.af_cond_ress.plafond_tranche_1",
)


@cache
def first_day() -> date:
    """The first day of the RSA (2009-06-01): before it other benefits stood, which no right here describes.

    Some variables begin later (the prime d'activité in 2016, the grants here in 2013): asked for too early, they
    are zero where OpenFisca says so and raise LawFault where it has no figure.
    """
    return min(_dates(RSA))


@cache
def last_day() -> date:
    """The last day before a yearly figure is due that OpenFisca does not have yet.

    With 176.1.8: 2026-12-31, since the ASPA and the family ceilings are revised on 1 January.
    """
    return min(_next_due(_dates(name)) for name in YEARLY) - timedelta(days=1)


def check_day(day: date) -> None:
    """Raise DayOutsideLaw unless the law of `day` is known."""
    if not first_day() <= day <= last_day():
        raise DayOutsideLaw(day, first=first_day(), last=last_day())


def _dates(parameter: str) -> list[date]:
    node: Any = find(tax_benefit_system(frozenset()).parameters, parameter)
    return [date.fromisoformat(value.instant_str) for value in node.values_list if value.value is not None]


def _next_due(dates: list[date]) -> date:
    last = max(dates)
    return last.replace(year=last.year + 1)
