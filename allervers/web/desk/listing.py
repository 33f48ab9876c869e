"""A long list, one page at a time: the same number of queries for one row and for fifty."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 25


def page_of(request: HttpRequest, rows: QuerySet[Any] | list[Any], size: int = SIZE) -> Page[Any]:
    """The page that the address asks for; the first or the last where it asks for one that does not exist."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
