"""The files of the project, as somebody who clones it gets them."""

import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


@functools.cache
def tracked() -> list[Path]:
    """Every file of the project that is text; from git, or from the folder where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    files = [ROOT / name for name in names if name] or [file for file in ROOT.rglob("*") if is_ours(file)]
    return sorted(file for file in files if file.is_file() and is_text(file))


def is_ours(file: Path) -> bool:
    """Whether a file was written, not made by a run (see .gitignore)."""
    parts = file.relative_to(ROOT).parts
    made = {"var", "static-collected", "bench-results", "__pycache__"}
    return not made & set(parts) and not any(part.startswith(".") and part != ".ci" for part in parts[:-1])


def is_text(file: Path) -> bool:
    return b"\0" not in file.read_bytes()[:2048]


def python(*folders: str) -> list[Path]:
    """The Python files under these folders, migrations aside."""
    return [
        file
        for file in tracked()
        if file.suffix == ".py" and place(file).split("/")[0] in folders and "migrations" not in file.parts
    ]


def place(file: Path) -> str:
    """Where a file is in the project."""
    return file.relative_to(ROOT).as_posix()
