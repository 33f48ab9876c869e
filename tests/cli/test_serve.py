"""`allervers serve` and `make`, as somebody at a terminal sees them."""

import socket
import subprocess

import pytest
from click.testing import CliRunner

from allervers.cli.serve import serve
from tests.repository.files import ROOT


def test_a_port_already_taken_is_said_with_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = CliRunner().invoke(serve, ["--port", str(port)])
    assert done.exit_code == 1
    assert f"Le port {port} est déjà pris" in done.output
    assert f"PORT={port + 1} make run" in done.output


def test_the_port_can_come_from_the_environment():
    done = CliRunner().invoke(serve, env={"PORT": "none"})
    assert done.exit_code == 2
    assert "'none'" in done.output


@pytest.mark.parametrize("gesture", ["run", "test", "check", "fix", "bench", "conformance", "docs"])
def test_make_alone_lists_what_it_can_do(gesture):
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line for line in told.splitlines() if line.startswith(f"  make {gesture} ") and len(line.split()) > 4]


def test_an_old_python_is_refused_with_what_to_do(tmp_path):
    old = tmp_path / "python-old"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" || exit 1\n')
    old.chmod(0o755)
    (tmp_path / "scripts").mkdir()
    for name in ("ready.sh", "uv.sh"):
        (tmp_path / "scripts" / name).write_text((ROOT / "scripts" / name).read_text())
    for name in ("pyproject.toml", "uv.lock"):
        (tmp_path / name).touch()
    done = subprocess.run(
        ["sh", "scripts/ready.sh"], cwd=tmp_path, env={"PYTHON": str(old), "PATH": "/usr/bin:/bin"}, capture_output=True
    )
    assert done.returncode == 1
    assert b"Python 3.11 or newer is needed, and" in done.stderr
    assert b"Python 3.9.2" in done.stderr
