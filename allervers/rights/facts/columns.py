"""Known households to the columns that the law computes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allervers.law import Columns
from allervers.rights.facts.conversions import CRDS
from allervers.rights.facts.entities import Entities, entities
from allervers.rights.facts.known import Known, horizon, month_index, years
from allervers.rights.facts.of_persons import Inputs, each_month, incomes_of, person_inputs, savings_inputs, whole

STATUSES = {
    "social_tenant": "locataire_hlm",
    "owner": "proprietaire",
    "buying": "primo_accedant",
    "hosted": "loge_gratuitement",
    "hostel": "locataire_foyer",
    "homeless": "sans_domicile",
}
PAYING = frozenset({"tenant", "social_tenant", "hostel", "buying"})
MARITAL = {"married": "marie", "pacs": "pacse", "cohabiting": "celibataire", "none": "celibataire"}

#: Benefits already paid that count as resources of past months: right -> (variable, entity, bears CRDS).
PAST_BENEFITS = {
    "family_allowances": ("af", "famille", True),
    "complement_familial": ("cf", "famille", True),
    "asf": ("asf", "famille", True),
    "paje_base": ("paje_base", "famille", True),
    "aspa": ("aspa", "famille", False),
    "aah": ("aah", "individu", False),
    "asi": ("asi", "individu", False),
    "ass": ("ass", "individu", False),
    "rsa": ("rsa", "famille", False),
}


def columns(batch: Sequence[Known]) -> tuple[Columns, Entities]:
    """The columns of a batch of households seen on one day, and where to read each household's results.

    All share the day, and say alike which past benefits and assessed resources are known.
    """
    day = batch[0].day
    rows = entities(batch)
    inputs = person_inputs(rows.persons, day)
    inputs |= _of_claimants(batch, rows, day)
    inputs |= _of_families(batch, rows, day)
    inputs |= _of_homes(batch, day)
    inputs |= _of_tax(batch, rows, day)
    inputs |= _past_benefits(batch, rows, day)
    return Columns(len(rows.persons), rows.groups, inputs), rows


def _of_claimants(batch: Sequence[Known], rows: Entities, day: date) -> Inputs:
    """Facts of the household that belong to one person: savings, alimony paid, marriage."""
    first = _first_persons(rows)
    savings = np.zeros(len(rows.persons))
    savings[first] = [known.savings for known in batch]
    paid = np.zeros(len(rows.persons))
    paid[first] = [known.alimony_paid for known in batch]
    couples = [batch[place].couple for place in rows.household]
    marital = [
        MARITAL[couple] if one.role in ("claimant", "partner") else "celibataire"
        for couple, one in zip(couples, rows.persons, strict=True)
    ]
    found = savings_inputs(savings, day)
    found |= each_month("pensions_alimentaires_versees_individu", paid, day)
    found["statut_marital", whole(day)] = np.array(marital)
    return found


def _first_persons(rows: Entities) -> NDArray[np.intp]:
    """(households,) index of each household's claimant."""
    return np.unique(rows.household, return_index=True)[1].astype(np.intp)


def _of_families(batch: Sequence[Known], rows: Entities, day: date) -> Inputs:
    month, count, own = f"{day:%Y-%m}", rows.groups["famille"].count, rows.own["famille"]

    def spread(values: Sequence[Any], default: Any) -> NDArray[Any]:
        found = np.full(count, default)
        found[own] = values
        return found

    found = {
        ("proprietaire_proche_famille", whole(day)): spread([k.landlord_is_family for k in batch], False),
        ("rsa_isolement_recent", whole(day)): spread([k.alone_recently for k in batch], False),
    }
    if batch[0].family_benefits is not None:
        counted = spread([k.family_benefits or 0.0 for k in batch], 0.0)
        for one in _up_to(day):
            found["prestations_familiales_base_ressources", one] = counted
    if batch[0].housing_aid is not None:
        counted = spread([k.housing_aid or 0.0 for k in batch], 0.0)
        found["aide_logement_base_ressources", month] = counted
        for one in _up_to(day)[-13:]:
            found["aide_logement_base_ressources", one] = counted
    return found


def _up_to(day: date) -> tuple[str, ...]:
    """The months of the horizon up to that of `day`."""
    return horizon(day)[: month_index(day) + 1]


def _of_homes(batch: Sequence[Known], day: date) -> Inputs:
    period = whole(day)
    paying = [known.status in PAYING for known in batch]
    found: Inputs = {
        ("statut_occupation_logement", period): np.array([_status(known) for known in batch]),
        ("coloc", period): np.array([known.shared for known in batch]),
        ("logement_chambre", period): np.array([known.room for known in batch]),
        # A person who is put up and pays something does not live there free of charge.
        ("participation_frais", period): np.array([k.status == "hosted" and k.rent > 0 for k in batch]),
        ("aide_logement_date_pret", "ETERNITY"): np.array(
            [date(2017, 6, 1) if known.old_loan else date(2021, 6, 1) for known in batch],
            dtype="datetime64[D]",
        ),
    }
    for variable, name in (("loyer", "rent"), ("charges_locatives", "charges")):
        amounts = np.array([getattr(known, name) for known in batch])
        found |= each_month(variable, amounts * np.array(paying), day)
    found["depcom", period] = np.array([known.commune or "" for known in batch])
    if batch[0].commune is None:
        found["zone_apl", period] = np.array([f"zone_{known.zone or 2}" for known in batch])
    return found


def _status(known: Known) -> str:
    if known.status == "tenant":
        return "locataire_meuble" if known.furnished else "locataire_vide"
    return STATUSES[known.status]


def _of_tax(batch: Sequence[Known], rows: Entities, day: date) -> Inputs:
    """Annual facts of tax households: capital incomes, rents, alimony paid, and what the notice says."""
    group, own = rows.groups["foyer_fiscal"], rows.own["foyer_fiscal"]
    amounts = incomes_of(rows.persons, day)
    paid = np.zeros(group.count)
    paid[own] = [known.alimony_paid for known in batch]
    beside = np.zeros(group.count, dtype=np.int32)
    beside[own] = [known.other_reference_income for known in batch]
    found: Inputs = {}
    for place, year in enumerate(years(day)):
        months = slice(12 * place, 12 * place + 12)
        rents = np.maximum(amounts["rental"][:, months].sum(axis=1), 0)
        found["f4ba", str(year)] = np.bincount(group.of_person, rents, group.count).astype(np.int32)
        found["f6gu", str(year)] = (12 * paid).astype(np.int32)
        # f2dm counts in the reference income and nowhere else.
        found["f2dm", str(year)] = beside
    for place, month in enumerate(horizon(day)):
        interest = np.bincount(group.of_person, amounts["investment"][:, place], group.count)
        found["revenus_capitaux_prelevement_forfaitaire_unique_ir", month] = interest
    return found


def _past_benefits(batch: Sequence[Known], rows: Entities, day: date) -> Inputs:
    """Benefits known to have come in, or not, in the months before that of `day`."""
    found: Inputs = {}
    for right, (variable, entity, crds) in PAST_BENEFITS.items():
        if right not in batch[0].received:
            continue
        amounts = np.array([known.received[right] for known in batch]) / (1 - CRDS if crds else 1.0)
        if entity == "famille":
            values = np.zeros(rows.groups["famille"].count)
            values[rows.own["famille"]] = amounts
        else:
            values = np.zeros(len(rows.persons))
            values[_first_persons(rows)] = amounts
        for month in _up_to(day)[:-1]:
            found[variable, month] = values
    return found
