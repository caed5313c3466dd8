"""What an order costs: the one pure function behind page, bag, checkout, order, mail and admin.

docs/pricing.md has the rules in words and the worked tables that the tests run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.platform.money import Money
from app.shop.rules import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """So many units of a variant at the price of now; `weight_g` is that of one unit."""

    variant_id: int
    merchant_id: int
    unit_price: Money
    quantity: int
    weight_g: int = 0

    def __post_init__(self) -> None:
        if self.quantity < 1 or self.unit_price.minor < 0 or self.weight_g < 0:
            raise ValueError("a line has units, and neither price nor weight below nothing")

    @property
    def subtotal(self) -> Money:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Discount:
    """An amount somebody decided to take off; `variant_ids` limits it to some lines."""

    key: str
    amount: Money
    variant_ids: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if self.amount.minor < 0:
            raise ValueError("a discount does not add to the price")


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """All that decides a price. `pickup` names the merchants whose goods are collected at a store.

    `region_group` is None before an address is known; `free_over` is None when nothing ships free.
    """

    currency: str
    lines: tuple[Line, ...]
    rates: tuple[Rate, ...] = ()
    free_over: Money | None = None
    region_group: str | None = None
    pickup: frozenset[int] = frozenset()
    discounts: tuple[Discount, ...] = ()


class ShippingState(StrEnum):
    PICKUP = "pickup"
    CHARGED = "charged"
    FREE = "free"
    UNDECIDED = "undecided"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class QuotedLine:
    line: Line
    discount: Money

    @property
    def subtotal(self) -> Money:
        return self.line.subtotal

    @property
    def total(self) -> Money:
        return self.subtotal - self.discount


@dataclass(frozen=True, slots=True)
class QuotedShipping:
    """One merchant's parcel. `missing_for_free` is None where no limit could make it free."""

    merchant_id: int
    state: ShippingState
    weight_g: int
    fee: Money
    missing_for_free: Money | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A price in all its parts: lines as they were given, shipping by merchant."""

    currency: str
    lines: tuple[QuotedLine, ...]
    shipping: tuple[QuotedShipping, ...]

    @property
    def goods(self) -> Money:
        return Money.total((line.subtotal for line in self.lines), self.currency)

    @property
    def discount(self) -> Money:
        return Money.total((line.discount for line in self.lines), self.currency)

    @property
    def shipping_total(self) -> Money:
        return Money.total((parcel.fee for parcel in self.shipping), self.currency)

    @property
    def total(self) -> Money:
        return self.goods - self.discount + self.shipping_total

    @property
    def due_now(self) -> Money:
        """What placing the order asks for at once."""
        return self.total

    @property
    def can_be_paid(self) -> bool:
        """Whether every parcel has a way to the buyer and a fee."""
        open_states = {ShippingState.UNDECIDED, ShippingState.UNREACHABLE}
        return bool(self.lines) and not open_states & {parcel.state for parcel in self.shipping}

    @property
    def fingerprint(self) -> str:
        """The same for the same accepted terms, in any order of lines; 32 hexadecimal digits."""
        lines = sorted(
            (quoted.line.variant_id, quoted.line.unit_price.minor, quoted.line.quantity,
             quoted.discount.minor)
            for quoted in self.lines
        )  # fmt: skip
        parcels = sorted((p.merchant_id, p.state.value, p.fee.minor) for p in self.shipping)
        accepted = json.dumps([1, self.currency, lines, parcels, self.due_now.minor])
        return hashlib.sha256(accepted.encode()).hexdigest()[:32]


def quote(basket: Basket) -> Quote:
    """Price a basket; raises MixedCurrencies, or ValueError when a variant is on two lines."""
    by_variant = {line.variant_id: line for line in basket.lines}
    if len(by_variant) != len(basket.lines):
        raise ValueError("each variant has one line")
    discounts = _shared_discounts(basket)
    lines = tuple(QuotedLine(line, discounts[line.variant_id]) for line in basket.lines)
    merchants = dict.fromkeys(line.merchant_id for line in basket.lines)
    shipping = tuple(_shipping(basket, merchant_id, lines) for merchant_id in merchants)
    return Quote(basket.currency, lines, shipping)


def _shared_discounts(basket: Basket) -> Mapping[int, Money]:
    """Each line's share of all discounts, by variant; never more than the line costs."""
    shares = {line.variant_id: Money.zero(basket.currency) for line in basket.lines}
    ordered = sorted(basket.lines, key=lambda line: line.variant_id)
    for discount in sorted(basket.discounts, key=lambda discount: discount.key):
        eligible = [line for line in ordered if _is_meant(discount, line)]
        left = [(line.subtotal - shares[line.variant_id]).minor for line in eligible]
        amount = min(discount.amount, Money(sum(left), basket.currency))
        if not amount:
            continue
        for line, share in zip(eligible, amount.allocate(left), strict=True):
            shares[line.variant_id] += share
    return shares


def _is_meant(discount: Discount, line: Line) -> bool:
    return discount.variant_ids is None or line.variant_id in discount.variant_ids


def _shipping(basket: Basket, merchant_id: int, lines: Iterable[QuotedLine]) -> QuotedShipping:
    own = [quoted for quoted in lines if quoted.line.merchant_id == merchant_id]
    goods = Money.total((quoted.total for quoted in own), basket.currency)
    weight = sum(quoted.line.weight_g * quoted.line.quantity for quoted in own)
    nothing = Money.zero(basket.currency)
    if merchant_id in basket.pickup:
        return QuotedShipping(merchant_id, ShippingState.PICKUP, weight, nothing)
    missing = max(basket.free_over - goods, nothing) if basket.free_over is not None else None
    if basket.region_group is None:
        return QuotedShipping(merchant_id, ShippingState.UNDECIDED, weight, nothing, missing)
    fee = parcel_fee(basket.rates, basket.region_group, weight)
    if fee is None:
        return QuotedShipping(merchant_id, ShippingState.UNREACHABLE, weight, nothing)
    if missing == nothing:
        return QuotedShipping(merchant_id, ShippingState.FREE, weight, nothing, missing)
    charged = Money(fee, basket.currency)
    return QuotedShipping(merchant_id, ShippingState.CHARGED, weight, charged, missing)


def parcel_fee(rates: Iterable[Rate], region_group: str, weight_g: int) -> int | None:
    """Minor units for so many grams to a region; None when the table has no row for it."""
    rows = sorted(
        (rate for rate in rates if rate.region_group == region_group),
        key=lambda rate: rate.max_weight_g,
    )
    if not rows:
        return None
    full, rest = divmod(weight_g, rows[-1].max_weight_g)
    if full and not rest:
        return full * rows[-1].fee
    return full * rows[-1].fee + next(row.fee for row in rows if rest <= row.max_weight_g)
