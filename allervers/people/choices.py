"""The closed lists of the domain: what an agreement is for, how a person says no, where a fact comes from."""

from django.db import models


class FactSource(models.TextChoices):
    SAID = "said", "dit par la personne"
    DOCUMENT = "document", "vu sur un document"
    FILE = "file", "venu d'un fichier"


class Purpose(models.TextChoices):
    """What an agreement is for. `record` is the ground of the others."""

    RECORD = "record", "garder une fiche à mon sujet"
    RIGHTS = "rights", "garder les faits qui servent à calculer mes droits"
    JOURNEY = "journey", "m'accompagner dans mes démarches"
    CONTACT = "contact", "reprendre contact avec moi"
    SHARE = "share", "partager l'utile avec un partenaire"


class Answer(models.TextChoices):
    GIVEN = "given", "donné"
    REFUSED = "refused", "refusé"
    NOT_ASKED = "not_asked", "pas demandé"


class Route(models.TextChoices):
    SAID = "said", "à l'oral"
    WRITTEN = "written", "par écrit"
    PHONE = "phone", "au téléphone"


class RefusalKind(models.TextChoices):
    NOT_NOW = "not_now", "pas maintenant"
    NOT_THIS_RIGHT = "not_this_right", "pas ce droit-là"
    NOT_THIS_CHANNEL = "not_this_channel", "pas par ce moyen"
    NO_MORE = "no_more", "plus du tout"


class NonTakeUp(models.TextChoices):
    """The five forms (Warin, Odenore). Only if the person says it; never a diagnosis."""

    LACK_OF_KNOWLEDGE = "lack_of_knowledge", "ne connaissait pas"
    NON_CLAIMING = "non_claiming", "ne veut pas demander"
    NON_RECEIPT = "non_receipt", "a demandé, n'a pas reçu"
    NON_PROPOSAL = "non_proposal", "on ne le lui a jamais proposé"
    NON_ORIENTATION = "non_orientation", "personne ne l'a orientée"


class Channel(models.TextChoices):
    OUTING = "outing", "pendant une sortie"
    VISIT = "visit", "à domicile"
    CALL = "call", "par téléphone"
    TEXT = "text", "par SMS"
    LETTER = "letter", "par courrier"


class SayingKind(models.TextChoices):
    OWN_WORDS = "own_words", "avec mes mots"
    WHAT_MATTERS = "what_matters", "ce qui compte pour moi"
    STRENGTH = "strength", "ce que je sais faire, sur quoi je m'appuie"
    WISH = "wish", "ce que j'aimerais"
