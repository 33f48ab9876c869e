"""The shape of one right of the catalogue: what a file under `catalogue/rights/` may say, and must say.

Texts are in French, for a person and a practitioner reading the same screen. Marks say how a fact is known:
S (a page or text read), S-JO (the decree that OpenFisca's parameter cites, not read again), P (press only),
C (worked out from a sourced value), K (general knowledge, not checked).
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from allervers.rights.catalogue.faults import CatalogueFault, in_french

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Mark = Literal["S", "S-JO", "P", "C", "K"]
Scalar = str | int | float | bool
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class Sheet(BaseModel):
    """A frozen piece of a file that refuses any key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Names(Sheet):
    """The name on the official letter, and words anyone understands; shown side by side."""

    official: Text
    plain: Text


class PaperForm(Sheet):
    """The number of a cerfa form, with how it is known (most were not checked: K)."""

    number: Text
    mark: Mark


class Claim(Sheet):
    """How one asks: online, on paper, somewhere, and what it is like in plain words."""

    teleservice: Address | None
    form: PaperForm | None
    place: Text
    how: Text


class Said(Sheet):
    """A sentence and how it is known; `mark` is "non publié" where no source gives the fact."""

    says: Text
    mark: Mark | Literal["non publié"]


class Estate(Sheet):
    """Whether what was paid is taken back on what the person leaves at death."""

    yes: bool
    note: Text
    mark: Mark


class Amount(Sheet):
    """Where OpenFisca holds the amount: variables summed over the household, and what the figure means.

    `unit`: what one value of the variable is: euros a `month`, a `year`, `once`, or `yes_no`.
    `paid`: how it reaches the account. `crds`: whether 0.5 % must still be taken off the variable.
    `carried`: `yearly_by_month` when a monthly variable holds the amount of a whole year.
    """

    variables: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    unit: Literal["month", "year", "once", "yes_no"]
    paid: Literal["monthly", "yearly", "once"]
    crds: bool
    carried: Literal["yearly_by_month"] | None = None
    period_traps: tuple[Text, ...] = ()


class Form(Sheet):
    """One of the forms of a right that comes in several, such as the two of the CSS."""

    id: Identifier
    names: Names
    in_one_sentence: Text
    computed: Amount


class Condition(Sheet):
    """A declared condition over the facts of a household file, in one of four shapes.

    `fact op value`; `any_of` several; `all_of` several; or `unwritten`: what no file holds, to be asked aloud and
    sometimes never written down. `fact` is a path of the household file (`home.status`) or one of
    `conditions.NAMED`. `says` states it in plain French, as shown when it holds or is not known.
    """

    says: Text
    fact: Text | None = None
    op: Literal["is", "in", "not_in", "at_least", "below", "starts_with", "does_not_start_with"] | None = None
    value: Scalar | tuple[Scalar, ...] | None = None
    any_of: tuple["Condition", ...] = ()
    all_of: tuple["Condition", ...] = ()
    unwritten: bool = False

    @model_validator(mode="after")
    def one_shape_only(self) -> Self:
        """Refuse a condition with no shape or several, or a list where one value is expected."""
        parts = (self.fact, self.op, self.value)
        whole = all(part is not None for part in parts)
        partly = any(part is not None for part in parts) and not whole
        if partly or sum((whole, bool(self.any_of), bool(self.all_of), self.unwritten)) != 1:
            raise ValueError("attendu : « fact », « op » et « value » ; ou « any_of », « all_of », « unwritten »")
        if whole and isinstance(self.value, tuple) != (self.op in ("in", "not_in")):
            raise ValueError("« in » et « not_in » attendent une liste ; les autres « op », une seule valeur")
        return self


class NonTakeUp(Sheet):
    """A published rate of non-take-up: a figure about a population, never about a household."""

    rate: Annotated[float, Field(gt=0, lt=1)]
    unit: Text
    population: Text
    reference_period: Text
    publisher: Text
    title: Text
    url: Address
    retrieved_on: date
    caveat: Text


class Source(Sheet):
    """A page or a text; `date` is its own date as printed (a day, a month, a year, or "en vigueur")."""

    title: Text
    publisher: Text
    url: Address | None
    date: Text
    mark: Mark


class Right(Sheet):
    """One right: what it is, who pays and decides, how to ask, what it asks for, what is not known of it.

    `limits` always hold; reserves that begin or end on a day live with the law (`allervers.law.limits`).
    """

    id: Identifier
    names: Names
    in_one_sentence: Text
    pays: Text
    decides: Text
    claim: Claim
    documents: tuple[Text, ...]
    delay: Said
    duration: Said
    renewal: Said
    paid_from: Said
    recovered_on_estate: Estate
    computed: Amount | None
    forms: tuple[Form, ...] = ()
    conditions: tuple[Condition, ...] = ()
    limits: tuple[Text, ...]
    non_take_up: NonTakeUp | None
    foresee: Annotated[tuple[Text, ...], Field(min_length=1)]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    checked_on: date

    @property
    def is_declared(self) -> bool:
        """True when no program works it out: it can only ever be possible, or excluded."""
        return self.computed is None

    @model_validator(mode="after")
    def conditions_belong_to_declared_rights(self) -> Self:
        """A computed right is worked out by OpenFisca alone: no rule of law is written twice."""
        if self.computed is not None and self.conditions:
            raise ValueError("un droit calculé ne déclare pas de conditions : la règle serait écrite deux fois")
        if self.computed is None and self.forms:
            raise ValueError("un droit déclaré n'a pas de formes calculées")
        return self


def read_right(path: Path) -> Right:
    """The right that a YAML file describes; `CatalogueFault` names, in French, the file and every path."""
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CatalogueFault(path.name, [f"ce n'est pas du YAML lisible : {error}"]) from error
    try:
        right = Right.model_validate(content)
    except ValidationError as error:
        raise CatalogueFault(path.name, in_french(error)) from error
    if right.id != path.stem:
        raise CatalogueFault(path.name, [f"id : attendu « {path.stem} » (nom du fichier), reçu « {right.id} »"])
    return right
