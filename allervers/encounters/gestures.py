"""The lines of the journal about encounters, as the person reads them."""

from typing import Final

GESTURES: Final[dict[str, str]] = {
    "encounters.recorded": "a noté une rencontre avec vous",
    "encounters.corrected": "a corrigé une rencontre avec vous",
    "encounters.struck": "a annulé une rencontre notée par erreur",
    "encounters.unstruck": "a rétabli une rencontre avec vous",
    "encounters.news_given": "a noté que des nouvelles vous ont été données",
    "encounters.news_undone": "a noté que des nouvelles vous restent à donner",
    "encounters.named": "a joint votre fiche à une rencontre, avec votre accord",
    "encounters.name_taken_off": "a retiré votre nom d'une rencontre",
    "encounters.made_anonymous": "a retiré votre nom de toutes les rencontres",
    "encounters.rights_worked_out": "a calculé des droits avec vous",
    "encounters.assessment_joined": "a gardé un calcul de droits dans votre fiche, avec votre accord",
    "encounters.assessment_removed": "a effacé un calcul de droits",
    "encounters.facts_forgotten": "a effacé les faits gardés avec vos calculs de droits",
}
