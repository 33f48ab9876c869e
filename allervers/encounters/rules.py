"""Questions about encounters and about what a computation of rights found: no query, no clock."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from allervers.base import clock
from allervers.base.errors import Refused
from allervers.encounters.models import Offer, Outcome
from allervers.outreach import rules as outings
from allervers.outreach.rules import State

if TYPE_CHECKING:
    from allervers.outreach.models import Outing
    from allervers.territory.models import Area

WITHOUT_AMOUNT: Final = {"yes_no", "declared"}  # covers, savings books, rights that nobody works out
MOST: Final = 200  # people met at once without a name: more is a slip of the keyboard
LATEST_AFTER: Final = timedelta(hours=12)  # people are still met while the stall is taken down
OLDEST: Final = timedelta(days=366)  # a telephone whose clock is a year wrong


def refuse_nobody(anonymous_count: int, known: int) -> None:
    """Refuse an encounter with nobody, fewer than nobody, or a crowd."""
    if anonymous_count < 0 or anonymous_count > MOST:
        raise Refused(
            "impossible-count",
            why=f"On ne rencontre pas {anonymous_count} personnes à la fois.",
            remedy=f"Comptez les personnes rencontrées ensemble, entre 0 et {MOST}.",
        )
    if anonymous_count + known == 0:
        raise Refused(
            "nobody-met",
            why="Cette rencontre ne compte personne.",
            remedy="Dites combien de personnes vous avez rencontrées : sans nom, c'est très bien.",
        )


def refuse_impossible_moment(happened_at: datetime, *, now: datetime, outing: Outing | None) -> None:
    """Refuse a meeting in the future, too long ago, or outside the outing it is said to belong to."""
    if happened_at > now:
        raise Refused(
            "in-the-future",
            why="La rencontre est datée dans le futur.",
            remedy="Vérifiez la date et l'heure de l'appareil, puis enregistrez de nouveau.",
        )
    if happened_at < now - OLDEST:
        raise Refused(
            "too-long-ago",
            why="La rencontre est datée de plus d'un an.",
            remedy="Vérifiez la date et l'heure de l'appareil, puis enregistrez de nouveau.",
        )
    if outing and not outings.opens_at(outing) <= happened_at <= outing.ends_at + LATEST_AFTER:
        raise Refused(
            "outside-the-outing",
            why="La rencontre est datée en dehors de la sortie.",
            remedy="Corrigez l'heure, choisissez une autre sortie, ou enregistrez la rencontre sans sortie.",
        )


def moment_of(outing: Outing | None, now: datetime) -> datetime:
    """When a meeting told at `now` without a time took place: now, or the end of an outing that is over."""
    return min(now, outing.ends_at) if outing else now


def refuse_outing_that_did_not_happen(outing: Outing, now: datetime) -> None:
    """Refuse to meet somebody during an outing that was cancelled."""
    if outings.state(outing, now) == State.CANCELLED:
        raise Refused(
            "outing-cancelled",
            why="Cette sortie est annulée.",
            remedy="Rétablissez la sortie si elle a eu lieu, ou enregistrez la rencontre sans sortie.",
        )


def refuse_area_outside(outing: Outing, area: Area) -> None:
    """Refuse a meeting said to be elsewhere than its outing; an IRIS of the outing's commune is not elsewhere."""
    if area.pk != outing.area_id and area.commune_id != outing.area_id and area.pk != outing.area.commune_id:
        raise Refused(
            "area-outside-the-outing",
            why=f"La sortie est à {outing.area.name}, la rencontre à {area.name}.",
            remedy="Choisissez la commune de la sortie, ou enregistrez la rencontre sans sortie.",
        )


def refuse_unknown_offers(offered: Collection[str]) -> None:
    """Refuse codes that are not in the closed list."""
    unknown = sorted(set(offered) - set(Offer.values))
    if unknown:
        raise Refused(
            "unknown-offer",
            why=f"Ce qui a été proposé n'est pas dans la liste : {', '.join(unknown)}.",
            remedy=f"Choisissez parmi : {', '.join(Offer.labels)}.",
        )


def refuse_reason_without_refusal(outcome: str, form: str) -> None:
    """A reason is only kept with a "no" or a "not now", and only if the person says it."""
    if form and outcome not in (Outcome.NO, Outcome.NOT_NOW):
        raise Refused(
            "reason-without-refusal",
            why="Une raison est notée, mais la personne n'a dit ni « non » ni « pas maintenant ».",
            remedy="Retirez la raison, ou notez ce que la personne a répondu.",
        )


def refuse_news_before_the_meeting(news_by: date | None, happened_at: datetime) -> None:
    """News is promised for a day after the meeting."""
    if news_by and news_by < happened_at.astimezone(clock.PARIS).date():
        raise Refused(
            "news-before-the-meeting",
            why="Les nouvelles sont promises pour un jour d'avant la rencontre.",
            remedy="Choisissez un jour à venir, ou laissez vide.",
        )


@dataclass(frozen=True)
class Finding:
    """A right that seems open and does not come in yet; amounts in euros a month, zero for a right without amount."""

    right: str
    certainty: str
    low: Decimal
    likely: Decimal
    high: Decimal


def findings(answer: Mapping[str, Any]) -> Iterator[Finding]:
    """The rights of an answer (see household.md's JSON) that are not excluded and not already received in full."""
    for right in answer["rights"]:
        if right["certainty"] == "excluded" or right.get("form_of") or right.get("received") is True:
            continue  # the forms of a right (the two of the CSS) are not rights more
        unclaimed = right.get("unclaimed") or {}
        low, likely, high = (cents(unclaimed.get(bound)) for bound in ("low", "likely", "high"))
        without_amount = right.get("unit") in WITHOUT_AMOUNT or unclaimed.get("high") is None
        if high > 0 or (without_amount and not right.get("is_received")):
            yield Finding(right["id"], right["certainty"], low, likely, high)


def cents(amount: float | int | str | None) -> Decimal:
    """An amount in euros, to the cent; zero when there is none."""
    return Decimal(str(amount or 0)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def bare(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answer without its sentences, which quote facts of the household: ids, certainties and amounts only."""
    quiet: dict[str, Any] = {"because": [], "would_settle_it": [], "limits": []}
    kept = {name: answer[name] for name in ("day", "law", "engine") if name in answer}
    return kept | {
        "rights": [{**right, **{k: v for k, v in quiet.items() if k in right}} for right in answer["rights"]]
    }


def refuse_what_is_no_answer(answer: Mapping[str, Any]) -> None:
    """Refuse what `rights.assess` cannot have answered."""
    rights = answer.get("rights") if isinstance(answer, Mapping) else None
    if not isinstance(rights, list) or not all(
        isinstance(r, Mapping) and {"id", "certainty"} <= set(r) for r in rights
    ):
        raise Refused(
            "not-an-answer",
            why="Ce calcul de droits est illisible.",
            remedy="Refaites le calcul, puis enregistrez-le.",
        )
    ids = [right["id"] for right in rights]
    if len(ids) != len(set(ids)):
        raise Refused("right-twice", why="Un droit figure deux fois dans ce calcul.", remedy="Refaites le calcul.")
