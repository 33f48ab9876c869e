"""Questions about codes and points: no query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from allervers.base.errors import Refused
from allervers.territory.models import AreaKind

if TYPE_CHECKING:
    from allervers.territory.models import Area

MAINLAND: Final = r"0[1-9]|1\d|2[1-9]|[3-8]\d|9[0-5]|2[AB]"  # 20 became 2A and 2B in 1976
DEPARTEMENT: Final = re.compile(rf"{MAINLAND}|97[1-8]|98[4-9]")
COMMUNE: Final = re.compile(rf"(?:{MAINLAND})\d{{3}}|9[78]\d{{3}}")  # INSEE, code officiel géographique
IRIS: Final = re.compile(rf"(?:{COMMUNE.pattern})\d{{4}}")


def is_commune(code: str) -> bool:
    """Whether this is written like the INSEE code of a commune: five characters, 2A and 2B in Corsica."""
    return COMMUNE.fullmatch(code) is not None


def is_iris(code: str) -> bool:
    """Whether this is written like the code of an IRIS: the commune's five characters and four digits."""
    return IRIS.fullmatch(code) is not None


def is_departement(code: str) -> bool:
    """Whether this is the code of a département: 01 to 95, 2A, 2B, 971 to 989."""
    return DEPARTEMENT.fullmatch(code) is not None


def departement_of(code: str) -> str:
    """The département of a commune or an IRIS."""
    return code[:3] if code[:2] in ("97", "98") else code[:2]


def kind_of(code: str, commune: Area | None) -> AreaKind:
    """Commune or IRIS, by the code. Raises Refused when the code is neither, or the IRIS another commune's."""
    if is_commune(code):
        return AreaKind.COMMUNE
    if not is_iris(code):
        raise Refused(
            "not-a-code",
            why=f"« {code} » n'est pas un code INSEE.",
            remedy="Un code de commune a 5 caractères (31555, 2A004), celui d'un IRIS 9 ; ce n'est pas le code postal.",
        )
    if commune is None or commune.code != code[:5]:
        raise Refused(
            "another-commune",
            why=f"L'IRIS {code} est dans la commune {code[:5]}.",
            remedy="Ajoutez d'abord cette commune, puis son IRIS.",
        )
    return AreaKind.IRIS


def refuse_half_a_point(latitude: float | None, longitude: float | None) -> None:
    """A point has both coordinates, in degrees (WGS 84), or none."""
    if (latitude is None) != (longitude is None):
        raise Refused(
            "half-a-point", why="Il manque une coordonnée.", remedy="Donnez la latitude et la longitude, ou aucune."
        )
    if latitude is not None and longitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Refused(
            "not-on-earth",
            why=f"Le point {latitude}, {longitude} n'est pas sur la Terre.",
            remedy="La latitude va de -90 à 90, la longitude de -180 à 180 ; elles sont peut-être inversées.",
        )
