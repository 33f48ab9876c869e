"""`allervers serve`: the application on this machine, with the same server as in production."""

import os
import socket
import sys

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse d'écoute.")
@click.option("--port", default=8000, envvar="PORT", show_default=True, type=click.IntRange(1, 65535), help="Port.")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="Requêtes en même temps.")
def serve(host: str, port: int, threads: int) -> None:
    """Servir l'application sur cette machine (Ctrl+C pour arrêter)."""
    if taken(host, port):
        click.echo(
            f"Le port {port} est déjà pris sur {host} : une autre application (ou celle-ci) y répond.\n"
            f"Arrêtez-la, ou choisissez un autre port : PORT={port + 1} make run",
            err=True,
        )
        sys.exit(1)
    click.echo(f"Aller vers répond sur http://{'localhost' if host == '127.0.0.1' else host}:{port}/", nl=True)
    click.echo("Ctrl+C pour arrêter.")
    sys.stdout.flush()
    os.execv(
        sys.executable,
        [
            *(sys.executable, "-m", "gunicorn", "config.wsgi"),
            *("--bind", f"{host}:{port}", "--worker-class", "gthread", "--threads", str(threads)),
            *("--no-control-socket", "--log-level", "warning", "--timeout", "120"),
        ],
    )


def taken(host: str, port: int) -> bool:
    """Whether something already listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
