"""What an order costs: the one pure function behind page, bag, checkout, order, mail and admin.

docs/pricing.md has the rules in words and the worked tables that the tests run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.orders.postage import QuotedShipping, ShippingState, parcel_fee
from app.orders.tax import Taxed, added_on, shared, summed
from app.platform.money import Money
from app.shop.rules import Rate
from app.shop.taxes import UNTAXED, Taxes
from app.shop.zones import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """So many units of a variant at the price of now; `weight_g` is that of one unit.

    A `deposit` per unit is all that is asked for at once, the rest later. Lines of one merchant
    with the same `part` arrive at the same time; an empty part is there already.
    """

    variant_id: int
    merchant_id: int
    unit_price: Money
    quantity: int
    weight_g: int = 0
    deposit: Money | None = None
    part: str = ""
    tax_class: str = ""

    def __post_init__(self) -> None:
        if self.quantity < 1 or self.unit_price.minor < 0 or self.weight_g < 0:
            raise ValueError("a line has units, and neither price nor weight below nothing")
        if self.deposit is not None and not 0 < self.deposit.minor <= self.unit_price.minor:
            raise ValueError("a deposit is something, and not more than the price")

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

    `zone` is None before an address is known, `basis` is what its rates count; `free_over` is None
    when nothing ships free.
    With `as_ready` each part of a merchant's goods travels, and is charged, by itself.
    `free_shipping` names the merchants whose parcels somebody decided to charge nothing for.
    `taxes` are those of where it goes.
    """

    currency: str
    lines: tuple[Line, ...]
    rates: tuple[Rate, ...] = ()
    free_over: Money | None = None
    zone: str | None = None
    zone_name: Mapping[str, str] = field(default_factory=dict)
    basis: Basis = Basis.WEIGHT
    pickup: frozenset[int] = frozenset()
    discounts: tuple[Discount, ...] = ()
    as_ready: bool = False
    free_shipping: frozenset[int] = frozenset()
    taxes: Taxes = UNTAXED


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """`tax` is in its total; None where it is not taxed."""

    line: Line
    discount: Money
    tax: Taxed | None = None

    @property
    def subtotal(self) -> Money:
        return self.line.subtotal

    @property
    def reduced(self) -> Money:
        """What it costs after discounts, before a tax is added."""
        return self.subtotal - self.discount

    @property
    def tax_added(self) -> Money:
        return added_on(self.tax, self.discount.currency)

    @property
    def total(self) -> Money:
        return self.reduced + self.tax_added

    @property
    def due_now(self) -> Money:
        """The deposit where there is one (never more than the line costs), else all of it."""
        if self.line.deposit is None:
            return self.total
        return min(self.line.deposit * self.line.quantity, self.total)

    @property
    def balance(self) -> Money:
        """What is asked for later."""
        return self.total - self.due_now


@dataclass(frozen=True, slots=True)
class Quote:
    """A price in all its parts: lines as they were given, shipping by merchant.

    `taken_off` is what each discount, by its key, came to.
    """

    currency: str
    lines: tuple[QuotedLine, ...]
    shipping: tuple[QuotedShipping, ...]
    taken_off: Mapping[str, Money] = field(default_factory=dict)
    zone_name: Mapping[str, str] = field(default_factory=dict)

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
        return self.goods - self.discount + self.tax_added + self.shipping_total

    @property
    def tax_added(self) -> Money:
        """What taxes add to the goods; the fees have theirs within."""
        return Money.total((line.tax_added for line in self.lines), self.currency)

    @property
    def taxes(self) -> tuple[Taxed, ...]:
        """All that is taxed, goods and delivery, one sum for each rate."""
        return summed([*(line.tax for line in self.lines), *(each.tax for each in self.shipping)])

    @property
    def due_now(self) -> Money:
        """What placing the order asks for at once: all but the balances; delivery included."""
        lines = Money.total((line.due_now for line in self.lines), self.currency)
        return lines + self.shipping_total

    @property
    def balance(self) -> Money:
        """What is asked for later, each line in its own window."""
        return Money.total((line.balance for line in self.lines), self.currency)

    def fee_of(self, merchant_id: int) -> Money:
        """What delivery of a merchant's goods costs, in however many parcels."""
        fees = (parcel.fee for parcel in self.shipping if parcel.merchant_id == merchant_id)
        return Money.total(fees, self.currency)

    def fee_tax_of(self, merchant_id: int) -> Taxed | None:
        """The tax in `fee_of`."""
        found = summed(each.tax for each in self.shipping if each.merchant_id == merchant_id)
        return found[0] if found else None

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
             quoted.discount.minor, quoted.due_now.minor, _told(quoted.tax))
            for quoted in self.lines
        )  # fmt: skip
        parcels = sorted(
            (parcel.merchant_id, parcel.part, parcel.state.value, parcel.fee.minor,
             _told(parcel.tax))
            for parcel in self.shipping
        )  # fmt: skip
        accepted = json.dumps([3, self.currency, lines, parcels, self.due_now.minor])
        return hashlib.sha256(accepted.encode()).hexdigest()[:32]


