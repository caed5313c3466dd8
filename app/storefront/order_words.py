"""An order in words: how it stands, what happens next and by when, and each step of its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.orders.cause_words import cause_sentence
from app.orders.models import Attention, DeliveryMethod, Headline, OrderEvent
from app.orders.queries import OrderView
from app.platform.i18n import LazyText, lazy_gettext
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.web.formats import moment, money

HEADLINES: Mapping[str, tuple[LazyText, str]] = {
    Headline.AWAITING_PAYMENT: (lazy_gettext("Waiting for payment"), "warn"),
    Headline.BALANCE_DUE: (lazy_gettext("Balance due"), "warn"),
    Headline.PROMISED: (lazy_gettext("You are in"), "ok"),
    Headline.TO_SHIP: (lazy_gettext("Paid"), "ok"),
    Headline.READY_FOR_PICKUP: (lazy_gettext("Ready to collect"), "info"),
    Headline.PARTLY_SHIPPED: (lazy_gettext("Partly on its way"), "info"),
    Headline.SHIPPED: (lazy_gettext("On its way"), "info"),
    Headline.DELIVERED: (lazy_gettext("Delivered"), "ok"),
    Headline.PICKED_UP: (lazy_gettext("Collected"), "ok"),
    Headline.CANCELLED: (lazy_gettext("Cancelled"), "neutral"),
    Headline.REFUNDED: (lazy_gettext("Refunded"), "neutral"),
}
"""Each headline's words and the tone of its badge."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state in words, and one sentence on what happens next and by when."""

    title: str
    following: str


def is_questioned(view: OrderView) -> bool:
    """Whether money came that a person has to look at before the order goes on."""
    return view.order.paid_at is None and view.order.attention in _QUESTIONED


def standing_of(view: OrderView, *, by_transfer: bool, is_asked: bool = False) -> Standing:
    headline = Headline(view.order.headline)
    if is_questioned(view):
        return Standing(
            _("We are looking at your payment"),
            _(
                "Another amount than asked for has arrived. Somebody looks at it and "
                "writes to you; please do not pay again."
            ),
        )
    title = str(HEADLINES[headline][0])
    if is_asked and headline is Headline.PROMISED:
        return Standing(title, _("Something has changed, and you are asked about it below."))
    return Standing(title, _following(headline, view, by_transfer=by_transfer))


def _following(headline: Headline, view: OrderView, *, by_transfer: bool) -> str:
    if headline is Headline.AWAITING_PAYMENT:
        until = moment(view.order.pay_until)
        if by_transfer:
            return _(
                "We keep the goods for your transfer until %(until)s. "
                "When it has arrived we write to you.",
                until=until,
            )
        return _("We keep the goods for you until %(until)s.", until=until)
    if headline is Headline.CANCELLED and not view.captured:
        return _("Nothing was charged. The goods are free for others again.")
    if headline is Headline.TO_SHIP:
        if is_pickup(view):
            return _("We lay it out in the store and write to you when you can come.")
        return _("We pack it next and write to you when it is on its way.")
    return str(_SENTENCES[headline])


