"""The plain name of each fact of a household, and what is wrong with an answer said with it, never with a path."""

import re

from allervers.rights.household import Fault, Faults

LABELS = {
    "home.commune": "Commune", "home.zone": "Zone du logement", "home.status": "Logement", "home.rent": "Loyer",
    "home.charges": "Charges", "home.furnished": "Loué meublé", "home.shared": "Colocation",
    "home.room": "Une seule chambre", "home.landlord_is_family": "Propriétaire de la famille",
    "home.loan_since": "Date du crédit", "couple": "En couple", "more_people": "D'autres personnes dans le foyer",
    "alimony_paid": "Pension alimentaire versée", "savings": "Épargne",
    "tax.reference_income": "Revenu fiscal de référence", "tax.year": "Année de ces revenus", "tax.shares": "Parts",
    "assessed.family_benefits": "Ressources comptées pour les prestations familiales",
    "assessed.housing_aid": "Ressources comptées pour l'aide au logement",
    "assessed.css": "Ressources comptées pour la complémentaire santé",
    "role": "Place dans le foyer", "born": "Date de naissance", "age": "Âge", "activity": "En ce moment",
    "nationality": "Nationalité", "resident_since": "En France avec un titre de séjour depuis",
    "no_other_income": "Pas d'autre revenu", "unemployment_ends": "Fin des allocations chômage",
    "years_worked_of_10": "Années travaillées sur dix ans", "years_worked_of_3": "Années travaillées sur trois ans",
    "disability": "Taux de handicap reconnu", "work_restriction": "Restriction pour travailler reconnue",
    "unfit": "Inaptitude au travail reconnue", "dependency": "Besoin d'aide (GIR)", "care_plan": "Plan d'aide",
    "pregnant": "Attend un enfant", "due": "Naissance attendue", "custody": "Vit avec nous",
    "aeeh_category": "Complément de l'AEEH", "school": "École", "alone_since": "Élève seul ou seule depuis",
}  # fmt: skip
GROUPS = {"incomes": "Revenus", "receives": "Aides déjà reçues", "people": "Qui vit là", "home": "Logement"}
UNNAMED = "Cette réponse"
_WHOSE = re.compile(r"people\[[^\]]*\]\.")


def plainly(faults: Faults) -> str:
    """Every fault, each about the plain name of its fact."""
    return " ".join(map(_said, faults.faults))


def _said(fault: Fault) -> str:
    return fault.message.replace(f"« {fault.path} »", f"« {_name(fault.path)} »", 1) if fault.path else fault.message


def _name(path: str) -> str:
    key = _WHOSE.sub("", path)
    return LABELS.get(key) or GROUPS.get(re.split(r"[.\[]", key)[0], UNNAMED)
