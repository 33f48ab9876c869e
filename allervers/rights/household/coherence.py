"""What must agree together in a household: roles, ages, dates, the day of the law."""

from datetime import date, timedelta

from allervers.law.days import first_day, last_day
from allervers.rights.household.faults import Reading, Shown
from allervers.rights.household.shape import Household, Person, months_between, years_between
from allervers.rights.household.words import OLDEST_AGE

# The prime d'activité begins; the school grants take their present form in the same year.
EVERY_RIGHT_SINCE = date(2016, 1, 1)
LONGEST_PREGNANCY = timedelta(days=300)


def check(household: Household, reading: Reading, *, dated: bool = True) -> None:
    """Notes every fault that only shows when facts are read together; `dated` is whether the day is known."""
    _roles(household, reading)
    _home(household, reading)
    for place, person in enumerate(household.people):
        _child_only(person, f"people[{place}]", reading)
    if not dated:
        return
    _day(household.day, reading)
    _loan(household, reading)
    _tax(household, reading)
    for place, person in enumerate(household.people):
        _person(person, household.day, f"people[{place}]", reading)
    _generations(household, reading)


def known_days() -> tuple[date, date]:
    """The first and last days of which every right of the catalogue can be worked out."""
    return max(first_day(), EVERY_RIGHT_SINCE), last_day()


def _day(day: date, reading: Reading) -> None:
    first, last = known_days()
    if not first <= day <= last:
        expected = f"un jour du {first} au {last}"
        reading.refuse("day", expected, Shown(day.isoformat()), "la loi de ce jour n'est pas connue ici")


def _roles(household: Household, reading: Reading) -> None:
    roles = [person.role for person in household.people]
    unread = any(fault.path.endswith("role") for fault in reading.faults)
    if household.people and "claimant" not in roles and not household.more_people and not unread:
        came = Shown("personne avec « role: claimant »")
        reading.refuse("people", "exactement une personne qui demande (claimant)", came, "il en manque une")
    for role, french in (("claimant", "une personne qui demande (claimant)"), ("partner", "un conjoint")):
        for place in [n for n, one in enumerate(roles) if one == role][1:]:
            came = Shown(f"une de plus, « role: {role} »")
            reading.refuse(f"people[{place}].role", f"{french}, pas plus", came, "il y en a deux")
    if household.couple == "none" and "partner" in roles:
        where = f"people[{roles.index('partner')}].role"
        came = Shown("« couple: none » et un conjoint")
        reading.refuse(where, "pas de conjoint quand couple vaut none", came, "les deux se contredisent")
    _labels(household, reading)


def _labels(household: Household, reading: Reading) -> None:
    seen: set[str] = set()
    for place, person in enumerate(household.people):
        if person.id is not None and person.id in seen:
            reading.refuse(f"people[{place}].id", "une étiquette par personne", person.id, "déjà prise")
        seen.add(person.id or "")


def _home(household: Household, reading: Reading) -> None:
    if household.home.commune is not None and household.home.zone is not None:
        came = Shown("les deux")
        reading.refuse("home.zone", "la commune ou la zone, pas les deux", came, "l'une donne l'autre")


def _loan(household: Household, reading: Reading) -> None:
    since = household.home.loan_since
    if since is not None and since > household.day:
        reading.refuse("home.loan_since", f"une date avant le {household.day}", Shown(f"{since}"), "dans le futur")


def _tax(household: Household, reading: Reading) -> None:
    year = household.tax.year
    if year is not None and year > household.day.year:
        reading.refuse("tax.year", f"une année, {household.day.year} au plus tard", year, "année à venir")


def _person(person: Person, day: date, path: str, reading: Reading) -> None:
    _birth(person, day, path, reading)
    _dates(person, day, path, reading)
    _work(person, path, reading)
    _pregnancy(person, day, path, reading)
    _months(person, day, path, reading)