_QUESTIONED = {Attention.WRONG_AMOUNT, Attention.WRONG_CURRENCY}
_SENTENCES: Mapping[Headline, LazyText] = {
    Headline.BALANCE_DUE: lazy_gettext("The goods are here. Please pay the rest below."),
    Headline.PROMISED: lazy_gettext(
        "It is still to come. We write to you at every step; nothing is to be done now."
    ),
    Headline.READY_FOR_PICKUP: lazy_gettext(
        "Show the code below at the counter. We keep it for seven days."
    ),
    Headline.PARTLY_SHIPPED: lazy_gettext("One parcel has left; the rest follows in another."),
    Headline.SHIPPED: lazy_gettext("This page follows the parcel by itself."),
    Headline.DELIVERED: lazy_gettext(
        "If something is not as described, write to us within seven days."
    ),
    Headline.PICKED_UP: lazy_gettext(
        "If something is not as described, write to us within seven days."
    ),
    Headline.CANCELLED: lazy_gettext(
        "Nothing more happens with it. What was paid goes back the way it came."
    ),
    Headline.REFUNDED: lazy_gettext(
        "The money is on its way back: banks take one to three working days."
    ),
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
    Headline.BALANCE_DUE,
    Headline.PROMISED,
    Headline.TO_SHIP,
    Headline.READY_FOR_PICKUP,
    Headline.PARTLY_SHIPPED,
    Headline.SHIPPED,
}
_EVENTS: Mapping[str, LazyText] = {
    "placed": lazy_gettext("Ordered"),
    "proof_sent": lazy_gettext("Picture of the transfer sent"),
    "payment_failed": lazy_gettext("A payment did not go through"),
    "payment_questioned": lazy_gettext("Another amount than asked for has arrived"),
    "payment_returned": lazy_gettext("A payment goes back to you"),
    "paid": lazy_gettext("Paid"),
    "balance_asked": lazy_gettext("The balance can be paid"),
    "balance_extended": lazy_gettext("More time for the balance"),
    "balance_paid": lazy_gettext("Balance paid"),
    "balance_waived": lazy_gettext("The balance is waived"),
    "cancel_requested": lazy_gettext("You asked to leave"),
    "cancel_refused": lazy_gettext("The shop keeps your place"),
    "forfeited": lazy_gettext("Given up"),
    "address_changed": lazy_gettext("Address changed"),
    "exchanged": lazy_gettext("Exchanged as you agreed"),
    "reopened": lazy_gettext("Taken up again"),
    "shipped": lazy_gettext("Handed to the carrier"),
    "out_for_delivery": lazy_gettext("Out for delivery"),
    "parcel_problem": lazy_gettext("The carrier reports a problem"),
    "delivered": lazy_gettext("Delivered"),
    "ready_for_pickup": lazy_gettext("Ready to collect"),
    "picked_up": lazy_gettext("Collected"),
    "cancelled": lazy_gettext("Cancelled"),
    "refund_decided": lazy_gettext("Refund decided"),
    "refunded": lazy_gettext("Refunded"),
}
_FAILED = {"payment_failed", "parcel_problem", "cancelled"}
_WITH_AMOUNT = {
    "paid",
    "balance_asked",
    "balance_paid",
    "balance_waived",
    "forfeited",
    "payment_questioned",
    "payment_returned",
    "refund_decided",
    "refunded",
}
_WITH_CAUSE = {"cancelled", "refund_decided", "forfeited"}


def _step(event: OrderEvent, view: OrderView) -> dict[str, Any]:
    return {
        "label": _label(event, view),
        "state": "failed" if event.kind in _FAILED else "past",
        "detail": _detail(event, view),
        "iso": event.at.isoformat(timespec="seconds"),
        "when": moment(event.at),
    }


def _label(event: OrderEvent, view: OrderView) -> str:
    """Only the parcel that brings the last of the goods is the order's delivery."""
    if event.kind == "delivered":
        later = view.events[view.events.index(event) + 1 :]
        is_last = all(other.kind != "delivered" for other in later)
        if Headline(view.order.headline) in _GOING_ON or not is_last:
            return _("A parcel has arrived")
    return str(_EVENTS[event.kind])


def _detail(event: OrderEvent, view: OrderView) -> str | None:
    facts = event.facts
    said = []
    if event.kind in _WITH_AMOUNT and isinstance(facts.get("amount"), int):
        said.append(money(Money(facts["amount"], view.order.currency)))
    if event.kind in _WITH_CAUSE and facts.get("cause") != "staff":
        said.append(cause_sentence(facts.get("cause")))
    if event.kind == "payment_failed":
        return _("Nothing was charged. You can pay again.")
    return " · ".join(part for part in said if part) or None


def _to_come(view: OrderView) -> Sequence[LazyText]:
    headline = Headline(view.order.headline)
    way = _way(view, headline)
    steps = [step for step, _label in way]
    return [label for _step, label in way[steps.index(headline) :]] if headline in steps else ()


def _way(view: OrderView, headline: Headline) -> tuple[tuple[Headline, LazyText], ...]:
    """From which headline on each step is still to come."""
    if is_pickup(view):
        return _WAY_TO_THE_COUNTER
    if headline is Headline.PARTLY_SHIPPED or any(e.kind == "delivered" for e in view.events):
        return _WAY_OF_THE_REST
    return _WAY_TO_THE_DOOR


_WAY_TO_THE_DOOR = (
    (Headline.AWAITING_PAYMENT, lazy_gettext("Payment")),
    (Headline.TO_SHIP, lazy_gettext("Handed to the carrier")),
    (Headline.SHIPPED, lazy_gettext("Delivered")),
)
_WAY_OF_THE_REST = (
    (Headline.PARTLY_SHIPPED, lazy_gettext("The rest handed to the carrier")),
    (Headline.SHIPPED, lazy_gettext("The rest delivered")),
)
_WAY_TO_THE_COUNTER = (
    (Headline.AWAITING_PAYMENT, lazy_gettext("Payment")),
    (Headline.TO_SHIP, lazy_gettext("Ready to collect")),
    (Headline.READY_FOR_PICKUP, lazy_gettext("Collected")),
)
