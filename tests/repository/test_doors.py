"""Every page asks who you are, unless it is listed."""

from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from allervers.web.desk.urls import PUBLIC


def pages(resolver=None, before=""):
    """Every address of the application: its name and its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from pages(entry, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield entry, before + str(entry.pattern)


def test_every_page_is_closed_unless_it_is_listed():
    assert {entry.name for entry, _ in pages() if not getattr(entry.callback, "login_required", True)} == PUBLIC


def test_every_page_has_a_name_and_only_one():
    names = [entry.name for entry, _ in pages()]
    assert None not in names
    assert sorted(names) == sorted(set(names))


EXAMPLES = {"uuid": UUID(int=1), "int": 1, "slug": "rsa", "str": "rsa", "path": "rsa"}


def address(pattern):
    """The address with something in each of its holes."""
    for kind, example in EXAMPLES.items():
        while f"<{kind}:" in pattern:
            before, _, rest = pattern.partition(f"<{kind}:")
            pattern = before + str(example) + rest.partition(">")[2]
    return "/" + pattern.replace("<", "").replace(">", "")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_unknown_is_asked_who_they_are_on_every_page(client, method):
    for entry, pattern in pages():
        if entry.name in PUBLIC:
            continue
        answer = getattr(client, method)(address(pattern))
        assert answer.status_code == 302, (entry.name, answer.status_code)
        assert answer.url.startswith("/connexion"), entry.name
