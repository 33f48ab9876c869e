"""`allervers journal`: check that nobody altered it, and read its last lines (keys and codes, never a name)."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from allervers.base.models import Entry


@click.group()
def journal() -> None:
    """Le journal de ce qui a été fait et lu."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


@journal.command()
@click.option("--expect", metavar="SCEAU", help="Sceau gardé ailleurs : il doit figurer encore dans le journal.")
def verify(expect: str | None) -> None:
    """Relire toute la chaîne ; sortir avec 1 à la première ligne retirée, changée ou ajoutée."""
    from allervers.base.journal import sealed, verify

    verdict = verify()
    fault = verdict.fault
    if not fault and expect and not sealed(expect):
        fault = f"Aucune ligne ne porte le sceau attendu {expect} : le journal a été réécrit ou vient d'ailleurs."
    if fault:
        click.echo(f"{fault}\nNe touchez à rien ; gardez une copie de la base et prévenez l'administration.", err=True)
        sys.exit(1)
    click.echo(f"{verdict.lines} lignes, toutes à leur place.\nSceau : {verdict.seal}")
    click.echo("Gardez ce sceau ailleurs : `allervers journal verify --expect SCEAU` le retrouvera.")


@journal.command()
@click.option("--last", default=20, show_default=True, type=click.IntRange(1, 100_000), help="Combien de lignes.")
def show(last: int) -> None:
    """Montrer les dernières lignes : quand, quoi, par qui, sur quoi ; des clés, jamais un nom."""
    from allervers.base.models import Entry

    for line in reversed(Entry.objects.order_by("-number")[:last]):
        click.echo(told(line))


def told(line: Entry) -> str:
    """The line as one line of text, so that it can be searched."""
    from allervers.base.clock import PARIS

    parts = [f"{line.number:>7}", f"{line.at.astimezone(PARIS):%d/%m/%Y %H:%M:%S}", line.what]
    parts += [f"par {line.by}", f"sur {line.about}"]
    if line.person:
        parts.append(f"personne {line.person}")
    return "  ".join(parts + [f"{key}={value}" for key, value in line.facts.items()])
