"""Upratings of 1 April 2026 that OpenFisca does not have yet: coefficient 1.008 (L.161-25), to confirm."""

from datetime import date

from allervers.law.corrections.entry import Change, Correction, Mark, Source

APRIL = date(2026, 4, 1)
HEALTH = "prestations_sociales.prestations_etat_de_sante"
ASI = f"{HEALTH}.invalidite.asi"
MTP = f"{HEALTH}.perte_autonomie_personnes_agees.mtp"
AEEH_6 = (
    "prestations_sociales.prestations_familiales.education_presence_parentale.aeeh.complement_allocation.categorie_6"
)
CEJ = "prestations_sociales.education.contrat_engagement_jeune.montants"

CRAMIF = Source(
    "CRAMIF, prestations sociales: revalorisation au 1er avril 2025 (AAH, ASI)",
    "2025-04",
    "https://www.cramif.fr/actualites/prestations-sociales-revalorisation-au-1er-avril-2025",
)
COEFFICIENT = Source(
    "Décret n° 2026-220 du 30 mars 2026 (RSA): + 0,8 % au 1er avril 2026, coefficient de l'article L.161-25",
    "2026-03-30",
    "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000053733826",
)
UNAFO = Source(
    "Unafo, pauvreté et engagement des jeunes: montants du CEJ",
    "2025",
    "https://www.unafo.org/centre-de-ressources/guide-pauvrete-engagement-jeunes",
)

ASI_UPRATING = Correction(
    name="asi-uprating-2026",
    what="Ceilings of the ASI on 1 April 2026",
    old="10,978.30 / 19,212.03 € a year (April 2025)",
    new="11,066.13 / 19,365.73 € a year (922.18 / 1,613.81 € a month)",
    since=APRIL,
    mark=Mark.COMPUTED,
    rights=("asi",),
    sources=(CRAMIF, COEFFICIENT),
    changes=(
        Change(f"{ASI}.plafond_ressource_seul", APRIL, 10978.30, 11066.13, Mark.COMPUTED),
        Change(f"{ASI}.plafond_ressource_couple", APRIL, 19212.03, 19365.73, Mark.COMPUTED),
    ),
)
MTP_UPRATING = Correction(
    name="mtp-uprating",
    what="Majoration pour tierce personne, which drives every scale of the APA and the category 6 of the AEEH",
    old="1,210.90 € until March 2025 (the APA lacks April 2024), 1,288.13 € since",
    new="1,266.59 € from April 2024 to March 2025, 1,298.44 € from April 2026",
    since=date(2024, 4, 1),
    mark=Mark.COMPUTED,
    rights=("apa_home", "aeeh"),
    sources=(
        Source(
            "Circulaire Cnav 2024-14 du 4 avril 2024 (cited by the parameter of the AEEH)",
            "2024-04-04",
            "https://legislation.lassuranceretraite.fr/Documents/Circulaires/Pdf/circulaire_cnav_2024_14_04042024.pdf",
        ),
        COEFFICIENT,
    ),
    changes=(
        Change(MTP, date(2024, 4, 1), 1210.90, 1266.59, Mark.CITED, until=date(2025, 3, 31)),
        Change(MTP, APRIL, 1288.13, 1298.44, Mark.COMPUTED),
        Change(AEEH_6, APRIL, 1288.13, 1298.44, Mark.COMPUTED),
    ),
)
CEJ_UPRATING = Correction(
    name="cej-uprating-2026",
    what="Amounts of the contrat d'engagement jeune on 1 April 2026",
    old="561.68 / 337.00 / 224.68 € (April 2025)",
    new="566.17 / 339.70 / 226.48 €",
    since=APRIL,
    mark=Mark.COMPUTED,
    rights=("cej",),
    sources=(UNAFO, COEFFICIENT),
    changes=(
        Change(f"{CEJ}.montant_majeurs_non_imposables", APRIL, 561.68, 566.17, Mark.COMPUTED),
        Change(f"{CEJ}.montant_majeurs_1ere_tranche_ir", APRIL, 337.00, 339.70, Mark.COMPUTED),
        Change(f"{CEJ}.montant_mineurs", APRIL, 224.68, 226.48, Mark.COMPUTED),
    ),
)
