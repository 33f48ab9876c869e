"""What is wrong with a file of the catalogue, said in French, with the file and the path."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

EXPECTED = {
    "missing": "il manque cette rubrique",
    "extra_forbidden": "rubrique inconnue du catalogue",
    "string_type": "attendu un texte",
    "string_too_short": "attendu un texte, reçu un texte vide",
    "string_pattern_mismatch": "attendu la forme {pattern}",
    "literal_error": "attendu {expected}",
    "bool_type": "attendu vrai ou faux (true, false)",
    "bool_parsing": "attendu vrai ou faux (true, false)",
    "float_type": "attendu un nombre",
    "float_parsing": "attendu un nombre",
    "greater_than": "attendu un nombre supérieur à {gt}",
    "less_than": "attendu un nombre inférieur à {lt}",
    "tuple_type": "attendu une liste",
    "too_short": "attendu une liste d'au moins {min_length} élément",
    "model_type": "attendu un groupe de rubriques",
    "date_type": "attendu une date, par exemple 2026-09-01",
    "date_from_datetime_parsing": "attendu une date, par exemple 2026-09-01",
    "value_error": "{error}",
}


class CatalogueFault(ValueError):
    """A file of the catalogue that cannot be used: its name and all its faults, in French."""

    def __init__(self, file: str, faults: list[str]) -> None:
        self.file = file
        self.faults = faults
        super().__init__("\n".join(f"{file} : {fault}" for fault in faults))


def in_french(error: ValidationError) -> list[str]:
    """Each fault of a validation: the path, what was expected, what came."""
    return [one_in_french(detail) for detail in error.errors()]


def one_in_french(detail: ErrorDetails) -> str:
    """One fault, such as `claim.form.mark : attendu 'S' or 'K' ; reçu « Z »`."""
    path = ".".join(str(step) for step in detail["loc"]) or "le fichier"
    expected = EXPECTED.get(detail["type"], "valeur refusée").format_map(detail.get("ctx", {}))
    if detail["type"] in ("missing", "value_error"):
        return f"{path} : {expected}"
    return f"{path} : {expected.replace(' or ', ' ou ')} ; reçu « {str(detail['input'])[:80]} »"
