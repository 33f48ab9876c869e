"""What each figure counts, written once: shown on screen beside the figure, and printed with every export."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Family(StrEnum):
    """How figures are grouped on a page."""

    REACH = "Aller vers"
    RELATION = "La relation"
    RIGHTS = "Les droits"
    CHOICE = "Ce que les personnes choisissent"
    DELAYS = "Les délais"


class Unit(StrEnum):
    """What one of a figure is."""

    COUNT = "count"
    MINUTES = "minutes"
    EUROS = "euros"  # a month
    DAYS = "days"  # a median


@dataclass(frozen=True)
class Definition:
    """One figure: its French name, exactly what it counts, from which records.

    `about_people`: a count from 1 to 4 is hidden in what leaves. `hidden_with`: the count it is hidden with.
    `adds_up`: its cells sum to its total. `sum_of`: figures it is the sum of.
    """

    id: str
    label: str
    says: str
    family: Family
    tables: tuple[str, ...]
    unit: Unit = Unit.COUNT
    about_people: bool = True
    adds_up: bool = True
    hidden_with: str = ""
    sum_of: tuple[str, ...] = ()


def counted(id: str, label: str, says: str, family: Family, *tables: str) -> Definition:
    return Definition(id, label, says, family, tables)


def delay(id: str, label: str, says: str) -> Definition:
    tables = ("accompaniment.Claim", "accompaniment.Event")
    return Definition(id, label, says, Family.DELAYS, tables, Unit.DAYS, adds_up=False)


F = Family
ENCOUNTERS: Final = "encounters.Encounter"
CLAIMS: Final = ("accompaniment.Claim", "accompaniment.Event")

ALL: Final[tuple[Definition, ...]] = (
    Definition(
        "outings",
        "Sorties tenues",
        "Sorties commencées et non annulées, au jour prévu.",
        F.REACH,
        ("outreach.Outing",),
        about_people=False,
    ),
    Definition(
        "presence",
        "Temps de présence",
        "Minutes passées sur place, dites au débriefing, comptées une fois pour toute l'équipe.",
        F.REACH,
        ("outreach.Outing",),
        Unit.MINUTES,
        about_people=False,
    ),
    counted("encounters", "Rencontres", "Rencontres écrites et non annulées, à leur jour.", F.REACH, ENCOUNTERS),
    Definition(
        "met",
        "Personnes rencontrées",
        "Personnes sans nom et personnes connues, comptées à chaque rencontre : la même personne vue deux fois compte "
        "deux fois.",
        F.REACH,
        (ENCOUNTERS,),
        sum_of=("met_anonymous", "met_known"),
    ),
    counted(
        "met_anonymous",
        "dont sans nom",
        "Somme des personnes comptées sans nom à chaque rencontre ; on ne sait pas si c'est la même deux fois.",
        F.REACH,
        ENCOUNTERS,
    ),
    counted(
        "met_known",
        "dont connues",
        "Une personne connue, comptée à chaque rencontre où elle figure.",
        F.REACH,
        ENCOUNTERS,
        "people.Person",
    ),
    Definition(
        "known_people",
        "Personnes connues, une seule fois",
        "Personnes différentes qui figurent dans une rencontre de la période ; fiches réunies comptées une fois. Vue à "
        "deux endroits, une personne compte dans chacun : les lignes ne s'additionnent pas.",
        F.REACH,
        (ENCOUNTERS, "people.Person"),
        adds_up=False,
    ),
    counted(
        "conversations",
        "Échanges",
        "Rencontres où il y a eu au moins un échange (plus qu'un salut).",
        F.RELATION,
        ENCOUNTERS,
    ),
    counted(
        "agreed_steps",
        "Pas convenus",
        "Rencontres qui se finissent par un pas convenu ensemble.",
        F.RELATION,
        ENCOUNTERS,
    ),
    counted(
        "news_wanted",
        "Souhaitent des nouvelles",
        "Rencontres qui se finissent par le souhait d'avoir des nouvelles.",
        F.RELATION,
        ENCOUNTERS,
    ),
    counted(
        "assessments",
        "Calculs de droits",
        "Calculs gardés, avec une personne ou sans nom, au jour où ils ont été faits.",
        F.RIGHTS,
        "encounters.Assessment",
    ),
    counted(
        "rights_found",
        "Droits repérés",
        "Droits certains ou probables et pas encore reçus, la première fois qu'un calcul les trouve pour une personne "
        "(sans nom, à chaque calcul).",
        F.RIGHTS,
        "encounters.RightFound",
    ),
    counted(
        "rights_possible",
        "Droits seulement possibles",
        "Comme ci-dessus, pour les droits dont on sait seulement qu'ils sont possibles.",
        F.RIGHTS,
        "encounters.RightFound",
    ),
    counted(
        "rights_asked",
        "Droits demandés",
        "Demandes, au jour du premier dépôt ou du premier accusé de réception.",
        F.RIGHTS,
        *CLAIMS,
    ),
    counted(
        "rights_granted",
        "Droits accordés",
        "Demandes, au jour de la première notification d'accord.",
        F.RIGHTS,
        *CLAIMS,
    ),
    counted(
        "rights_opened",
        "Droits ouverts",
        "Demandes dont l'accord et le premier versement ont tous deux été vus, au jour du second ; pour un droit qui "
        "n'est pas de l'argent, accordé et commencé.",
        F.RIGHTS,
        *CLAIMS,
    ),
    Definition(
        "euros_opened",
        "€ par mois ouverts",
        "Montants mensuels des droits ouverts, tels qu'accordés la première fois (à défaut, tels que versés). Un droit "
        "sans montant écrit n'ajoute rien.",
        F.RIGHTS,
        CLAIMS,
        Unit.EUROS,
        hidden_with="rights_opened",
    ),
    counted("rights_maintained", "Droits maintenus", "Renouvellements obtenus, à leur jour.", F.RIGHTS, *CLAIMS),
    Definition(
        "euros_maintained",
        "€ par mois maintenus",
        "Montants mensuels des droits renouvelés ; à défaut, le montant accordé au départ.",
        F.RIGHTS,
        CLAIMS,
        Unit.EUROS,
        hidden_with="rights_maintained",
    ),
    counted("rights_refused", "Refus de l'administration", "Décisions de refus, à leur jour.", F.RIGHTS, *CLAIMS),
    counted("appeals", "Recours déposés", "Recours déposés, à leur jour.", F.RIGHTS, *CLAIMS),
    counted("not_now", "« Pas maintenant »", "Rencontres où la personne a dit : pas maintenant.", F.CHOICE, ENCOUNTERS),
    counted("no", "« Non »", "Rencontres où la personne a dit non. Un non est une réponse.", F.CHOICE, ENCOUNTERS),
    counted(
        "lack_of_knowledge",
        "Ne connaissait pas (non-connaissance)",
        "Parmi ces réponses, celles où la personne dit qu'elle ne connaissait pas l'aide.",
        F.CHOICE,
        ENCOUNTERS,
    ),
    counted(
        "non_claiming",
        "Ne veut pas demander (non-demande)",
        "Parmi ces réponses, celles où la personne dit qu'elle connaît l'aide et ne la demande pas.",
        F.CHOICE,
        ENCOUNTERS,
    ),
    counted(
        "non_receipt",
        "A demandé, n'a pas reçu (non-réception)",
        "Parmi ces réponses, celles où la personne dit avoir demandé sans recevoir.",
        F.CHOICE,
        ENCOUNTERS,
    ),
    counted(
        "non_proposal",
        "Jamais proposé (non-proposition)",
        "Parmi ces réponses, celles où la personne dit qu'on ne le lui a jamais proposé.",
        F.CHOICE,
        ENCOUNTERS,
    ),
    counted(
        "non_orientation",
        "Jamais orientée (non-orientation)",
        "Parmi ces réponses, celles où la personne dit que personne ne l'a orientée.",
        F.CHOICE,
        ENCOUNTERS,
    ),
    Definition(
        "left_by_choice",
        "Droits laissés de côté par choix",
        "Droits dont la personne a dit ne pas vouloir (et n'est pas revenue dessus), et demandes qu'elle a laissées de "
        "côté. Une issue légitime, comptée à part, jamais un échec.",
        F.CHOICE,
        ("people.Refusal", *CLAIMS),
        sum_of=("rights_declined", "claims_set_aside"),
    ),
    counted(
        "rights_declined",
        "dont « pas ce droit-là »",
        "Refus d'un droit précis, dits par la personne et non levés.",
        F.CHOICE,
        "people.Refusal",
    ),
    counted(
        "claims_set_aside",
        "dont demandes laissées de côté",
        "Demandes laissées de côté par la personne, sauf celles déjà comptées à la ligne d'avant.",
        F.CHOICE,
        *CLAIMS,
    ),
    delay(
        "days_to_filing", "De la rencontre au dépôt", "Jours entre la première rencontre et le premier dépôt : médiane."
    ),
    delay("days_to_grant", "Du dépôt à l'accord", "Jours entre le premier dépôt et le premier accord : médiane."),
    delay(
        "days_to_payment",
        "De l'accord au versement",
        "Jours entre le premier accord et le premier versement vu : médiane. Un droit qui n'est pas de l'argent n'y "
        "compte pas, ni un versement vu avant l'accord.",
    ),
    delay("days_to_open", "De la rencontre au droit ouvert", "Jours de la première rencontre à l'ouverture : médiane."),
)

BY_ID: Final = {one.id: one for one in ALL}
FORMS: Final = ("lack_of_knowledge", "non_claiming", "non_receipt", "non_proposal", "non_orientation")
