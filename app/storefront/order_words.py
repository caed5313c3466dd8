"""An order in words: how it stands, what happens next and by when, and each step of its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.orders.models import DeliveryMethod, Headline, OrderEvent
from app.orders.queries import OrderView
from app.platform.i18n import LazyText
from app.platform.i18n import gettext as _
from app.platform.i18n import lazy_gettext as _l
from app.platform.money import Money
from app.platform.web.formats import moment, money

HEADLINES: Mapping[str, tuple[LazyText, str]] = {
    Headline.AWAITING_PAYMENT: (_l("Waiting for payment"), "warn"),
    Headline.TO_SHIP: (_l("Paid"), "ok"),
    Headline.READY_FOR_PICKUP: (_l("Ready to collect"), "info"),
    Headline.PARTLY_SHIPPED: (_l("Partly on its way"), "info"),
    Headline.SHIPPED: (_l("On its way"), "info"),
    Headline.DELIVERED: (_l("Delivered"), "ok"),
    Headline.PICKED_UP: (_l("Collected"), "ok"),
    Headline.CANCELLED: (_l("Cancelled"), "neutral"),
    Headline.REFUNDED: (_l("Refunded"), "neutral"),
}
"""Each headline's words and the tone of its badge."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state in words, and one sentence on what happens next and by when."""

    title: str
    following: str


def standing_of(view: OrderView, *, by_transfer: bool) -> Standing:
    headline = Headline(view.order.headline)
    return Standing(str(HEADLINES[headline][0]), _following(headline, view, by_transfer))


def _following(headline: Headline, view: OrderView, by_transfer: bool) -> str:
    if headline is Headline.AWAITING_PAYMENT:
        until = moment(view.order.pay_until)
        if by_transfer:
            return _(
                "We keep the goods for your transfer until %(until)s. When it has arrived we write to you.",
                until=until,
            )
        return _("We keep the goods for you until %(until)s.", until=until)
    if headline is Headline.TO_SHIP:
        if is_pickup(view):
            return _("We lay it out in the store and write to you when you can come.")
        return _("We pack it next and write to you when it is on its way.")
    return str(_SENTENCES[headline])


_SENTENCES: Mapping[Headline, LazyText] = {
    Headline.READY_FOR_PICKUP: _l("Show the code below at the counter. We keep it for seven days."),
    Headline.PARTLY_SHIPPED: _l("One parcel has left; the rest follows in another."),
    Headline.SHIPPED: _l("This page follows the parcel by itself."),
    Headline.DELIVERED: _l("If something is not as described, write to us within seven days."),
    Headline.PICKED_UP: _l("If something is not as described, write to us within seven days."),
    Headline.CANCELLED: _l(
        "Nothing more happens with it. What was paid goes back the way it came."
    ),
    Headline.REFUNDED: _l("The money is on its way back: banks take one to three working days."),
}


def is_pickup(view: OrderView) -> bool:
    return all(delivery.method == DeliveryMethod.PICKUP for delivery in view.deliveries)


def steps_of(view: OrderView) -> list[dict[str, Any]]:
    """`ui.timeline`: what has happened, oldest first, and what is still to come."""
    told = [_step(event, view) for event in view.events if event.kind in _EVENTS]
    if told and Headline(view.order.headline) in _GOING_ON:
        told[-1]["state"] = "now" if told[-1]["state"] == "past" else told[-1]["state"]
    return told + [
        {"label": str(label), "state": "future", "detail": None, "iso": None, "when": None}
        for label in _to_come(view)
    ]


_GOING_ON = {
    Headline.AWAITING_PAYMENT,
    Headline.TO_SHIP,
    Headline.READY_FOR_PICKUP,
    Headline.PARTLY_SHIPPED,
    Headline.SHIPPED,
}
_EVENTS: Mapping[str, LazyText] = {
    "placed": _l("Ordered"),
    "proof_sent": _l("Picture of the transfer sent"),
    "payment_failed": _l("A payment did not go through"),
    "payment_questioned": _l("Another amount than asked for has arrived"),
    "payment_returned": _l("A payment goes back to you"),
    "paid": _l("Paid"),
    "reopened": _l("Taken up again"),
    "shipped": _l("Handed to the carrier"),
    "out_for_delivery": _l("Out for delivery"),
    "parcel_problem": _l("The carrier reports a problem"),
    "delivered": _l("Delivered"),
    "ready_for_pickup": _l("Ready to collect"),
    "picked_up": _l("Collected"),
    "cancelled": _l("Cancelled"),
    "refund_decided": _l("Refund decided"),
    "refunded": _l("Refunded"),
}
_FAILED = {"payment_failed", "parcel_problem", "cancelled"}
_WITH_AMOUNT = {"paid", "payment_questioned", "payment_returned", "refund_decided", "refunded"}
_CAUSES: Mapping[str, LazyText] = {
    "unpaid": _l("It was not paid in time."),
    "buyer": _l("You cancelled it."),
    "staff": _l("The shop cancelled it."),
    "goods_gone": _l("The goods had gone to somebody else. Every payment goes back whole."),
}


def _step(event: OrderEvent, view: OrderView) -> dict[str, Any]:
    return {
        "label": str(_EVENTS[event.kind]),
        "state": "failed" if event.kind in _FAILED else "past",
        "detail": _detail(event, view),
        "iso": event.at.isoformat(timespec="seconds"),
        "when": moment(event.at),
    }


def _detail(event: OrderEvent, view: OrderView) -> str | None:
    facts = event.facts
    if event.kind in _WITH_AMOUNT and isinstance(facts.get("amount"), int):
        return money(Money(facts["amount"], view.order.currency))
    if event.kind == "cancelled":
        cause = _CAUSES.get(str(facts.get("cause")))
        return str(cause) if cause else None
    if event.kind == "payment_failed":
        return _("Nothing was charged. You can pay again.")
    return None


def _to_come(view: OrderView) -> Sequence[LazyText]:
    headline = Headline(view.order.headline)
    if headline not in _GOING_ON:
        return ()
    way: tuple[tuple[Headline, LazyText], ...] = (
        (Headline.AWAITING_PAYMENT, _l("Payment")),
        (Headline.TO_SHIP, _l("Handed to the carrier")),
        (Headline.SHIPPED, _l("Delivered")),
    )
    if is_pickup(view):
        way = (
            (Headline.AWAITING_PAYMENT, _l("Payment")),
            (Headline.TO_SHIP, _l("Ready to collect")),
            (Headline.READY_FOR_PICKUP, _l("Collected")),
        )
    at = Headline.SHIPPED if headline is Headline.PARTLY_SHIPPED else headline
    place = [step for step, _label in way].index(at)
    return [label for _step_name, label in way[place:]]
