"""The lines of the journal about journeys, as the person reads them."""

from typing import Final

GESTURES: Final[dict[str, str]] = {
    "accompaniment.journey_opened": "a commencé un parcours avec vous",
    "accompaniment.journey_ended": "a noté la fin d'un parcours",
    "accompaniment.journey_reopened": "a repris un parcours avec vous",
    "accompaniment.lead_changed": "a noté que vous avez choisi un autre référent",
    "accompaniment.what_matters_written": "a écrit ce que vous voulez, avec vos mots",
    "accompaniment.claim_opened": "a commencé une demande avec vous",
    "accompaniment.claim_removed": "a retiré une demande commencée par erreur",
    "accompaniment.expected_corrected": "a corrigé le montant attendu d'une demande",
    "accompaniment.event_recorded": "a noté ce qui s'est passé pour une demande",
    "accompaniment.event_struck": "a annulé un fait noté par erreur",
    "accompaniment.step_agreed": "a écrit un pas convenu avec vous",
    "accompaniment.step_finished": "a noté qu'un pas est fait",
    "accompaniment.step_dropped": "a noté qu'un pas est laissé",
    "accompaniment.step_reopened": "a repris un pas",
    "accompaniment.stood_down": "a arrêté le parcours, comme vous l'avez demandé",
    "accompaniment.let_go": "a tout effacé, comme vous l'avez demandé",
}
