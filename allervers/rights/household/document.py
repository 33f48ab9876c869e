"""Bytes or text to plain data: YAML or JSON, refused by size first, without aliases, duplicates or abysses."""

import json
from typing import Any

import yaml

from allervers.rights.household.faults import Reading, Shown

MOST_BYTES = 1_000_000
DEEPEST = 20

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TwiceTheSameKey(ValueError):
    """A mapping gives one key twice: one of the two would be lost."""

    def __init__(self, key: str, line: int | None = None) -> None:
        self.key, self.line = key, line
        super().__init__(key)


class _Loader(_PARSER):  # type: ignore[misc]  # the C loader where it is built, else the Python one
    """Safe YAML; dates stay texts (read later, with their path); one key twice is refused."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = f"{key.tag} {key.value}"
            if name in seen:
                raise TwiceTheSameKey(str(key.value), key.start_mark.line + 1)
            seen.add(name)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def plain(source: str | bytes, reading: Reading) -> Any:
    """The document as dicts, lists, texts and numbers; None and a fault where it cannot be read.

    `source`: at most one million bytes of UTF-8. Nothing larger is parsed at all.
    """
    text = _text(source, reading)
    if text is None:
        return None
    if not text.strip():
        reading.refuse("", "un foyer au format YAML ou JSON", Shown("un fichier vide"), "il n'y a rien à lire")
        return None
    try:
        return _json(text) if text.lstrip()[:1] == "{" and _looks_like_json(text) else _yaml(text, reading)
    except TwiceTheSameKey as twice:
        line = f", ligne {twice.line}" if twice.line else ""
        came = Shown(f"« {twice.key} » écrit deux fois{line}")
        reading.refuse(twice.key, "chaque champ une seule fois", came, "le même champ est donné deux fois")
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        came = Shown(_where(error))
        reading.refuse("", "un document YAML ou JSON bien formé", came, "ce n'est ni du YAML ni du JSON")
    return None


def _text(source: str | bytes, reading: Reading) -> str | None:
    size = len(source)
    if size > MOST_BYTES:
        came = Shown(f"{size / 1e6:.1f} Mo ou plus".replace(".", ","))
        reading.refuse("", "un fichier d'un mégaoctet au plus", came, "le fichier est trop gros")
        return None
    if isinstance(source, str):
        return source
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        reading.refuse("", "un texte en UTF-8", Shown("un fichier qui n'est pas du texte"), "illisible")
        return None
    if "\x00" in text:
        reading.refuse("", "un texte en UTF-8", Shown("un fichier binaire"), "illisible")
        return None
    return text


def _looks_like_json(text: str) -> bool:
    return '"' in text[:50] or text.strip() == "{}"


def _json(text: str) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise TwiceTheSameKey(key)
            found[key] = value
        return found

    return json.loads(text, object_pairs_hook=unique)


def _yaml(text: str, reading: Reading) -> Any:
    if not _tame(text, reading):
        return None
    return yaml.load(text, Loader=_Loader)


def _tame(text: str, reading: Reading) -> bool:
    """Whether the events hold no alias (an alias bomb doubles at each level), no abyss, one document only."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_PARSER):
        if isinstance(event, yaml.AliasEvent):
            came = Shown(f"un renvoi « *{event.anchor} »")
            reading.refuse("", "des valeurs écrites en entier, sans renvoi YAML (& et *)", came, "renvoi refusé")
            return False
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > DEEPEST or documents > 1:
            break
    else:
        return True
    expected = f"un seul document, de {DEEPEST} niveaux au plus"
    came = Shown("plusieurs documents" if documents > 1 else f"plus de {DEEPEST} niveaux")
    reading.refuse("", expected, came, "la structure n'est pas celle d'un foyer")
    return False


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return f"une erreur à la ligne {mark.line + 1}, colonne {mark.column + 1}"
    if isinstance(error, json.JSONDecodeError):
        return f"une erreur à la ligne {error.lineno}, colonne {error.colno}"
    return "un texte qui ne se lit pas"
