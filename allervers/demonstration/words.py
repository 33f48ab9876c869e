"""Invented names and sentences. Names are of birds and plants with « Exemple » or « Démo »: nobody can be called so."""

from __future__ import annotations

from pathlib import Path

FIRST = (Path(__file__).parent / "data" / "birds_and_plants.txt").read_text(encoding="utf-8").split()
ENDINGS = ("Exemple", "Démo", "Fictif", "Inventé")

PURPOSES = (
    "Être là, boire un café, parler des droits si les gens le souhaitent",
    "Faire connaître la prime d'activité et l'aide au logement",
    "Rencontrer les personnes âgées du canton",
    "Revenir voir ceux qui ont demandé des nouvelles",
    "Présenter la carte des lieux utiles",
)
WENT_WELL = (
    "Le café a bien aidé. Plusieurs personnes sont revenues pour poser une question.",
    "Les commerçants nous connaissent maintenant et envoient des gens.",
    "Bel accueil au pied de l'immeuble, les enfants ont fait le lien.",
    "Deux personnes ont pris le guide en papier pour un voisin.",
)
WAS_HARD = (
    "Peu de passage, il pleuvait.",
    "Le bruit : difficile de parler d'argent au milieu du marché.",
    "Beaucoup croient que ces aides ne sont pas pour eux.",
    "Pas de réseau sur place, impossible de regarder un dossier en ligne.",
    "",
)
PEOPLE_SAID = (
    "« C'est bien de venir ici, je ne serais jamais allé dans un bureau. »",
    "« Vous revenez quand ? »",
    "« Encore des papiers… » Puis la personne est restée parler.",
    "",
)
SAID = (
    "Je ne savais pas que j'avais droit à quelque chose en travaillant.",
    "Je me débrouille, mais l'hiver le chauffage coûte cher.",
    "Ma voisine m'a dit de venir vous voir.",
    "On m'a dit non il y a deux ans, je n'ai pas recommencé.",
    "Je préfère ne rien devoir à personne.",
    "Je voudrais comprendre ce courrier.",
    "",
    "",
    "",
)
AGREED = (
    "Se revoir au marché jeudi prochain",
    "Apporter le dernier bulletin de salaire",
    "Appeler ensemble la caisse",
    "Passer à la permanence avec le bail",
)
SAYINGS = {
    "what_matters": (
        "Garder mon appartement.",
        "Que les enfants ne manquent de rien à la rentrée.",
        "Ne plus avoir peur d'ouvrir le courrier.",
        "Pouvoir aller chez le dentiste.",
    ),
    "strength": (
        "Je sais réparer presque tout.",
        "Je connais tout le monde dans l'immeuble.",
        "Je tiens mes comptes au centime.",
        "Je parle trois langues.",
    ),
    "own_words": ("Je veux faire les choses moi-même, mais qu'on m'explique.", "Prenez le temps, je lis lentement."),
    "wish": ("Reprendre un travail à mi-temps.", "Voir la mer avec les petits."),
}
CLOSE_ONES = (
    ("ma sœur", "m'aide pour les papiers"),
    ("un voisin", "passe tous les jours"),
    ("mon fils", "m'emmène en voiture"),
)
NOS = (
    "Pas en ce moment, j'ai la tête ailleurs.",
    "Je ne veux pas demander ça, c'est pour ceux qui en ont plus besoin.",
    "Ne m'appelez pas au travail.",
    "J'ai donné assez de papiers dans ma vie.",
)
STEPS = (
    ("Apporter le bail et la dernière quittance", "person"),
    ("Remplir la demande ensemble", "together"),
    ("Appeler la caisse pour prendre des nouvelles", "team"),
    ("Refaire la carte d'identité", "together"),
    ("Demander l'attestation à l'employeur", "person"),
)


def names() -> list[str]:
    """Some two hundred different names, always in the same order."""
    return [f"{first} {last}" for last in ENDINGS for first in FIRST]
