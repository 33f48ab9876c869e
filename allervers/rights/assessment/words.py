"""Each fact as a plain question: the one of the questions, or a sentence here for facts that are not asked."""

from allervers.rights.household import Household
from allervers.rights.questions import asked

NOT_ASKED = {
    "incomes_before": "Quels étaient vos revenus il y a plus de deux ans ?",
    "home.zone": "Dans quelle commune habitez-vous ?",
    "home.loan_since": "De quand date le crédit du logement ?",
    "home.charges": "Combien payez-vous de charges par mois ?",
    "assessed.family_benefits": "Quelles ressources la Caf a-t-elle retenues pour les prestations familiales ?",
    "assessed.housing_aid": "Quelles ressources la Caf a-t-elle retenues pour l'aide au logement ?",
    "assessed.css": "Quelles ressources l'Assurance maladie a-t-elle retenues ?",
    "school": "L'enfant est-il à l'école, au collège, au lycée ?",
    "activity": "Que fait cette personne en ce moment ?",
    "age": "Quelle est la date de naissance exacte ?",
    "incomes": "Quels sont les revenus de cette personne ?",
    "disability": "Un handicap est-il reconnu par la MDPH ?",
    "work_restriction": "La MDPH a-t-elle reconnu que le handicap empêche durablement de travailler ?",
    "aeeh_category": "Quel complément de l'AEEH la MDPH a-t-elle décidé ?",
    "custody": "Avec qui l'enfant vit-il ?",
    "pregnant": "Une naissance est-elle attendue ?",
    "nationality": "Quelle est la nationalité de cette personne ?",
    "resident_since": "Depuis quand cette personne vit-elle en France ?",
    "unemployment_ends": "Quand les allocations chômage finissent-elles ?",
    "years_worked_of_10": "Combien d'années de travail sur les dix dernières ?",
    "years_worked_of_3": "Combien d'années de travail sur les trois dernières ?",
    "unfit": "La caisse de retraite a-t-elle reconnu une inaptitude au travail ?",
    "dependency": "Un besoin d'aide a-t-il été mesuré par le département (GIR) ?",
    "care_plan": "Quel est le montant du plan d'aide proposé par le département ?",
}
PARTNER = {
    "disability": "La MDPH a-t-elle reconnu un taux de handicap à votre conjoint ou votre conjointe ?",
    "pregnant": "Votre conjointe attend-elle un enfant ?",
    "nationality": "Quelle est la nationalité de votre conjoint ou de votre conjointe ?",
    "resident_since": "Depuis quand votre conjoint ou votre conjointe vit-il en France ?",
    "incomes_before": "Quels étaient les revenus de votre conjoint ou de votre conjointe il y a plus de deux ans ?",
    "unemployment_ends": "Les allocations chômage de votre conjoint ou conjointe sont-elles finies ?",
    "dependency": "Le département a-t-il mesuré un besoin d'aide pour votre conjoint ou votre conjointe (GIR) ?",
}
BIRTHDAY = "Quelle est votre date de naissance exacte ?"


def in_words(fact: str, household: Household) -> str:
    """The fact as a question that two people read aloud side by side."""
    if fact == "people[claimant].age" and household.claimant.age is not None:
        return BIRTHDAY
    plain = fact.partition(".incomes.")[0] + ".incomes" if ".incomes." in fact else fact
    if (kind := fact.partition(".incomes.")[2]) and fact.startswith(("people[claimant]", "people[partner]")):
        return _of_income(fact, kind)
    found = next((one.text for one in asked() if one.fact == plain and one.per is None), None)
    if found is not None:
        return found
    last = plain.rpartition("].")[2]
    if fact.startswith("people[partner]") and last in PARTNER:
        return PARTNER[last]
    return NOT_ASKED.get(last) or "Un fait qui n'est pas encore dit."


def _of_income(fact: str, kind: str) -> str:
    whose = "" if fact.startswith("people[claimant]") else "Pour votre conjoint ou votre conjointe. "
    labels = next(one.labels for one in asked() if one.id == "incomes")
    return f"{whose}{labels.get(kind, 'Ce revenu')} : combien par mois, à peu près ?"
