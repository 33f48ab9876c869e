"""`allervers demonstration`: a territory already alive, to look at and to learn with."""

import os
import sys
from pathlib import Path

import click


@click.group()
def demonstration() -> None:
    """Le territoire de démonstration."""


@demonstration.command()
def prepare() -> None:
    """Créer la base et y vivre trois mois de démonstration, si elle est vide ; sans effet ensuite."""
    set_up()
    from allervers.demonstration import loading

    migrate()
    if loading.is_empty():
        live(seed=loading.SEED)
    elif not loading.is_loaded():
        click.echo("La base contient déjà de vraies données : la démonstration n'y est pas chargée.")
        return
    print_accounts()


@demonstration.command()
@click.option("--times", default=1, show_default=True, type=click.IntRange(1, 1000), help="Combien de fois la vivre.")
@click.option("--seed", default=31, show_default=True, help="Graine des dés : la même donne la même démonstration.")
@click.option("--empty", is_flag=True, help="Refuser si la base contient déjà quelque chose.")
def load(times: int, seed: int, empty: bool) -> None:
    """Charger la démonstration, une fois par les gestes eux-mêmes, le reste recopié en bloc (pour les mesures)."""
    set_up()
    from allervers.demonstration import large, loading

    migrate()
    if not loading.is_empty():
        refuse_if_not_ours(empty or not loading.is_loaded())
    else:
        live(seed=seed)
    if times > 1 and large.is_multiplied():
        click.echo("La démonstration a déjà été recopiée ici : rien n'a été ajouté.")
    elif times > 1:
        with progress() as tell:
            large.multiply(times, seed=seed, tell=tell)
    print_accounts()


def refuse_if_not_ours(refused: bool) -> None:
    """Stop rather than write beside what is there."""
    if refused:
        click.echo(
            "La base n'est pas vide : rien n'a été chargé.\n"
            "Choisissez une autre base (DATABASE_URL), ou retirez d'abord ce qui s'y trouve.",
            err=True,
        )
        sys.exit(1)


def live(seed: int) -> None:
    """Live the three months, with a progress bar."""
    from allervers.demonstration import loading

    with progress() as tell:
        loading.load(seed=seed, tell=tell)


def progress():
    """A bar a stage; on something that is not a terminal, a line at the end of each."""
    from contextlib import contextmanager

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    @contextmanager
    def shown():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            stages = {}

            def tell(what: str, done: int, of: int) -> None:
                if what not in stages:
                    stages[what] = bar.add_task(what, total=of)
                bar.update(stages[what], completed=done, total=of)

            yield tell

    return shown()


def print_accounts() -> None:
    """The accounts of the demonstration and their passwords, drawn from this installation's own secret."""
    from rich.console import Console
    from rich.table import Table

    from allervers.demonstration.accounts import ACCOUNTS, password_of

    table = Table("Identifiant", "Mot de passe", "Rôle", "Équipes", title="Comptes de démonstration (tout est inventé)")
    for one in ACCOUNTS:
        table.add_row(one.username, password_of(one.username), str(one.role.label), ", ".join(one.teams))
    Console(width=None if sys.stdout.isatty() else 150).print(table)


def migrate() -> None:
    """Bring the tables up to date; the folder of collected files exists, so that nobody warns about it."""
    from django.conf import settings
    from django.core.management import call_command

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


def set_up() -> None:
    """Load Django, which the other commands do without."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
