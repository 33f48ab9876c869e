"""A refusal is a page: which rule, why, what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from allervers.base.errors import Refused

STATUS = {"not-visible": 404, "role-does-not-open-this": 403}


class RefusedIsAPage:
    """Middleware: turns `Refused` into a French page; a form that can show it in place catches it first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = STATUS.get(exception.code, 409)
        return render(request, "desk/refused.html", {"refusal": exception}, status=status)
