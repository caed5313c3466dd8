"""An entry in the making: its lines as they come."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.community.chat_list.order import Order
from app.community.chat_list.reasons import Reason


@dataclass(slots=True)
class Draft:
    """The lines of one entry, each read by itself.

    `closed` once a blank line came after it; `is_sender` while only a chat program's heading is
    known of it.
    """

    number: int | None
    orders: list[Order]
    lines: list[int]
    reasons: list[Reason] = field(default_factory=list)
    cancelled: bool = False
    closed: bool = False
    is_sender: bool = False

    @property
    def name(self) -> str:
        return next((order.name for order in self.orders if order.name), "")

    @property
    def has_order(self) -> bool:
        return any(order.orders for order in self.orders)

    @property
    def is_silent(self) -> bool:
        """Whether somebody was named and then said nothing."""
        return self.is_sender and not self.has_order

    def add(self, order: Order, line: int) -> None:
        self.orders.append(order)
        self.lines.append(line)
