"""Which entity a variable belongs to: what one value of its result is about."""

from allervers.law.faults import LawFault
from allervers.law.system import chosen, tax_benefit_system


def entity_of(variable: str) -> str:
    """ "individu", "famille", "foyer_fiscal" or "menage"; raises LawFault for an unknown variable."""
    found = tax_benefit_system(chosen(True, None)).get_variable(variable)
    if found is None:
        raise LawFault(variable, expected="a variable of OpenFisca-France", came="an unknown name")
    return str(found.entity.key)
