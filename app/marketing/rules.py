"""What a promotion takes off some goods, and why it does not. Pure; docs/pricing.md has the tables.

Everything is reckoned on full prices, so that the order of promotions never changes an amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.marketing.models import PromotionKind
from app.platform.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A line of a bag, as far as promotions look at it."""

    variant_id: int
    merchant_id: int
    unit_price: Money
    quantity: int
    collections: frozenset[int] = frozenset()
    is_presale: bool = False

    @property
    def subtotal(self) -> Money:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The numbers of a promotion; amounts in minor units, `percent` in hundredths of the price.

    `most` caps a percentage. `tiers` are (from what goods come to, off), rising. Of every
    `buy + get` units the `get` cheapest are `percent` cheaper, `times` over at most.
    """

    percent: Decimal = Decimal(0)
    amount: int = 0
    most: int | None = None
    tiers: tuple[tuple[int, int], ...] = ()
    buy: int = 0
    get: int = 0
    times: int | None = None

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Terms:
        return cls(
            percent=Decimal(str(stored.get("percent", "0"))),
            amount=int(stored.get("amount", 0)),
            most=stored.get("most"),
            tiers=tuple((int(reached), int(off)) for reached, off in stored.get("tiers", ())),
            buy=int(stored.get("buy", 0)),
            get=int(stored.get("get", 0)),
            times=stored.get("times"),
        )

    def stored(self) -> dict[str, Any]:
        """JSON that `read` understands; what says nothing is left out."""
        every: dict[str, Any] = {
            "percent": f"{self.percent:f}" if self.percent else None,
            "amount": self.amount or None,
            "most": self.most,
            "tiers": [list(tier) for tier in self.tiers] or None,
            "buy": self.buy or None,
            "get": self.get or None,
            "times": self.times,
        }
        return {name: value for name, value in every.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A promotion as a bag meets it. `code` is the one it came by; empty when it came by itself."""

    id: int
    merchant_id: int
    name: Mapping[str, str]
    kind: PromotionKind
    terms: Terms
    starts_at: datetime
    ends_at: datetime | None = None
    stopped_at: datetime | None = None
    min_spend: int = 0
    collections: frozenset[int] = frozenset()
    combines: bool = False
    with_presales: bool = False
    code: str = ""
    code_id: int | None = None
    is_used_up: bool = False
    was_used_by_you: bool = False
    left: int | None = None
    """Minor units of its budget that are left; None where it has none."""
    max_per_person: int | None = None


class Reason(StrEnum):
    """Why an offer takes nothing off."""

    NOT_YET = "not_yet"
    OVER = "over"
    USED_UP = "used_up"
    USED_BY_YOU = "used_by_you"
    NOT_THESE = "not_these"
    TOO_LITTLE = "too_little"
    TOO_FEW = "too_few"
    NOTHING_LEFT = "nothing_left"
    OTHER_IS_BETTER = "other_is_better"


@dataclass(frozen=True, slots=True)
class Saving:
    """What an offer takes off: amounts by line, or the delivery of its merchant's goods."""

    offer: Offer
    amounts: Mapping[frozenset[int], Money] = field(default_factory=dict)
    free_shipping: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """`missing` is what more the goods must come to, where that is the reason."""

    offer: Offer
    reason: Reason
    missing: Money | None = None


def weigh(
    offer: Offer, goods: Iterable[Goods], *, currency: str, now: datetime
) -> Saving | Refusal:
    """What the offer does for these goods, looked at alone."""
    barred = _barred(offer, now)
    if barred:
        return Refusal(offer, barred)
    meant = sorted((each for each in goods if _is_meant(offer, each)), key=lambda g: g.variant_id)
    if not meant:
        return Refusal(offer, Reason.NOT_THESE)
    reached = Money.total((each.subtotal for each in meant), currency)
    missing = Money(_least(offer), currency) - reached
    if missing.minor > 0:
        return Refusal(offer, Reason.TOO_LITTLE, missing)
    return _within_budget(_saving(offer, meant, reached))


def _saving(offer: Offer, goods: list[Goods], reached: Money) -> Saving:
    if offer.kind is PromotionKind.FREE_SHIPPING:
        return Saving(offer, free_shipping=True)
    return Saving(offer, _amounts(offer, goods, reached))


def _within_budget(saving: Saving) -> Saving | Refusal:
    """The saving, unless it comes to nothing or to more than there is left for it."""
    amount = sum(each.minor for each in saving.amounts.values())
    if not amount and not saving.free_shipping:
        return Refusal(saving.offer, Reason.TOO_FEW)
    left = saving.offer.left
    return Refusal(saving.offer, Reason.USED_UP) if left is not None and amount > left else saving


def _barred(offer: Offer, now: datetime) -> Reason | None:
    if now < offer.starts_at:
        return Reason.NOT_YET
    if offer.stopped_at is not None or (offer.ends_at is not None and now >= offer.ends_at):
        return Reason.OVER
    if offer.is_used_up:
        return Reason.USED_UP
    return Reason.USED_BY_YOU if offer.was_used_by_you else None


def _is_meant(offer: Offer, goods: Goods) -> bool:
    return (
        goods.merchant_id == offer.merchant_id
        and (offer.with_presales or not goods.is_presale)
        and (not offer.collections or bool(offer.collections & goods.collections))
    )


def _least(offer: Offer) -> int:
    """From what sum on it applies at all."""
    first = min((reached for reached, _off in offer.terms.tiers), default=0)
    return max(offer.min_spend, first)


def _amounts(offer: Offer, goods: list[Goods], reached: Money) -> dict[frozenset[int], Money]:
    """What is taken off, by the lines it is shared out over."""
    if offer.kind is PromotionKind.BUY_AND_GET:
        return _given(offer.terms, goods)
    terms, currency = offer.terms, reached.currency
    off = {
        PromotionKind.PERCENT: lambda: _percent(terms, reached),
        PromotionKind.FIXED: lambda: Money(terms.amount, currency),
        PromotionKind.SPEND_AND_SAVE: lambda: Money(_tier(terms, reached.minor), currency),
    }[offer.kind]()
    return {frozenset(each.variant_id for each in goods): min(off, reached)}


def _percent(terms: Terms, reached: Money) -> Money:
    off = reached.percent(terms.percent)
    return off if terms.most is None else min(off, Money(terms.most, reached.currency))


def _tier(terms: Terms, reached: int) -> int:
    return max((off for least, off in terms.tiers if least <= reached), default=0)


def _given(terms: Terms, goods: list[Goods]) -> dict[frozenset[int], Money]:
    """The cheapest units of the whole bag are the given ones, each counted on its own line."""
    units = sum(each.quantity for each in goods)
    rounds = units // (terms.buy + terms.get)
    if terms.times is not None:
        rounds = min(rounds, terms.times)
    left = rounds * terms.get
    found: dict[frozenset[int], Money] = {}
    for each in sorted(goods, key=lambda g: (g.unit_price.minor, g.variant_id)):
        taken = min(left, each.quantity)
        if not taken:
            break
        found[frozenset({each.variant_id})] = each.unit_price.percent(terms.percent) * taken
        left -= taken
    return found
