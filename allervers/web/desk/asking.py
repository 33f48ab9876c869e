"""How a view carries out an op and shows, in the form itself, why it could not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from allervers.base.errors import Refused


class Renderer(TemplatesSetting):
    """Fields with their label, hint and errors in our order."""

    field_template_name = "desk/field.html"


def sent(request: HttpRequest, form: forms.BaseForm) -> bool:
    """Whether the form was sent and can be read."""
    return request.method == "POST" and form.is_valid()


def attempt(form: forms.BaseForm, op: Callable[..., Any], **asked: Any) -> Any | None:
    """Carry out `op`; on a refusal put its reason and remedy in the form and answer None."""
    try:
        return op(**asked)
    except Refused as refusal:
        if refusal.code in {"not-visible", "role-does-not-open-this"}:
            raise
        form.refused_because = refusal.code  # type: ignore[attr-defined]  # the page may offer a way on
        form.add_error(None, f"{refusal.why} {refusal.remedy}")
    except ValidationError as invalid:
        show(form, invalid)
    return None


def show(form: forms.BaseForm, invalid: ValidationError) -> None:
    """Put a model's faults beside the fields that the form has, the others on top."""
    faults = invalid.message_dict if hasattr(invalid, "error_dict") else {NON_FIELD_ERRORS: invalid.messages}
    for field, messages in faults.items():
        for message in messages:
            form.add_error(field if field in form.fields else None, message)
