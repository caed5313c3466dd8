"""A merchant's parcel and its fee: what the table of rates says. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.orders.tax import Taxed, added_on
from app.platform.money import Money
from app.shop.rules import Rate
from app.shop.zones import Basis


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


def parcel_fee(
    rates: Iterable[Rate], zone: str, counted: int, *, basis: Basis = Basis.WEIGHT
) -> int | None:
    """Minor units for a parcel of so many of what the zone counts; None when nothing goes there.

    What is more than the last row goes as several parcels; an amount of money is not divided.
    """
    rows = sorted((rate for rate in rates if rate.zone == zone), key=lambda rate: rate.up_to)
    if not rows:
        return None
    last = rows[-1]
    if basis is Basis.AMOUNT:
        return next((row.fee for row in rows if counted <= row.up_to), last.fee)
    full, rest = divmod(counted, last.up_to)
    if full and not rest:
        return full * last.fee
    return full * last.fee + next(row.fee for row in rows if rest <= row.up_to)
