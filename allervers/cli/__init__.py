"""The command line: `allervers rights`, `allervers law audit`, `allervers journal verify`…

One file a group of commands;
each imports what it needs only when called, so that `allervers rights` never loads Django.
"""

import importlib

import click

GROUPS = {
    "rights": "allervers.cli.rights:rights",
    "law": "allervers.cli.law:law",
    "journal": "allervers.cli.journal:journal",
    "territory": "allervers.cli.territory:territory",
    "demonstration": "allervers.cli.demonstration:demonstration",
    "serve": "allervers.cli.serve:serve",
}


class Lazy(click.Group):
    """Commands loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(GROUPS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in GROUPS:
            return None
        module, attribute = GROUPS[name].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.command(cls=Lazy)
def main() -> None:
    """Aller vers : aller vers les personnes, et rester à leurs côtés jusqu'au droit ouvert."""
