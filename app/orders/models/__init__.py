"""Tables of orders, by noun."""

from app.orders.models.ledger import (
    DuePurpose,
    LedgerEntry,
    LedgerKind,
    OrderDue,
    OrderRefund,
    OrderRefundLine,
)
from app.orders.models.order import (
    Attention,
    DeliveryMethod,
    Headline,
    LineState,
    Order,
    OrderDelivery,
    OrderEvent,
    OrderLine,
)

__all__ = [
    "Attention",
    "DeliveryMethod",
    "DuePurpose",
    "Headline",
    "LedgerEntry",
    "LedgerKind",
    "LineState",
    "Order",
    "OrderDelivery",
    "OrderDue",
    "OrderEvent",
    "OrderLine",
    "OrderRefund",
    "OrderRefundLine",
]
