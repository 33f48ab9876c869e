"""A refusal is a page: which rule, why, what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from allervers.base.errors import Refused

STATUS = {"not-visible": 404, "role-does-not-open-this": 403}

BY_A_BUTTON = Refused(
    "by-a-button",
    why="Cette page s'ouvre par un bouton, pas par son adresse.",
    remedy="Rien n'a été changé. Reprenez depuis la page où vous étiez.",
)


class RefusedIsAPage:
    """Middleware: turns `Refused` into a French page; a form that can show it in place catches it first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != 405:
            return answer
        page = render(request, "desk/refused.html", {"refusal": BY_A_BUTTON}, status=405)
        page["Allow"] = answer["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = STATUS.get(exception.code, 409)
        return render(request, "desk/refused.html", {"refusal": exception}, status=status)
