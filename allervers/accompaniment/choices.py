"""The closed lists: what can happen to a claim, where it can stand, who does a step, how a journey ends."""

from django.db import models


class Ending(models.TextChoices):
    ON_THEIR_OWN = "on_their_own", "n'a plus besoin de nous"
    HANDED_OVER = "handed_over", "passage de relais accepté"
    PERSON_ENDED = "person_ended", "la personne a choisi d'arrêter"
    MOVED_AWAY = "moved_away", "est partie ailleurs"


class EventKind(models.TextChoices):
    """What can happen to a claim. The state is computed from these (see `rules.py`)."""

    PREPARED = "prepared", "dossier préparé"
    FILED = "filed", "demande déposée"
    RECEIPT = "receipt", "accusé de réception"
    DOCUMENTS_ASKED = "documents_asked", "pièces demandées"
    DOCUMENTS_SENT = "documents_sent", "pièces envoyées"
    GRANTED = "granted", "droit accordé"
    REFUSED = "refused", "demande refusée"
    APPEALED = "appealed", "recours déposé"
    FIRST_PAYMENT = "first_payment", "premier versement vu"
    RENEWED = "renewed", "droit renouvelé"
    STOPPED = "stopped", "droit arrêté"
    SET_ASIDE = "set_aside", "laissé de côté par la personne"


class State(models.TextChoices):
    """Where a claim stands. Computed, never written."""

    TO_PREPARE = "to_prepare", "à préparer"
    PREPARED = "prepared", "dossier prêt"
    FILED = "filed", "déposée"
    WAITING = "waiting", "en attente de réponse"
    DOCUMENTS_ASKED = "documents_asked", "pièces demandées"
    GRANTED = "granted", "accordée, pas encore reçue"
    PAID = "paid", "droit ouvert"
    RENEWED = "renewed", "droit ouvert, renouvelé"
    REFUSED = "refused", "refusée"
    APPEALED = "appealed", "recours en cours"
    ENDED = "ended", "droit arrêté"
    SET_ASIDE = "set_aside", "laissée de côté par la personne"


class Doer(models.TextChoices):
    PERSON = "person", "la personne"
    TEAM = "team", "l'équipe"
    TOGETHER = "together", "ensemble"
