"""How an order stands, as its page says it: one word, the steps, and whether to look again soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.fulfilment.queries import ParcelView
from app.orders.models import Headline, OrderEvent
from app.orders.queries import OrderView
from app.payments.models import OPEN_PAYMENTS

WATCH_AFTER_RETURN = timedelta(minutes=10)
_GOING = {Headline.TO_SHIP, Headline.PARTLY_SHIPPED, Headline.SHIPPED, Headline.READY_FOR_PICKUP}


@dataclass(frozen=True, slots=True)
class Progress:
    """`poll_seconds` is how soon the page asks again; None when nothing more will come by
    itself.
    """

    headline: Headline
    parcels: list[ParcelView]
    events: list[OrderEvent]
    poll_seconds: int | None
    waiting_for_provider: bool

    @classmethod
    def of(cls, view: OrderView, parcels: list[ParcelView], now: datetime) -> Progress:
        headline = Headline(view.order.headline)
        waiting = any(
            payment.state in OPEN_PAYMENTS and payment.gateway != "bank_transfer"
            for payment in view.payments
        )
        return cls(
            headline=headline,
            parcels=parcels,
            events=list(reversed(view.events)),
            poll_seconds=_poll(headline, waiting=waiting, placed_at=view.order.placed_at, now=now),
            waiting_for_provider=waiting,
        )


def _poll(headline: Headline, *, waiting: bool, placed_at: datetime, now: datetime) -> int | None:
    if headline is Headline.AWAITING_PAYMENT:
        return 4 if waiting and now - placed_at < WATCH_AFTER_RETURN else 20
    return 15 if headline in _GOING else None
