"""`make docs`: write again what is generated from the code, so that documents and code cannot part.

docs/ops.md (every op), docs/register.md (the register of processing, from PRIVACY), the closed lists of docs/words.md,
the layers of docs/map.md, then the guide's screenshots. Tests compare these texts with the files.
"""

import ast
import importlib
import importlib.util
import inspect
import os
import pkgutil
import sys
import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write them all."""
    load()
    for name, text in texts().items():
        (ROOT / "docs" / name).write_text(text)
        print(f"docs/{name}")
    if importlib.util.find_spec("tests.guide"):
        importlib.import_module("tests.guide").main()


def texts() -> dict[str, str]:
    """What each generated document must hold, by its name under docs/."""
    return {
        "ops.md": ops(),
        "register.md": register(),
        "words.md": filled("words.md", "lists", lists()),
        "map.md": filled("map.md", "layers", layers()),
    }


def filled(name: str, part: str, text: str) -> str:
    """A document written by hand, with its written part put between the marks."""
    start, end = f"<!-- {part}: written by `make docs` -->", f"<!-- end of {part} -->"
    before, _, rest = (ROOT / "docs" / name).read_text().partition(start)
    return f"{before}{start}\n{text}{end}{rest.partition(end)[2]}"


def load() -> None:
    """Import every module of every domain, so that each op and each list is known."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for app in our_apps():
        for module in pkgutil.walk_packages(app.module.__path__, f"{app.name}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)


def our_apps() -> list[Any]:
    """The domains of the house, in the order of the loop; screens have neither ops nor lists."""
    from django.apps import apps

    ours = [app for app in apps.get_app_configs() if app.name.startswith("allervers.")]
    return [app for app in ours if not app.name.startswith("allervers.web")]


# ------------------------------------------------------------------ ops


def ops() -> str:
    """Every op, by step of the loop: its signature and what its first line says."""
    from allervers.base.ops import ALL

    parts = [
        "# Ops\n\nEvery verb that writes, by step of the loop. Written by `make docs` from the code.\n"
        "All take keyword-only arguments and are signed `by=` an agent; each leaves one line in the journal.\n"
    ]
    order = {app.label: place for place, app in enumerate(our_apps())}
    known = sorted(ALL.items(), key=lambda item: (order.get(item[0].split(".")[0], 99), item[0]))
    for label, group in groupby(known, key=lambda item: item[0].split(".")[0]):
        parts.append(f"\n## {label}\n")
        for name, function in group:
            asked = ", ".join(name for name in inspect.signature(function).parameters if name != "by")
            parts.append(f"- `{name}` ({asked}): {first_line(function)}")
    return "\n".join(parts) + "\n"


def first_line(function: Any) -> str:
    """The first line of a docstring."""
    return (inspect.getdoc(function) or "").splitlines()[0]


# ------------------------------------------------------------------ the register of processing


def register() -> str:
    """In French, for the data protection officer: every personal field, why it is kept, until when."""
    parts = [
        "# Registre des données personnelles\n\nChaque champ qui parle d'une personne : pourquoi on le garde,"
        " jusqu'à quand. Écrit par `make docs` à partir du code (`PRIVACY`) ; un test échoue quand un champ manque.\n"
    ]
    for model in personal_models():
        parts.append(f"\n## {str(model._meta.verbose_name).capitalize()} (`{model._meta.label}`)\n")
        parts.append("| données | pourquoi | jusqu'à quand |\n| --- | --- | --- |")
        for reason, fields in groupby(fields_of(model), key=lambda field: model.PRIVACY[field.name]):
            why, _, until = reason.partition(" ; ")
            parts.append(f"| {', '.join(map(in_french, fields))} | {why} | {until} |")
    return "\n".join(parts) + "\n"


def in_french(field: Any) -> str:
    """A field's name on the screen, or its name in the code where it is never shown."""
    return str(field.verbose_name) if str(field.verbose_name) != field.name.replace("_", " ") else f"`{field.name}`"


def personal_models() -> Iterator[Any]:
    """The models that hold something about somebody."""
    for app in our_apps():
        for model in app.get_models():
            if hasattr(model, "PRIVACY"):
                yield model


def fields_of(model: Any) -> list[Any]:
    """Columns, and links to several rows."""
    return [*model._meta.fields, *model._meta.local_many_to_many]


# ------------------------------------------------------------------ words


def lists() -> str:
    """Each closed list: the code's word and the screen's."""
    parts = []
    for choices in closed_lists():
        where = choices.__module__.split(".")[1]
        parts.append(f"\n### `{where}.{choices.__name__}`\n\n| code | screen |\n| --- | --- |")
        parts += [f"| `{value}` | {label} |" for value, label in choices.choices]
    return "\n".join(parts) + "\n\n"


def closed_lists() -> list[Any]:
    """Every TextChoices of the house, in the order of the loop then of the code."""
    from django.db.models import TextChoices

    order = {app.name: place for place, app in enumerate(our_apps())}
    known = [c for c in TextChoices.__subclasses__() if c.__module__.startswith("allervers.")]
    return sorted(known, key=lambda c: (order.get(".".join(c.__module__.split(".")[:2]), 99), c.__name__))


# ------------------------------------------------------------------ the map


def layers() -> str:
    """Each package under the layer above it, with the first line of what it says it is for."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    names = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    drawn = [f"    {name:15} {purpose(name)}" for layer in names for name in map(str.strip, layer.split("|"))]
    return "\n".join(["", *drawn, "", ""])


def purpose(name: str) -> str:
    """What a package says of itself, or that nothing real is in it yet."""
    file = ROOT / "allervers" / name / "__init__.py"
    if not file.exists():
        return "placed; nothing to hold yet"
    return (ast.get_docstring(ast.parse(file.read_text())) or "").splitlines()[0]


if __name__ == "__main__":
    sys.exit(main())
