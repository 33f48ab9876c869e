"""Thresholds of the chèque énergie, in income per consumption unit."""

from datetime import date

from allervers.law.corrections.entry import Change, Correction, Mark, Source

SCALES = "prestations_sociales.solidarite_insertion.autre_solidarite.cheque_energie.baremes"
SINCE = date(2023, 1, 1)
THRESHOLDS = {1: (5600, 5700), 2: (6700, 6800), 3: (7700, 7850), 4: (10800, 11000)}

CORRECTION = Correction(
    name="energy-cheque-thresholds",
    what="Thresholds of the chèque énergie (reference income by consumption unit); the amounts have not moved",
    old="5,600 / 6,700 / 7,700 / 10,800 €",
    new="5,700 / 6,800 / 7,850 / 11,000 €, seen for 2023 and 2025 (2026: 11,000 € to confirm)",
    since=SINCE,
    mark=Mark.SOURCED,
    rights=("energy_cheque",),
    sources=(
        Source(
            "Cerfrance, Le chèque énergie sera versé à partir d'avril 2023 (barème entier)",
            "2023-03-14",
            "https://horizon63.cerfrance.fr/breves/le-cheque-energie-sera-verse-a-partir-davril-2023",
        ),
        Source("Legifiscal, Chèque énergie", "2025", "https://www.legifiscal.fr/vie-affaires/cheque-energie.html"),
    ),
    changes=tuple(
        Change(f"{SCALES}.{scale}.brackets[{bracket}].threshold", SINCE, old, new, Mark.SOURCED)
        for scale in ("une_uc", "une_uc_a_deux_uc", "plus_de_deux_ucs")
        for bracket, (old, new) in THRESHOLDS.items()
    ),
)
