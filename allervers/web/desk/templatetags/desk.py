"""What templates say the same way everywhere: euros, icons, certainty, state."""

import re
from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from allervers.learning.definitions import BY_ID
from allervers.learning.scope import SPLITS

register = template.Library()
NARROW = "\u202f"

CERTAINTY = {
    "certain": "sûr",
    "likely": "probable",
    "possible": "possible",
    "excluded": "non",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon of the sprite."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("desk/icons.svg"),
        name,
    )


@register.filter
def euros(amount: Any) -> str:
    """`651.69` → `652 €`; small amounts keep their cents; nothing for nothing."""
    if amount is None or amount == "":
        return ""
    value = Decimal(str(amount))
    places = 0 if value == value.to_integral_value() or abs(value) >= 100 else 2
    return f"{number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)}{NARROW}€"


@register.filter
def about(amounts: dict[str, Any]) -> str:
    """The likely amount first, then how far it may be: `environ 236 €`, `environ 573 €, jusqu'à 837 €`.

    Only the range where the likely amount is nothing, or the most there may be: `jusqu'à 80 €`.
    """
    low, likely, high = (round(Decimal(str(amounts[end]))) for end in ("low", "likely", "high"))
    if high <= 0:
        return ""
    if likely > 0 and high - low <= max(2, high // 50):
        return f"environ {euros(likely)}"
    if not 0 < likely < high:
        return ranging(low, high)
    return f"environ {euros(likely)}, {ranging(low if low < likely else 0, high)}"


def ranging(low: int, high: int) -> str:
    """`jusqu'à 80 €`, `entre 120 € et 300 €`."""
    return f"entre {euros(low)} et {euros(high)}" if low > 0 else f"jusqu'à {euros(high)}"


@register.filter
def certainty(code: str) -> str:
    """The plain French word for a certainty."""
    return CERTAINTY[code]


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """`mapping[key]`, or nothing."""
    return mapping.get(key)


@register.simple_tag
def written(indicator: Any, figure: Any) -> str:
    """A figure of an area as its indicator writes it; a unit that is a word may go on the next line."""
    return re.sub(r"\u00a0(?=\w)", " ", str(indicator.written(figure.value)))


@register.filter
def split_label(split: str) -> str:
    """How a split of figures is called: `par commune`."""
    return SPLITS.get(split, "")


@register.simple_tag
def label_of(figure: str) -> str:
    """The name of a figure."""
    return BY_ID[figure].label


@register.filter
def hours(minutes: int) -> str:
    """`150` → `2 h 30`."""
    return f"{minutes // 60} h {minutes % 60:02d}"


@register.filter(is_safe=True)
def typo(text: str) -> str:
    """French spaces: none may break before « ? ! ; : » nor inside « quotes »."""
    return re.sub(r" (?=[?!;:»€%])|(?<=«) ", "\u202f", str(text))
