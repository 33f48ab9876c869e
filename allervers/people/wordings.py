"""The words read to a person before they answer: one text a purpose, written simply, with its version.

A change of words is a new version. The exact words are kept with each answer: an old answer never borrows new ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from allervers.people.choices import Purpose, Route

VERSION: Final = "2026-11"

TEXTS: Final[dict[str, str]] = {
    Purpose.RECORD: (
        "Nous aimerions garder une fiche à votre sujet, pour nous souvenir de ce que nous faisons ensemble. "
        "Vous pouvez donner votre nom, un surnom, ou rien. Seule notre équipe peut l'ouvrir. "
        "Vous pouvez la lire, la corriger, savoir qui l'a ouverte, et la faire effacer quand vous voulez. "
        "Si vous dites non, nous vous aidons quand même. "
        "Sans nouvelles de vous pendant deux ans, elle doit être effacée."
    ),
    Purpose.RIGHTS: (
        "Nous aimerions garder ce que vous nous dites de votre logement, de votre famille et de vos revenus, "
        "pour chercher vos droits sans tout vous redemander. "
        "Cela ne sert à rien d'autre, et jamais à vous contrôler. "
        "Si vous dites non, nous pouvons calculer vos droits maintenant, sans rien garder. "
        "Si vous changez d'avis, nous effaçons tout de suite."
    ),
    Purpose.JOURNEY: (
        "Nous vous proposons de vous accompagner dans vos démarches, jusqu'à ce que le droit soit ouvert. "
        "Vous choisissez la personne qui vous accompagne. "
        "Nous écrivons ensemble ce qui est fait et ce qui reste à faire. "
        "Vous pouvez arrêter quand vous voulez, sans dire pourquoi."
    ),
    Purpose.CONTACT: (
        "Nous aimerions pouvoir reprendre contact avec vous. Vous dites par quel moyen et à quel moment. "
        "Si vous dites non, nous ne vous appellerons pas ; vous pourrez toujours venir nous voir. "
        "Vous pouvez changer d'avis quand vous voulez."
    ),
    Purpose.SHARE: (
        "Un partenaire peut vous aider pour une démarche. "
        "Nous aimerions lui dire ce qui est utile pour cette démarche, et rien de plus. "
        "Vous savez à qui, et vous pouvez arrêter quand vous voulez. "
        "Si vous dites non, nous cherchons une autre façon de faire."
    ),
}


@dataclass(frozen=True)
class AgreementGiven:
    """What was read to the person, how they answered, in which language, until when (None: no end said)."""

    route: str
    wording: str
    wording_version: str
    language: str = "français"
    read_aloud: bool = False
    expires_on: date | None = None


def standard(
    purpose: str,
    *,
    route: str = Route.SAID,
    language: str = "français",
    read_aloud: bool = True,
    expires_on: date | None = None,
) -> AgreementGiven:
    """Our own words for a purpose, as read to the person today. Raises KeyError for a purpose that has none."""
    return AgreementGiven(route, TEXTS[purpose], VERSION, language, read_aloud, expires_on)


def until(given: AgreementGiven, day: date | None) -> AgreementGiven:
    """The same words, with another end."""
    return replace(given, expires_on=day)
