"""Print what a prepared program of the law costs against OpenFisca-France on the same invented households.

    python -m tests.bench.law [--households 20000] [--day 2026-09-01]

Every figure of the catalogue at once, 36 separate months for each income, facts as the rights of a household give them.
Times are processor time of one core; the compilation is apart. Ends with 1 when one figure differs.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from allervers.cli.law import catalogue
from allervers.law import Columns, Tally, compute, prepare
from allervers.law.compiled.inputs import Pattern, load
from allervers.law.compiled.samples import invented
from allervers.law.system import chosen, tax_benefit_system
from allervers.rights.facts import horizon
from tests.law.homes import columns, home

KINDS = ("ordinary", "families", "extreme")
INCOMES = ("salaire_imposable", "chomage_imposable", "retraite_imposable")
ONCE = {
    "activite": "chomeur", "statut_marital": "celibataire", "scolarite": "inconnue", "taux_incapacite": 0.0,
    "handicap": False, "garde_alternee": False, "statut_occupation_logement": "locataire_vide", "loyer": 450.0,
    "charges_locatives": 50.0, "depcom": "31555", "coloc": False, "logement_chambre": False,
}  # fmt: skip


def main() -> int:
    options = asked()
    figures = sorted({name for names in catalogue().values() for name in names})
    system, pattern = tax_benefit_system(chosen(True, None)), pattern_of(options.day)
    table = Table(title=f"{len(figures)} figures, {sum(len(periods) for _, periods in pattern)} inputs, {options.day}")
    for heading in ("households", "OpenFisca, a second", "program, a second", "ratio", "compiled in", "left", "differ"):
        table.add_column(heading, justify="right")
    differing: Counter[str] = Counter()
    program = None
    for kind in KINDS:
        given = invented(system, pattern, options.households, np.random.default_rng(31), kind=kind)
        program = program or prepare(given, figures, options.day)
        table.add_row(*measured(kind, given, figures, options, program, differing))
    Console(width=None if sys.stdout.isatty() else 110).print(table)
    for name, count in differing.most_common():
        print(f"{name}: {count} differ")
    return 1 if differing else 0


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.law", description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, default=20_000, help="how many, of each kind (default 20,000)")
    parser.add_argument("--day", type=date.fromisoformat, default=date(2026, 9, 1), help="the day of the law")
    return parser.parse_args()


def pattern_of(day: date) -> Pattern:
    """36 separate months of each income; everything else holds for the whole horizon."""
    months = {name: dict.fromkeys(horizon(day), 100.0) for name in INCOMES}
    like = columns(home(day, {**months, **{name: value for name, value in ONCE.items() if name not in HOUSING}},
                        **{name: value for name, value in ONCE.items() if name in HOUSING}))  # fmt: skip
    return load(tax_benefit_system(chosen(True, None)), like).pattern()


HOUSING = {"statut_occupation_logement", "loyer", "charges_locatives", "depcom", "coloc", "logement_chambre"}


def measured(
    kind: str, given: Columns, figures: Any, options: Any, program: Any, differing: Counter[str]
) -> tuple[str, ...]:
    """One row of the table."""
    _, compiling = timed(lambda: program.run(given))
    tally = Tally()
    found, ours = timed(lambda: program.run(given, tally=tally))
    with np.errstate(all="ignore"):
        expected, theirs = timed(lambda: compute(given, figures, options.day))
    wrong = {name: differences(found[name], expected[name]) for name in figures}
    differing.update({name: count for name, count in wrong.items() if count})
    count = options.households
    left = tally.guarded + tally.strange + tally.rare
    return (f"{count:,} {kind}", f"{count / theirs:,.0f}", f"{count / ours:,.0f}", f"{theirs / ours:.1f}",
            f"{compiling - ours:.0f} s", f"{left:,}", f"{sum(wrong.values()):,}")  # fmt: skip


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    return work(), time.process_time() - start


def differences(found: Any, expected: Any) -> int:
    """Values that are not the same; NaN is the same as NaN."""
    return int((~((found == expected) | ((found != found) & (expected != expected)))).sum())


if __name__ == "__main__":
    sys.exit(main())