def quote(basket: Basket) -> Quote:
    """Price a basket; raises MixedCurrencies, or ValueError when a variant is on two lines."""
    by_variant = {line.variant_id: line for line in basket.lines}
    if len(by_variant) != len(basket.lines):
        raise ValueError("each variant has one line")
    shares, taken_off = _shared_discounts(basket)
    taxed = _taxed(basket, shares)
    lines = tuple(
        QuotedLine(line, shares[line.variant_id], taxed.get(line.variant_id))
        for line in basket.lines
    )
    return Quote(basket.currency, lines, _parcels(basket, lines), taken_off, basket.zone_name)


def _told(tax: Taxed | None) -> tuple[int, int, bool]:
    return (tax.amount.minor, tax.percent, tax.is_included) if tax else (0, 0, False)


def _shared_discounts(basket: Basket) -> tuple[Mapping[int, Money], Mapping[str, Money]]:
    """Each line's share of all discounts, by variant, never more than the line costs; and what
    each discount came to.
    """
    shares = {line.variant_id: Money.zero(basket.currency) for line in basket.lines}
    taken_off = {discount.key: Money.zero(basket.currency) for discount in basket.discounts}
    ordered = sorted(basket.lines, key=lambda line: line.variant_id)
    for discount in sorted(basket.discounts, key=lambda discount: discount.key):
        eligible = [line for line in ordered if _is_meant(discount, line)]
        left = [(line.subtotal - shares[line.variant_id]).minor for line in eligible]
        amount = min(discount.amount, Money(sum(left), basket.currency))
        if not amount:
            continue
        taken_off[discount.key] += amount
        for line, share in zip(eligible, amount.allocate(left), strict=True):
            shares[line.variant_id] += share
    return shares, taken_off


def _is_meant(discount: Discount, line: Line) -> bool:
    return discount.variant_ids is None or line.variant_id in discount.variant_ids


def _taxed(basket: Basket, discounts: Mapping[int, Money]) -> Mapping[int, Taxed]:
    """Each line's share of the tax of its merchant's goods at its rate, by variant."""
    ordered = sorted(basket.lines, key=lambda line: line.variant_id)
    return shared(
        (line.merchant_id, basket.taxes.on_goods(line.tax_class), line.variant_id,
         line.subtotal - discounts[line.variant_id])
        for line in ordered
    )  # fmt: skip


def _parcels(basket: Basket, lines: Iterable[QuotedLine]) -> tuple[QuotedShipping, ...]:
    """One parcel a merchant, or one for each part of a merchant's goods."""
    packed: dict[tuple[int, str], list[QuotedLine]] = {}
    for quoted in lines:
        line = quoted.line
        apart = basket.as_ready and line.merchant_id not in basket.pickup
        packed.setdefault((line.merchant_id, line.part if apart else ""), []).append(quoted)
    return tuple(
        replace(_parcel(basket, merchant_id, own), part=part)
        for (merchant_id, part), own in packed.items()
    )


def _parcel(basket: Basket, merchant_id: int, own: list[QuotedLine]) -> QuotedShipping:
    goods = Money.total((quoted.reduced for quoted in own), basket.currency)
    weight = sum(quoted.line.weight_g * quoted.line.quantity for quoted in own)
    nothing = Money.zero(basket.currency)
    if merchant_id in basket.pickup:
        return QuotedShipping(merchant_id, ShippingState.PICKUP, weight, nothing)
    missing = max(basket.free_over - goods, nothing) if basket.free_over is not None else None
    if basket.zone is None:
        return QuotedShipping(merchant_id, ShippingState.UNDECIDED, weight, nothing, missing)
    counted = {
        Basis.WEIGHT: weight,
        Basis.AMOUNT: goods.minor,
        Basis.ITEMS: sum(quoted.line.quantity for quoted in own),
    }[basket.basis]
    fee = parcel_fee(basket.rates, basket.zone, counted, basis=basket.basis)
    if fee is None:
        return QuotedShipping(merchant_id, ShippingState.UNREACHABLE, weight, nothing)
    if missing == nothing:
        return QuotedShipping(merchant_id, ShippingState.FREE, weight, nothing, missing)
    tax = Taxed.on(Money(fee, basket.currency), basket.taxes.on_delivery)
    charged = Money(fee, basket.currency) + added_on(tax, basket.currency)
    if merchant_id in basket.free_shipping:
        return QuotedShipping(merchant_id, ShippingState.FREE, weight, nothing, waived=charged)
    return QuotedShipping(merchant_id, ShippingState.CHARGED, weight, charged, missing, tax=tax)
