"""What the sheets are made from, as queries hand it over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.platform.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a sheet is about (a campaign, the month of a statement) and when it was made.

    `facts` go into its head as (name, value).
    """

    subject: str
    printed_at: datetime
    zone: ZoneInfo
    currency: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedRow:
    """One SKU of one person. Amounts are this row's share, so that they may be added up.

    `name` and `phone` are as much of them as the reader may see; `state` is in the reader's words.
    """

    number: int
    name: str
    phone: str
    sku: str
    title: str
    ordered: int
    quantity: int
    """What there is to hand over: less than `ordered` when supply fell short."""
    amount: Money
    paid: Money
    refunded: Money
    balance: Money
    """What is still to be paid."""
    state: str
    is_cancelled: bool = False
    buyer: str = ""
    """The name in the chat, where that is another than the name on the parcel."""
    leader: str = ""
    group: str = ""
    point: str = ""
    building: str = ""
    room: str = ""
    options: str = ""
    buyer_note: str = ""
    visible_note: str = ""
    address: str = ""
    paid_at: datetime | None = None
    code: str = ""
    """What the label's QR code says: the address of the order, or its code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducedRow:
    """One SKU of a campaign on its way from the maker into parcels."""

    sku: str
    title: str
    ordered: int
    received: int
    passed: int
    packed: int
    options: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One order or refund that a leader's commission of a month comes from.

    A refund has a negative commission. `is_confirmed` says that no return can change it any more.
    """

    at: datetime
    campaign: str
    group: str
    number: int
    buyer: str
    paid: Money
    refunded: Money
    commission: Money
    terms: str
    """What the link was promised: the rate, and the most for one order."""
    is_confirmed: bool
    state: str
