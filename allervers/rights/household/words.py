"""The closed lists of the household file: statuses, roles, kinds of income, keys of `receives`."""

from typing import Literal, get_args

Status = Literal["tenant", "social_tenant", "owner", "buying", "hosted", "hostel", "homeless"]
Couple = Literal["married", "pacs", "cohabiting", "none"]
Role = Literal["claimant", "partner", "child", "other"]
Activity = Literal[
    "employee", "self_employed", "jobseeker", "student", "apprentice", "retired", "at_home", "unable_to_work"
]
Nationality = Literal["french", "eu", "other"]
Custody = Literal["full", "shared", "visits"]
School = Literal["primary", "college", "lycee", "higher", "none"]
IncomeKind = Literal[
    "wage",
    "self_employment",
    "unemployment",
    "pension",
    "disability_pension",
    "sick_pay",
    "alimony",
    "scholarship",
    "rental",
    "investment",
    "other",
]

STATUSES: tuple[str, ...] = get_args(Status)
COUPLES: tuple[str, ...] = get_args(Couple)
ROLES: tuple[str, ...] = get_args(Role)
ACTIVITIES: tuple[str, ...] = get_args(Activity)
NATIONALITIES: tuple[str, ...] = get_args(Nationality)
CUSTODIES: tuple[str, ...] = get_args(Custody)
SCHOOLS: tuple[str, ...] = get_args(School)
INCOME_KINDS: tuple[str, ...] = get_args(IncomeKind)

# A loss is possible for these; every other kind is an amount that comes in.
MAY_BE_NEGATIVE = frozenset({"self_employment", "rental"})

RECEIVABLE: tuple[str, ...] = (
    "rsa",
    "prime_activite",
    "housing_aid",
    "css",
    "css_free",
    "css_participation",
    "aspa",
    "asi",
    "aah",
    "aeeh",
    "asf",
    "family_allowances",
    "complement_familial",
    "paje_birth",
    "paje_base",
    "back_to_school",
    "energy_cheque",
    "ass",
    "apa_home",
    "scholarship_college",
    "scholarship_lycee",
    "christmas_bonus",
    "lep",
    "mva",
    "cej",
    "paje_cmg",
    "fsl",
    "pch",
    "local_aids",
    "ame",
)

# More than this a month, or a year, is a slip of the keyboard.
MOST_MONEY = 10_000_000.0
MOST_PEOPLE = 30
OLDEST_AGE = 125
