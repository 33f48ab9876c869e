"""Ceilings of the livret d'épargne populaire: those of 2026 apply from February, not from July."""

from datetime import date

from allervers.law.corrections.entry import Change, Correction, Mark, Source

SCALES = "taxation_capital.epargne.livret_epargne_populaire.baremes"
FEBRUARY = date(2026, 2, 1)
END_OF_JUNE = date(2026, 6, 30)

#: Before and after, by territory: first share, first half-share, each further half-share.
METROPOLE = ((12679, 12793), (3386, 3416), (3386, 3416))
ANTILLES_REUNION = ((15004, 15139), (3583, 3615), (3386, 3416))
GUYANE_MAYOTTE = ((15686, 15827), (4317, 4356), (3386, 3416))
SHARES = ("valeur_de_base", "premiere_demi_part", "demi_part_supplementaire")


def _changes(territories: tuple[str, ...], scale: tuple[tuple[float, float], ...], mark: Mark) -> list[Change]:
    return [
        Change(f"{SCALES}.{territory}.{share}", FEBRUARY, old, new, mark, until=END_OF_JUNE)
        for territory in territories
        for share, (old, new) in zip(SHARES, scale, strict=True)
    ]


CORRECTION = Correction(
    name="lep-ceiling-2026",
    what="Date of the ceilings of the livret d'épargne populaire for 2026",
    old="12,793 + 3,416 € a half-share, dated 2026-07-01",
    new="the same from 2026-02-01 (finance law): 23,028 € for one share; overseas moved alike, not verified",
    since=FEBRUARY,
    mark=Mark.SOURCED,
    rights=("lep",),
    sources=(
        Source(
            "MoneyVox, plafonds de revenus du LEP 2026",
            "2026-02-02",
            "https://www.moneyvox.fr/livret/actualites/107386",
        ),
        Source(
            "Meilleurtaux Placement, plafonds de revenus pour l'ouverture d'un LEP 2026",
            "2026-02",
            "https://placement.meilleurtaux.com",
        ),
    ),
    changes=(
        *_changes(("metropole",), METROPOLE, Mark.SOURCED),
        *_changes(
            ("guadeloupe", "martinique", "la_reunion", "martinique_guadeloupe_la_reunion"),
            ANTILLES_REUNION,
            Mark.KNOWN,
        ),
        *_changes(("guyane", "mayotte"), GUYANE_MAYOTTE, Mark.KNOWN),
    ),
)