def _birth(person: Person, day: date, path: str, reading: Reading) -> None:
    if person.born is None:
        return
    if person.born > day:
        reading.refuse(f"{path}.born", f"une date avant le {day}", Shown(f"{person.born}"), "pas encore né")
        return
    age = years_between(person.born, day)
    if age > OLDEST_AGE:
        reading.refuse(f"{path}.born", f"{OLDEST_AGE} ans au plus", Shown(f"{age} ans"), "âge impossible")
    if person.age is not None and person.age != age:
        came = Shown(f"{person.age} ans, mais né le {person.born}")
        reading.refuse(f"{path}.age", f"{age} ans, d'après la date de naissance", came, "les deux se contredisent")


def _dates(person: Person, day: date, path: str, reading: Reading) -> None:
    for name in ("resident_since", "alone_since"):
        since: date | None = getattr(person, name)
        if since is None:
            continue
        if since > day:
            reading.refuse(f"{path}.{name}", f"une date passée, avant le {day}", Shown(f"{since}"), "dans le futur")
        if person.born is not None and since < person.born:
            came = Shown(f"{since}, avant la naissance ({person.born})")
            reading.refuse(f"{path}.{name}", "une date après la naissance", came, "date impossible")


def _work(person: Person, path: str, reading: Reading) -> None:
    three, ten = person.years_worked_of_3, person.years_worked_of_10
    if three is not None and ten is not None and three > ten:
        came = Shown(f"{three:g} ans sur trois, et {ten:g} ans sur dix")
        reading.refuse(f"{path}.years_worked_of_3", f"{ten:g} ans au plus", came, "les deux se contredisent")


def _pregnancy(person: Person, day: date, path: str, reading: Reading) -> None:
    if person.due is None:
        return
    if person.pregnant is False:
        came = Shown(f"{person.due} et « pregnant: false »")
        reading.refuse(f"{path}.due", "un terme seulement en cas de grossesse", came, "les deux se contredisent")
    if not day - timedelta(days=31) <= person.due <= day + LONGEST_PREGNANCY:
        came = Shown(f"{person.due}")
        reading.refuse(f"{path}.due", f"un terme dans les dix mois qui suivent le {day}", came, "terme impossible")


def _months(person: Person, day: date, path: str, reading: Reading) -> None:
    for kind, income in person.incomes.items():
        for month in income.months:
            if months_between(month, day) < 0:
                where = f"{path}.incomes.{kind}.{month}"
                expected = f"un mois jusqu'à {day:%Y-%m}"
                reading.refuse(where, expected, Shown(month), "ce mois n'est pas encore venu")


def _child_only(person: Person, path: str, reading: Reading) -> None:
    for name in ("custody", "aeeh_category"):
        if person.role != "child" and getattr(person, name) is not None:
            came = Shown(f"« role: {person.role} »")
            reading.refuse(f"{path}.{name}", "ce champ pour un enfant seulement", came, "pas un enfant")
    if person.disability == 0 and person.aeeh_category:
        came = Shown(f"catégorie {person.aeeh_category} et « disability: 0 »")
        reading.refuse(f"{path}.aeeh_category", "0 sans handicap reconnu", came, "les deux se contredisent")


def _generations(household: Household, reading: Reading) -> None:
    parents = [one for one in household.people if one.role in ("claimant", "partner")]
    for place, child in enumerate(household.people):
        if child.role != "child":
            continue
        for parent in parents:
            if _older(child, parent, household.day):
                where = f"people[{place}].{'born' if child.born else 'age'}"
                came = Shown(f"{_said(child)}, pour un adulte {_said(parent)}")
                reading.refuse(where, "un enfant plus jeune que les adultes du couple", came, "âge impossible")
                break


def _older(child: Person, parent: Person, day: date) -> bool:
    if child.born is not None and parent.born is not None:
        return child.born <= parent.born
    young, old = child.age_on(day), parent.age_on(day)
    return young is not None and old is not None and young >= old


def _said(person: Person) -> str:
    return f"né le {person.born}" if person.born else f"de {person.age} ans"
