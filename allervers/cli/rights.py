"""`allervers rights FILE [--json]`: the rights of the household that a file describes."""

import json
import sys
from typing import Any

import click

CERTAINTIES = {"certain": "sûr", "likely": "probable", "possible": "possible", "excluded": "non"}
STYLES = {"certain": "bold green", "likely": "green", "possible": "yellow", "excluded": "dim"}
BAD_INPUT = 2


class InFrench(click.Command):
    """A command that says in French, like its other messages, what it could not understand of its words."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            click.echo(f"{_misused(error)} « {ctx.command_path} --help » dit ce qui est attendu.", err=True)
            ctx.exit(BAD_INPUT)


def _misused(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return "Il manque le fichier du foyer."
    if isinstance(error, click.NoSuchOption):
        return f"L'option « {error.option_name} » n'existe pas."
    if isinstance(error, click.BadOptionUsage):
        return f"L'option « {error.option_name} » est mal écrite : il lui manque une valeur, ou elle n'en prend pas."
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"« {'/'.join(error.param.opts)} » : cette valeur ne convient pas."
    return "Un seul fichier est attendu."


@click.command(cls=InFrench)
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="La réponse en JSON, comme le contrat du foyer la décrit.")
@click.option("--seed", default=0, show_default=True, help="Graine des tirages.")
def rights(file: str, as_json: bool, seed: int) -> None:
    """Droits du foyer décrit par FILE (YAML ou JSON ; « - » lit l'entrée standard)."""
    household = _household(file)
    from allervers.rights import assess

    found = assess(household, seed=seed)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        _print_table(found)


def _household(file: str) -> Any:
    """The household of a file; every fault on the error output and exit status 2 where it cannot be read."""
    from allervers.rights.household import Faults, read

    try:
        return read(_bytes(file))
    except OSError as error:
        click.echo(f"« {file} » : {_unopened(error)}. Vérifiez le nom du fichier et le droit de le lire.", err=True)
    except Faults as faults:
        many = len(faults.faults)
        click.echo(f"« {file} » : {many} faute{'s' * (many > 1)}.", err=True)
        for fault in faults.faults:
            click.echo(f"- {fault.message}", err=True)
    sys.exit(BAD_INPUT)


def _unopened(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "c'est un dossier, pas un fichier"
    return "il n'existe pas" if isinstance(error, FileNotFoundError) else "il ne s'ouvre pas"


def _bytes(file: str) -> bytes:
    """At most one byte more than is accepted: a file too large is refused without being read whole."""
    from allervers.rights.household.document import MOST_BYTES

    if file == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with open(file, "rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _print_table(found: Any) -> None:
    from rich.console import Console
    from rich.table import Table

    from allervers.rights.catalogue import all_rights

    sheets = all_rights()
    caption = f"{found.engine} ; situations essayées : {found.tried}"
    table = Table(title=f"Droits au {found.day:%d/%m/%Y}", caption=caption, show_lines=True, expand=True)
    table.add_column("Droit", ratio=3, overflow="fold")
    table.add_column("Sûr ?", width=9)
    table.add_column("Montant", ratio=2, overflow="fold")
    table.add_column("Déjà reçu", width=9)
    table.add_column("Pourquoi, et ce qui le réglerait", ratio=5, overflow="fold")
    for one in (one for one in found.rights if one.form_of is None):
        certainty = f"[{STYLES[one.certainty]}]{CERTAINTIES[one.certainty]}[/]"
        table.add_row(sheets[one.id].names.official, certainty, _amount(one), _received(one), _why(one))
    Console(highlight=False).print(table)


def _why(one: Any) -> str:
    """The reasons without their first sentence, which the certainty already says; then the questions."""
    asked = [f"→ {settling.text}" for settling in one.would_settle_it]
    return "\n".join([" ".join(one.because[1:]), *asked]).strip()


def _amount(one: Any) -> str:
    if one.unit in ("yes_no", "declared") or one.certainty == "excluded":
        return ""
    shown = _range(one.amount)
    how = {"yearly": "par an", "once": "une fois"}.get(one.paid, "par mois")
    return f"{shown} {how}"


def _range(spread: Any) -> str:
    if spread.low == spread.high:
        return _euros(spread.likely)
    return f"{_euros(spread.likely)} (de {_euros(spread.low)} à {_euros(spread.high)})"


def _euros(amount: float) -> str:
    return f"{amount:,.0f} €".replace(",", " ")


def _received(one: Any) -> str:
    if one.is_received is None:
        return ""
    if not one.is_received:
        return "non"
    return "oui" if one.received is None else _euros(one.received)
