"""`allervers law`: how fresh the law is."""

import json as json_module
from datetime import date, datetime
from functools import partial
from itertools import groupby

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from allervers.base import clock
from allervers.law import engine, last_day
from allervers.law.audit import Line, RightAudit, State, audit
from allervers.rights.catalogue import Amount, Right, all_rights

STATES = {
    State.CURRENT: "à jour",
    State.CONFIRMED: "confirmé",
    State.STALE: "[bold red]périmé[/]",
    State.DOUBTFUL: "[yellow]douteux[/]",
}
AFTER = "aucun droit n'est calculé tant que le programme n'est pas mis à jour"
SOCIAL = ("prestations_sociales.", "chomage.", "taxation_capital.epargne.", "marche_travail.salaire_minimum.")


@click.group()
def law() -> None:
    """Le droit : ce que lit chaque calcul, et s'il est à jour."""


@law.command("audit")
@click.option("--day", "day", type=click.DateTime(["%Y-%m-%d"]), help="Le jour dont le droit est relu (aujourd'hui).")
@click.option("--right", "only", multiple=True, help="Ne relire que ce droit (peut se répéter).")
@click.option("--stale", is_flag=True, help="Ne montrer que ce qui paraît périmé ou que nous corrigeons.")
@click.option("--all", "everything", is_flag=True, help="Montrer aussi les cotisations et l'impôt sur le revenu.")
@click.option("--json", "as_json", is_flag=True, help="Écrire tout en JSON.")
def audit_command(day: datetime | None, only: tuple[str, ...], stale: bool, everything: bool, as_json: bool) -> None:
    """Pour chaque droit : les variables et paramètres lus, leur dernière date, ce qui paraît périmé.

    Les valeurs sont celles d'OpenFisca-France telles que publiées ; la dernière colonne dit ce que nous corrigeons.
    """
    at = day.date() if day else clock.today()
    rights = catalogue()
    if unknown := sorted(set(only) - set(rights)):
        raise click.BadParameter(f"droit inconnu : {', '.join(unknown)}. Droits connus : {', '.join(rights)}.")
    found = audit({right: names for right, names in rights.items() if not only or right in only}, at)
    if as_json:
        click.echo(json_module.dumps(as_data(found, at), ensure_ascii=False, indent=1))
        return
    console = Console()
    console.print(f"Droit du {at:%d/%m/%Y}, {engine()}. « ps. » abrège « prestations_sociales. ».", highlight=False)
    console.print(f"La loi connue ici s'arrête au {last_day():%d/%m/%Y} ; après ce jour, {AFTER}.", highlight=False)
    told: set[str] = set()
    for each in found:
        show(console, each, told, stale=stale, everything=everything)
    summarise(console, found)


def catalogue() -> dict[str, tuple[str, ...]]:
    """The OpenFisca variables of each right of the catalogue; none for those that are not computed."""
    return {
        name: tuple(dict.fromkeys(variable for amount in amounts(right) for variable in amount.variables))
        for name, right in all_rights().items()
    }


def amounts(right: Right) -> list[Amount]:
    return [amount for amount in (right.computed, *(form.computed for form in right.forms)) if amount]


def show(console: Console, each: RightAudit, told: set[str], *, stale: bool, everything: bool) -> None:
    """One right: what it asks, what it reads that no right above did, and what to beware of."""
    say = partial(console.print, highlight=False)
    say(f"\n[bold]{each.right}[/] : {', '.join(each.asked) or 'non calculé'}")
    wanted = [line for line in each.lines if (line.suspect or not stale) and (everything or social(line))]
    shown = [line for line in wanted if line.name not in told]
    told.update(line.name for line in shown)
    if each.asked:
        through = f", en passant par {', '.join(each.through)}" if each.through else ""
        say(f"  {len(each.variables)} variables{through} ; {read_count(each)} paramètres lus en propre")
    if shown:
        say(table(shown))
    if repeated := len(wanted) - len(shown):
        say(f"  et {repeated} déjà dits plus haut")
    if not stale and (hidden := len(each.lines) - len(wanted)):
        say(f"  et {hidden} de cotisations et d'impôt (--all les montre)")
    for limit in each.limits:
        say(f"  Limite : {limit}")


def read_count(each: RightAudit) -> int:
    return sum(line.read and line.past is not None for line in each.lines)


def table(lines: list[Line]) -> Table:
    """One row a parameter; the places of a scale that say the same are drawn together."""
    found = Table(box=None, pad_edge=False, padding=(0, 2))
    for title in ("lu", "dernière date", "tous les", "état", "corrigé par"):
        found.add_column(title, overflow="fold")
    rows = groupby(sorted(lines, key=row_of), key=row_of)
    for (name, *cells), places in rows:
        count = len(list(places))
        found.add_row(escape(f"{name} ({count} places du barème)" if count > 1 else name), *cells)
    return found


def row_of(line: Line) -> tuple[str, ...]:
    name = line.name.partition(".brackets[")[0].replace("prestations_sociales.", "ps.")
    return (name if line.read else f"({name}, non lu)", *cells_of(line))


def cells_of(line: Line) -> tuple[str, ...]:
    past = line.past
    return (
        str(past.last) if past and past.last else "—",
        f"{past.usual:.0f} mois" if past and past.usual else "—",
        "[bold red]faux[/]" if past is None else STATES[line.state],
        remedy(line),
    )


def remedy(line: Line) -> str:
    if line.mended_by:
        to_confirm = ", à confirmer" if line.mark == "C" else ""
        return f"{', '.join(line.mended_by)} ({line.mark}{to_confirm})"
    return f"limite : {', '.join(line.limited_by)}" if line.limited_by else ""


def social(line: Line) -> bool:
    return line.past is None or line.name.startswith(SOCIAL)


def summarise(console: Console, found: list[RightAudit]) -> None:
    """The last lines: how many look stale, mended or not."""
    lines = {line.name: line for each in found for line in each.lines if social(line)}.values()
    late = [line for line in lines if line.state is State.STALE and line.read]
    mended = [line for line in lines if line.mended_by]
    left = [line.name for line in late if not line.mended_by]
    console.print(
        f"\n{len(found)} droits ; {len(lines)} paramètres ; {len(late)} périmés, {len(mended)} lignes corrigées ; "
        f"{len(left)} périmés sans correction.",
        highlight=False,
    )


def as_data(found: list[RightAudit], day: date) -> dict[str, object]:
    """The audit as JSON."""
    return {"day": str(day), "engine": engine(), "rights": [right_data(each) for each in found]}


def right_data(each: RightAudit) -> dict[str, object]:
    return {
        "id": each.right,
        "asked": each.asked,
        "variables": each.variables,
        "limits": each.limits,
        "reads": [line_data(line) for line in each.lines],
    }


def line_data(line: Line) -> dict[str, object]:
    past = line.past
    return {
        "name": line.name,
        "kind": "parameter" if past else "variable",
        "last": str(past.last) if past and past.last else None,
        "value": past.value if past else None,
        "checked": str(past.checked) if past and past.checked else None,
        "usual_months": past.usual if past else None,
        "state": line.state if past else "wrong",
        "read": line.read,
        "mended_by": line.mended_by,
        "mark": line.mark,
        "limited_by": line.limited_by,
    }
