"""OpenFisca-France's own tests: fetched with pip at the locked version, checked against the lock, unpacked."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
CACHE = REPOSITORY / ".cache" / "openfisca-france"


def suite() -> Path:
    """The folder of the tests of the locked version, fetched on the first call (about a minute)."""
    release = version("openfisca-france")
    folder = CACHE / f"openfisca_france-{release}" / "tests"
    if not folder.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        unpack(fetch(release), CACHE)
    return folder


def fetch(release: str) -> Path:
    """The source distribution, in the cache; raises RuntimeError with pip's words when it cannot be had."""
    archive = CACHE / f"openfisca_france-{release}.tar.gz"
    if not archive.exists():
        wanted = ["download", "--no-binary", ":all:", "--no-deps", "--dest", str(CACHE), f"openfisca-france=={release}"]
        for pip in pips():
            done = subprocess.run([*pip, *wanted], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                break
        else:
            raise RuntimeError(f"pip could not fetch openfisca-france {release}: {done.stderr.strip()[-400:]}")
    if locked(release) != hashlib.sha256(archive.read_bytes()).hexdigest():
        archive.unlink()
        raise RuntimeError(f"{archive.name} is not the file of uv.lock: removed, run again.")
    return archive


def pips() -> list[list[str]]:
    """Ways to call pip, the nearest first: environments made by uv have none of their own."""
    found = [[sys.executable, "-m", "pip"]]
    found += [[uv, "tool", "run", "pip"] for uv in [shutil.which("uv")] if uv]
    return found + [[pip] for pip in [shutil.which("pip") or shutil.which("pip3")] if pip]


def locked(release: str) -> str:
    """The sha256 that uv.lock gives for the source distribution."""
    name = f"openfisca_france-{release}.tar.gz"
    line = next(line for line in (REPOSITORY / "uv.lock").read_text().splitlines() if name in line)
    return line.partition('hash = "sha256:')[2].partition('"')[0]


def unpack(archive: Path, into: Path) -> None:
    """Only the tests are unpacked: the package itself is the one installed."""
    with tarfile.open(archive) as opened:
        tests = [member for member in opened.getmembers() if member.name.split("/")[1:2] == ["tests"]]
        opened.extractall(into, tests, filter="data")
