"""`allervers demonstration`: a territory already alive, to look at and to learn with."""

import os
from pathlib import Path

import click


@click.group()
def demonstration() -> None:
    """Le territoire de démonstration."""


@demonstration.command()
def prepare() -> None:
    """Créer la base et y vivre trois mois de démonstration, si elle est vide ; sans effet ensuite."""
    set_up()
    from django.conf import settings
    from django.core.management import call_command

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


def set_up() -> None:
    """Load Django, which the other commands do without."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
