"""The tax in a price: one amount for each rate, shared out to the lines. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.platform.money import Money
from app.shop.taxes import Tax


@dataclass(frozen=True, slots=True)
class Taxed:
    """What of a price is tax, at `percent` thousandths of a percent; in the price that was shown,
    or added to it.
    """

    amount: Money
    percent: int
    is_included: bool

    @classmethod
    def on(cls, amount: Money, tax: Tax | None) -> Taxed | None:
        """The tax of an amount that was rounded once; None where there is none."""
        if tax is None or not tax.percent:
            return None
        return cls(tax.of(amount), tax.percent, tax.is_included)


def added_on(tax: Taxed | None, currency: str) -> Money:
    """What a tax adds to a price."""
    return Money.zero(currency) if tax is None or tax.is_included else tax.amount


def shared(taxable: Iterable[tuple[int, Tax | None, int, Money]]) -> dict[int, Taxed]:
    """The tax by key of (merchant, tax, key, amount): one sum for each merchant and rate, rounded
    once, then shared out by largest remainder; of equal remainders to the key that comes first.
    """
    groups: dict[tuple[int, Tax], list[tuple[int, Money]]] = {}
    for merchant_id, tax, key, amount in taxable:
        if tax is not None and tax.percent:
            groups.setdefault((merchant_id, tax), []).append((key, amount))
    found: dict[int, Taxed] = {}
    for (_merchant, tax), lines in groups.items():
        weights = [amount.minor for _key, amount in lines]
        whole = tax.of(Money(sum(weights), lines[0][1].currency))
        parts = whole.allocate(weights) if any(weights) else (whole,) * len(lines)
        for (key, _amount), part in zip(lines, parts, strict=True):
            found[key] = Taxed(part, tax.percent, tax.is_included)
    return found


def summed(taxes: Iterable[Taxed | None]) -> tuple[Taxed, ...]:
    """One for each rate, those that are included after those that are added, the highest first."""
    sums: dict[tuple[bool, int], Money] = {}
    for tax in taxes:
        if tax is not None and tax.amount:
            key = (tax.is_included, -tax.percent)
            before = sums.get(key, Money.zero(tax.amount.currency))
            sums[key] = before + tax.amount
    return tuple(Taxed(sums[key], -key[1], is_included=key[0]) for key in sorted(sums))


def part_of(tax: int, *, total: int, amount: int, before: int) -> int:
    """The tax in `amount` paid back of a total, after `before` was; all parts make all of it."""
    if not total:
        return 0
    return tax * (before + amount) // total - tax * before // total
