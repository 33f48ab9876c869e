"""Templates are strict in tests: pytest-django fails on `{{ what.nobody.gave }}`, and this on `{% for … in it %}`.

`{% if it %}` stays allowed: asking whether something was given is what it is for.
"""

import pytest
from django.template.base import FilterExpression, VariableDoesNotExist
from django.template.defaulttags import ForNode

_render = ForNode.render


def render_strictly(self: ForNode, context):
    """Fail where Django would loop over nothing."""
    if isinstance(self.sequence, FilterExpression) and self.sequence.is_var:
        try:
            self.sequence.var.resolve(context)
        except VariableDoesNotExist:
            pytest.fail(
                f"Undefined template variable {self.sequence.var!s} in {{% for %}} of {self.origin}", pytrace=False
            )
    return _render(self, context)


def be_strict() -> None:
    """From now on."""
    ForNode.render = render_strictly
