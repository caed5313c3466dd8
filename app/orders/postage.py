"""A merchant's parcel and its fee: what the table of rates says. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.orders.tax import Taxed, added_on
from app.platform.money import Money
from app.shop.rules import Rate


class ShippingState(StrEnum):
    PICKUP = "pickup"
    CHARGED = "charged"
    FREE = "free"
    UNDECIDED = "undecided"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class QuotedShipping:
    """One parcel of a merchant. `missing_for_free` is None where no limit could make it free.

    `part` names which goods travel in it where a merchant's goods travel in several. `waived` is
    the fee that would be charged had nobody decided to charge none. `tax` is in the fee.
    """

    merchant_id: int
    state: ShippingState
    weight_g: int
    fee: Money
    missing_for_free: Money | None = None
    part: str = ""
    waived: Money | None = None
    tax: Taxed | None = None

    @property
    def net_fee(self) -> Money:
        """The fee before a tax was added to it."""
        return self.fee - added_on(self.tax, self.fee.currency)


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
