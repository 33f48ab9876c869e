"""What the law here cannot say: reserves in plain French, to show beside a right.

A limit stands where a correction would be a guess: a text not read, a fact that the household does not carry.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Limit:
    """A reserve on some rights, from `since` to `until` (included; None: until further notice).

    `concerns` names the parameters or variables of OpenFisca that the reserve is about; `withholds` those whose
    formula is the law of before: asked for in a period after `since`, they are refused rather than wrong.
    """

    name: str
    rights: tuple[str, ...]
    text: str
    since: date = date.min
    until: date | None = None
    concerns: tuple[str, ...] = ()
    withholds: tuple[str, ...] = ()

    def holds(self, right: str, day: date) -> bool:
        return right in self.rights and self.since <= day <= (self.until or date.max)


LIMITS: tuple[Limit, ...] = (
    Limit(
        "cmg-not-computed",
        ("paje_cmg",),
        "Le montant n'est pas calculé ici : depuis septembre 2025, il dépend du nombre d'heures et du coût de la "
        "garde. Pajemploi peut l'estimer.",
        since=date(2025, 9, 1),
        withholds=("paje_cmg",),
    ),
    Limit(
        "legal-age",
        ("aah", "aspa"),
        "L'âge légal de la retraite dépend de l'année de naissance et la réforme a été suspendue : entre 62 et "
        "64 ans, le passage de l'AAH à la retraite ou à l'ASPA est à vérifier auprès de la caisse de retraite.",
        since=date(2023, 9, 1),
        concerns=("prestations_sociales.prestations_etat_de_sante.invalidite.aah.age_legal_retraite",),
    ),
    Limit(
        "students-outside-the-union",
        ("housing_aid",),
        "Pour une étudiante ou un étudiant qui n'est pas de nationalité française ou européenne, la loi de finances "
        "pour 2026 restreint l'aide au logement (bourse, durée de séjour) : les conditions exactes sont à vérifier "
        "avec la Caf.",
        since=date(2026, 1, 1),
    ),
    Limit(
        "april-2026-in-steps",
        ("prime_activite", "rsa"),
        "La revalorisation d'avril 2026 entre en compte peu à peu, au rythme des déclarations trimestrielles : "
        "d'avril à septembre 2026, le montant versé peut différer de quelques euros, ou de quelques dizaines "
        "d'euros pour la prime d'activité.",
        since=date(2026, 4, 1),
        until=date(2026, 9, 30),
    ),
    Limit(
        "agricultural-scheme-quarter",
        ("rsa", "prime_activite"),
        "Les trois mois de référence sont ceux de la Caf ; la MSA peut en retenir d'autres.",
        since=date(2025, 3, 1),
    ),
    Limit(
        "amounts-to-confirm-2026",
        ("css", "css_free", "css_participation", "asi", "apa_home", "cej"),
        "Les plafonds et montants d'avril 2026 sont calculés à partir de la revalorisation générale de 0,8 % ; "
        "ils restent à confirmer.",
        since=date(2026, 4, 1),
    ),
    Limit(
        "energy-cheque-2026",
        ("energy_cheque",),
        "Les seuils sont ceux de 2025 ; ceux de 2026 restent à confirmer.",
        since=date(2026, 1, 1),
    ),
    Limit(
        "christmas-2026",
        ("christmas_bonus",),
        "Le décret de 2026 n'est pas publié : le montant suppose qu'il reprend celui de 2025.",
        since=date(2026, 1, 1),
        until=date(2026, 12, 31),
    ),
)


def limits(right: str, day: date) -> list[str]:
    """What to say beside `right` (id of the catalogue) on `day`, in plain French; empty when nothing is owed."""
    return [limit.text for limit in LIMITS if limit.holds(right, day)]
