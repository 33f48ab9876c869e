"""How a view carries out an op and shows, in the form itself, why it could not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from allervers.base.errors import Refused

DOORS = {"not-visible", "role-does-not-open-this"}  # refusals that are a page of their own: see `refusing.py`


class Renderer(TemplatesSetting):
    """Fields with their label, hint and errors in our order."""

    field_template_name = "desk/field.html"


def sent(request: HttpRequest, form: forms.BaseForm) -> bool:
    """Whether the form was sent and can be read."""
    return request.method == "POST" and form.is_valid()


def carry_out(request: HttpRequest, done: str, op: Callable[..., Any], /, **asked: Any) -> Any | None:
    """Carry out `op` for a button that asks nothing; say `done`, or why not, on the page that comes next."""
    try:
        result = op(**asked)
    except Refused as refusal:
        if refusal.code in DOORS:
            raise
        messages.warning(request, f"{refusal.why} {refusal.remedy}")
        return None
    messages.success(request, done)
    return result


def attempt(form: forms.BaseForm, op: Callable[..., Any], /, **asked: Any) -> Any | None:
    """Carry out `op`; on a refusal put its reason and remedy in the form and answer None."""
    try:
        return op(**asked)
    except Refused as refusal:
        if refusal.code in DOORS:
            raise
        form.refused_because = refusal.code  # type: ignore[attr-defined]  # the page may offer a way on
        form.add_error(None, f"{refusal.why} {refusal.remedy}")
    except ValidationError as invalid:
        show(form, invalid)
    return None


def show(form: forms.BaseForm, invalid: ValidationError) -> None:
    """Put a model's faults beside the fields that the form has, the others on top."""
    faults = invalid.message_dict if hasattr(invalid, "error_dict") else {NON_FIELD_ERRORS: invalid.messages}
    for field, said in faults.items():
        for message in said:
            form.add_error(field if field in form.fields else None, message)
