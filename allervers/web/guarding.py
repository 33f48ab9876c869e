"""What no request may bring, and what no answer may leave behind: the same for every page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from allervers.base.errors import Refused

TOO_LARGE = Refused(
    "too-large",
    why="Ce qui est envoyé est trop lourd pour cette page.",
    remedy="Envoyez moins à la fois ; découpez le fichier s'il y en a un, par exemple par département.",
)
NOT_TEXT = Refused(
    "not-text",
    why="L'adresse ou le formulaire contient un caractère qui n'est pas du texte.",
    remedy="Effacez ce qui a été collé, tapez-le à la main, puis recommencez.",
)


class NothingTooLarge:
    """Middleware: what is announced as too large is refused before a byte of it is read or kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if int(announced if announced.isdecimal() else 0) <= largest(request.path):
            return self.get_response(request)
        return HttpResponse(f"{TOO_LARGE.why} {TOO_LARGE.remedy}", status=413, content_type="text/plain; charset=utf-8")


def largest(path: str) -> int:
    """Bytes that an address may be sent."""
    return settings.LARGEST_UPLOADS.get(path, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


class OnlyText:
    """Middleware: a null character is no text; databases differ on what they make of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if "\0" not in request.path and not any(has_null(sent) for sent in (request.GET, request.POST)):
            return None
        return render(request, "desk/refused.html", {"refusal": NOT_TEXT}, status=400)


def has_null(sent: QueryDict) -> bool:
    """Whether a name or a value has a null character."""
    return any("\0" in text for name, values in sent.lists() for text in (name, *values))


class NothingStays:
    """Middleware: a page read is kept by no cache, so that nobody finds it again after signing out.

    What a form answered stays for "back": it was asked with a form, and goes with `Clear-Site-Data` on signing out.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if request.method in ("GET", "HEAD"):
            add_never_cache_headers(answer)
        else:
            answer.headers.setdefault("Cache-Control", "private")
        return answer
