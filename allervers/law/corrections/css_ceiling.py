"""Ceiling of the complémentaire santé solidaire in April 2025 and April 2026."""

from datetime import date

from allervers.law.corrections.entry import Change, Correction, Mark, Source

CEILING = "prestations_sociales.solidarite_insertion.minima_sociaux.cs.cmu.plafond_base"

CORRECTION = Correction(
    name="css-ceiling",
    what="Yearly ceiling of the free CSS for one person; + 35 % with participation and + 11.3 % overseas follow",
    old="10,166 € since 2024-04-01",
    new="10,339 € from 2025-04-01 (with participation 13,957 €), 10,422 € from 2026-04-01 (14,070 €)",
    since=date(2025, 4, 1),
    mark=Mark.COMPUTED,
    rights=("css", "css_free", "css_participation"),
    sources=(
        Source(
            "EFL, plafonds de la complémentaire santé solidaire",
            "2025-04",
            "https://efl.fr/chiffres-taux/complementaire-sante-solidaire-conditions-ressources_CT_7129ce118f6c6dd185e1e33e846b593435cbcf61",
        ),
        Source(
            "Code de la sécurité sociale, article L.861-1 (revalorisation au 1er avril, arrondi à l'euro, + 35 %)",
            "2026",
            "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000042683683",
        ),
    ),
    changes=(
        Change(CEILING, date(2025, 4, 1), 10166, 10339, Mark.SOURCED, until=date(2026, 3, 31)),
        Change(CEILING, date(2026, 4, 1), 10166, 10422, Mark.COMPUTED),  # 10,339 × 1.008
    ),
)
