"""`allervers territory`: bring in public files, and see what is known of the territory."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from allervers.accounts.models import Agent
    from allervers.base.errors import Refused
    from allervers.territory.imports import Preview
    from allervers.territory.models import Import


@click.group()
def territory() -> None:
    """Le territoire : ses communes, ses chiffres, ses partenaires."""


@territory.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FICHIER")
@click.option(
    "--kind", required=True, type=click.Choice(["filosofi", "structures", "services"]), help="Ce qu'est le fichier."
)
@click.option(
    "--departement", "departements", multiple=True, metavar="31", help="Ce département seulement (répétable)."
)
@click.option("--known", "known_only", is_flag=True, help="Les communes déjà connues seulement.")
@click.option(
    "--vintage", type=int, metavar="ANNÉE", help="Année de la géographie, si ce n'est pas celle des chiffres."
)
@click.option("--strict", is_flag=True, help="Ne rien importer si une seule ligne est refusée.")
@click.option("--preview", "only_preview", is_flag=True, help="Dire ce qui se passerait, sans rien écrire.")
@click.option("--by", "username", metavar="IDENTIFIANT", help="Qui importe (inutile pour un aperçu).")
def bring_in(file: Path, only_preview: bool, username: str | None, strict: bool, **asked: object) -> None:
    """Importer un fichier de l'INSEE (Filosofi, CSV ou Parquet) ou de data·inclusion (CSV ou JSON)."""
    set_up()
    from allervers.base.errors import Refused

    try:
        with file.open("rb") as opened:
            if only_preview:
                show_preview(opened, file.name, asked)
            else:
                carry_out(opened, file.name, signed_by(username), {**asked, "strict": strict})
    except Refused as refused:
        leave(refused)


@territory.command("list")
def list_areas() -> None:
    """Les communes et quartiers connus, avec leurs premiers chiffres et leur source."""
    set_up()
    from rich.console import Console
    from rich.table import Table

    from allervers.territory.indicators import SHOWN_FIRST
    from allervers.territory.models import Area
    from allervers.territory.reading import latest_figures

    areas = list(Area.objects.all())
    table = Table("code", "nom", *(indicator.label for indicator in SHOWN_FIRST), "source")
    figures = latest_figures(areas, indicators=[indicator.code for indicator in SHOWN_FIRST])
    for area in areas:
        known = figures[area.pk]
        cells = [i.written(known[i.code].value) if i.code in known else "inconnu" for i in SHOWN_FIRST]
        sources = sorted({str(figure.source) for figure in known.values()})
        table.add_row(area.code, area.name, *cells, " ; ".join(sources))
    Console().print(table if areas else "Aucun territoire : importez d'abord un fichier (allervers territory import).")


def show_preview(opened, name: str, asked: dict) -> None:
    """Print what the import would do."""
    from rich.console import Console
    from rich.table import Table

    from allervers.territory import imports

    with progress_bar("Lecture") as progress:
        preview = imports.preview(opened, filename=name, progress=progress, **asked)
    click.echo(said(preview))
    if preview.first:
        table = Table(title="Premières lignes")
        for name in preview.first[0]:
            table.add_column(name, overflow="fold")
        for row in preview.first:
            table.add_row(*row.values())
        Console().print(table)
    print_faults(preview.faults)


def said(preview: Preview) -> str:
    """The counts of a preview, in words."""
    lines = [
        f"{preview.filename} : {preview.rows} lignes lues, {preview.outside} hors des territoires demandés.",
        f"À créer : {preview.created}. À changer : {preview.changed}. Sans changement : {preview.unchanged}. "
        f"Refusées : {preview.refused}.",
        f"Colonnes lues : {', '.join(preview.used_columns)}.",
    ]
    if preview.unknown_columns:
        lines.append(f"Colonnes laissées de côté : {', '.join(preview.unknown_columns)}.")
    if preview.already_imported:
        lines.append("Ce même fichier a déjà été importé.")
    return "\n".join([*lines, "Aperçu seulement : rien n'est écrit."])


def carry_out(opened, name: str, by: Agent, asked: dict) -> None:
    """Import, and print what became of the rows."""
    from allervers.territory import imports

    with progress_bar("Import") as progress:
        done: Import = imports.carry_out(file=opened, filename=name, by=by, progress=progress, **asked)
    click.echo(
        f"{done.filename} : {done.rows} lignes lues. Créées : {done.created}. Changées : {done.changed}. "
        f"Sans changement : {done.unchanged}. Fautes : {len(done.faults)}."
    )
    print_faults(done.faults)


def print_faults(faults: list[str]) -> None:
    """The rows refused, on the error output."""
    for fault in faults[:50]:
        click.echo(fault, err=True)
    if len(faults) > 50:
        click.echo(f"… et {len(faults) - 50} autres.", err=True)


class progress_bar:
    """A bar while rows are read; called with rows done and rows in all."""

    def __init__(self, title: str) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self.bar = Progress(console=Console(stderr=True), transient=True)
        self.task = self.bar.add_task(title, total=None)

    def __enter__(self):
        self.bar.start()
        return lambda done, total: self.bar.update(self.task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


def signed_by(username: str | None) -> Agent:
    """The account that signs. Raises Refused."""
    from allervers.accounts.models import Agent
    from allervers.base.errors import Refused

    agent = Agent.objects.filter(username__iexact=username or "", is_active=True).first()
    if agent is None:
        raise Refused(
            "unknown-account",
            why=f"Aucun compte ouvert ne s'appelle « {username} »." if username else "On ne sait pas qui importe.",
            remedy="Signez : --by IDENTIFIANT (un compte de coordination ou d'administration).",
        )
    return agent


def leave(refused: Refused) -> None:
    """Say why not, and what to do."""
    click.echo(f"Refusé : {refused.why}\n{refused.remedy}", err=True)
    sys.exit(2)


def set_up() -> None:
    """Load Django, which the other commands do without; leave when the database is not there yet."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection

    if "territory_area" not in connection.introspection.table_names():
        click.echo(
            "Refusé : la base n'est pas encore créée.\nLancez d'abord `make run`, ou `manage.py migrate`.", err=True
        )
        sys.exit(2)
