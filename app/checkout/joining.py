"""What checkout asks and says of the presales in a bag: their own questions, their terms, and
whether all of it travels together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.cart.queries import BagItem
from app.checkout.queries import Way, price
from app.marketing.codes import Person
from app.orders.pricing import Quote
from app.platform.i18n import pick
from app.presale.queries.offers import Offer
from app.presale.words import deposit_rule


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a campaign; `field` is its control's name, `key` names the answer."""

    field: str
    campaign_id: int
    campaign: str
    key: str
    label: str
    required: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """What whoever pays accepts of one campaign. `rule` is empty where nothing is paid later."""

    title: str
    path: str
    earliest: date
    latest: date
    rule: str


@dataclass(frozen=True, slots=True)
class Parcels:
    """Delivery quoted both ways: all together when the last goods are there, or each when ready."""

    together: Quote
    as_ready: Quote
    latest: date


def offers_of(items: Iterable[BagItem]) -> list[Offer]:
    """The campaigns joined, each once, by any of their SKUs."""
    found = {item.offer.campaign_id: item.offer for item in items if item.offer is not None}
    return list(found.values())


def questions_of(items: Iterable[BagItem]) -> list[Asked]:
    """Everything the campaigns in a bag want to know."""
    return [
        Asked(
            field=f"answer-{offer.campaign_id}-{place}",
            campaign_id=offer.campaign_id,
            campaign=offer.title,
            key=str(question["key"]),
            label=pick(question["label"]),
            required=bool(question.get("required")),
        )
        for offer in offers_of(items)
        for place, question in enumerate(offer.questions)
    ]


def accepted_of(items: Iterable[BagItem]) -> list[Accepted]:
    """The terms of every campaign joined, said before anything is paid."""
    return [
        Accepted(
            title=offer.title,
            path=offer.path,
            earliest=offer.promise_earliest,
            latest=offer.promise_latest,
            rule=deposit_rule(offer.deposit_kind) if offer.terms.deposit is not None else "",
        )
        for offer in offers_of(items)
    ]


def parcels_of(
    items: tuple[BagItem, ...], region_code: str, *, code: str, person: Person, now: datetime
) -> Parcels | None:
    """Both ways to send what does not arrive at once; None where there is nothing to choose."""

    def quoted(*, as_ready: bool) -> Quote:
        way = Way(region_code, as_ready=as_ready)
        return price(items, way, code=code, person=person, now=now).quote

    parts: dict[int, set[str]] = {}
    for item in items:
        part = item.offer.part if item.offer is not None else ""
        parts.setdefault(item.item.merchant_id, set()).add(part)
    if all(len(arrivals) == 1 for arrivals in parts.values()):
        return None
    return Parcels(
        together=quoted(as_ready=False),
        as_ready=quoted(as_ready=True),
        latest=max(offer.promise_latest for offer in offers_of(items)),
    )
