"""The small world of the journeys: a town, a market, two teams and an agent of each role, laid by calling the ops.

`python -m tests.journeys.world` lays it on the database of DATABASE_URL. Names are invented.
"""

import os

PASSWORD = "quatre mots faciles ensemble"
AGENTS = {  # username: (name shown, role, team)
    "awa": ("Awa Terrain", "practitioner", "Équipe mobile"),
    "bruno": ("Bruno Parcours", "journey_lead", "Équipe mobile"),
    "chloe": ("Chloé Coordination", "coordinator", "Équipe mobile"),
    "dario": ("Dario Pair", "peer_supporter", "Équipe mobile"),
    "elsa": ("Elsa Partenaire", "partner_agent", "Accueil de jour d'essai"),
    "farid": ("Farid Comptes", "administrator", None),
    "gaelle": ("Gaëlle Ailleurs", "practitioner", "Équipe d'ailleurs"),
}


def lay() -> None:
    """Migrate, then tell the world."""
    from django.core.management import call_command

    from allervers.accounts import ops as accounts
    from allervers.territory import ops as territory

    call_command("migrate", verbosity=0, interactive=False)
    admin = accounts.open_first_account(username="farid", full_name=AGENTS["farid"][0], password=PASSWORD)
    teams = {
        name: accounts.create_team(name=name, organisation="Organisme d'essai", is_partner="essai" in name, by=admin)
        for name in ("Équipe mobile", "Accueil de jour d'essai", "Équipe d'ailleurs")
    }
    for username, (full_name, role, team) in AGENTS.items():
        if team:
            accounts.open_account(
                username=username, full_name=full_name, role=role, password=PASSWORD, teams=[teams[team]], by=admin
            )
    town = territory.add_area(
        code="31483", name="Saint-Gaudens", vintage=2024, latitude=43.108, longitude=0.723, by=admin
    )
    territory.add_place(name="Marché du jeudi", kind="market", area=town, opening_hours="jeudi, 8 h – 13 h", by=admin)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    lay()
