"""The words of each mail about an order: one home for text and HTML alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from babel.dates import format_datetime

from app.orders.cause_words import cause_sentence
from app.orders.models import LedgerKind
from app.orders.queries import OrderView
from app.platform.configuration import settings
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.money import Money, format_money

TRANSFER = "bank_transfer"


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and heading, paragraphs, what the button says, and a code to show at a counter."""

    subject: str
    title: str
    paragraphs: tuple[str, ...]
    button: str
    code: str = ""
    code_caption: str = ""


def words(kind: str, view: OrderView, **said: Any) -> Words:
    """What mail `kind` says, in the language being spoken."""
    return _WORDS[kind](view, said)


def _placed(view: OrderView, _said: dict[str, Any]) -> Words:
    until = _moment(view.order.pay_until)
    transfer = next((one for one in reversed(view.payments) if one.gateway == TRANSFER), None)
    paragraphs = [
        _(
            "We have your order %(code)s and keep the goods for you until %(until)s.",
            code=view.order.code,
            until=until,
        )
    ]
    if transfer is not None:
        paragraphs.append(
            _(
                "Please transfer %(amount)s to %(account)s with the reference %(reference)s.",
                amount=_amount(view, transfer.amount),
                account=settings().bank_account,
                reference=transfer.reference,
            )
        )
    else:
        paragraphs.append(
            _("If you have paid already, nothing more is to be done: the next mail says so.")
        )
    return Words(
        _("Order %(code)s received", code=view.order.code),
        _("Thank you, your order is here"),
        tuple(paragraphs),
        _("See the order or pay"),
    )


def _paid(view: OrderView, _said: dict[str, Any]) -> Words:
    arrived = (
        _("%(amount)s has arrived.", amount=_amount(view, view.captured.minor))
        if view.order.total
        else _("Nothing is to be paid for it.")
    )
    pickup = all(delivery.method == "pickup" for delivery in view.deliveries)
    following = (
        _("We lay everything out in the store and write to you when it is ready.")
        if pickup
        else _("We pack it next and write to you when it is on its way.")
    )
    return Words(
        _("Order %(code)s is paid", code=view.order.code),
        _("Paid, and yours"),
        (arrived, following),
        _("See the order"),
    )


def _shipped(view: OrderView, said: dict[str, Any]) -> Words:
    parcel = said["parcel"]
    return Words(
        _("A parcel of order %(code)s is on its way", code=view.order.code),
        _("Your parcel is on its way"),
        (
            _(
                "%(company)s carries it under the number %(number)s.",
                company=parcel.company,
                number=parcel.parcel.tracking_number,
            ),
            _("The order's page follows the parcel by itself."),
        ),
        _("Follow the parcel"),
    )


def _out_for_delivery(view: OrderView, said: dict[str, Any]) -> Words:
    number = said["parcel"].parcel.tracking_number
    return Words(
        _("Today: your parcel of order %(code)s", code=view.order.code),
        _("Your parcel is out for delivery"),
        (_("The courier has parcel %(number)s on board and calls before ringing.", number=number),),
        _("Follow the parcel"),
    )


def _delivered(view: OrderView, said: dict[str, Any]) -> Words:
    number = said["parcel"].parcel.tracking_number
    return Words(
        _("Delivered: order %(code)s", code=view.order.code),
        _("Your parcel was delivered"),
        (
            _("The carrier handed over parcel %(number)s.", number=number),
            _("If something is not as described, answer this mail within seven days."),
        ),
        _("See the order"),
    )


def _ready_for_pickup(view: OrderView, said: dict[str, Any]) -> Words:
    delivery = next(d for d in view.deliveries if d.id == said["delivery_id"])
    return Words(
        _("Ready to collect: order %(code)s", code=view.order.code),
        _("Ready for you in the store"),
        (
            _(
                "Show this code or the order's page at the counter. "
                "Somebody else may collect with it too."
            ),
        ),
        _("Open the order's page"),
        delivery.pickup_code or "",
        _("Pick-up code"),
    )


def _cancelled(view: OrderView, said: dict[str, Any]) -> Words:
    causes = {
        "unpaid": _("It was not paid in time, so the goods are free again."),
        "buyer": _("You cancelled it. Nothing was charged."),
        "staff": _("The shop cancelled it. What you paid goes back to you."),
    }
    cause = str(said["cause"])
    known = cause in causes and not (cause == "buyer" and view.captured)
    return Words(
        _("Order %(code)s is cancelled", code=view.order.code),
        _("The order is cancelled"),
        (causes[cause],) if known else (cause_sentence(cause), _what_of_the_money(view)),
        _("See the order"),
    )


def _what_of_the_money(view: OrderView) -> str:
    lost = sum(line.forfeited for line in view.lines)
    if lost:
        return _("The earnest money of %(amount)s is lost.", amount=_amount(view, lost))
    return _("What you paid goes back to you, the way it came.")


def _lines_cancelled(view: OrderView, said: dict[str, Any]) -> Words:
    cause = str(said.get("cause", "staff"))
    if cause != "staff" and cause_sentence(cause):
        paragraphs: tuple[str, ...] = (
            cause_sentence(cause),
            _what_of_the_money(view),
            _("The rest goes on as before."),
        )
    else:
        paragraphs = (
            _("The rest goes on as before. What you paid for the cancelled part goes back to you."),
        )
    return Words(
        _("A change to order %(code)s", code=view.order.code),
        _("Part of your order was cancelled"),
        paragraphs,
        _("See what changed"),
    )


def _refunded(view: OrderView, said: dict[str, Any]) -> Words:
    amount = _amount(view, int(said["amount"]))
    tax = int(said.get("tax", 0))
    of_which = (_("%(amount)s of it is tax.", amount=_amount(view, tax)),) if tax else ()
    return Words(
        _("Refund of %(amount)s for order %(code)s", amount=amount, code=view.order.code),
        _("Your refund is on its way to you"),
        (
            _("%(amount)s goes back the way it was paid.", amount=amount),
            *of_which,
            _("Depending on the bank it is visible after one to three working days."),
        ),
        _("See the order"),
    )


def _payment_returned(view: OrderView, said: dict[str, Any]) -> Words:
    amount = _amount(view, int(said["amount"]))
    causes = {
        "late": _(
            "It arrived after the time to pay, and the goods had gone to somebody else by then."
        ),
        "duplicate": _("The order was paid already, so this second payment goes back whole."),
    }
    cause = causes.get(str(said["cause"]), _("It was not the amount that was asked for."))
    return Words(
        _("We send %(amount)s back to you (order %(code)s)", amount=amount, code=view.order.code),
        _("We send your payment back"),
        (cause, _("You need to do nothing. A mail says when it is done.")),
        _("See the order"),
    )


def _payment_questioned(view: OrderView, said: dict[str, Any]) -> Words:
    """Of one attempt: an order may have been asked for in parts, and paid for before."""
    payment = next(one for one in view.payments if one.id == said["payment_id"])
    came = [
        entry
        for entry in view.ledger
        if entry.payment_id == payment.id and entry.kind == LedgerKind.CAPTURE
    ]
    currency = came[-1].currency if came else payment.currency
    received = Money(sum(one.amount for one in came if one.currency == currency), currency)
    return Words(
        _("About your payment for order %(code)s", code=view.order.code),
        _("Your payment is not the amount we asked for"),
        (
            _(
                "We asked for %(asked)s and received %(received)s.",
                asked=_amount(view, payment.amount),
                received=_written(received),
            ),
            _("Somebody looks at it and writes to you. Please do not pay again."),
        ),
        _("See the order"),
    )


def _link(view: OrderView, _said: dict[str, Any]) -> Words:
    return Words(
        _("The link to your order %(code)s", code=view.order.code),
        _("Your order, once more"),
        (_("You find everything about your order behind this link."),),
        _("Open the order"),
    )


_WORDS: dict[str, Callable[[OrderView, dict[str, Any]], Words]] = {
    "placed": _placed,
    "link": _link,
    "paid": _paid,
    "shipped": _shipped,
    "out_for_delivery": _out_for_delivery,
    "delivered": _delivered,
    "ready_for_pickup": _ready_for_pickup,
    "cancelled": _cancelled,
    "lines_cancelled": _lines_cancelled,
    "refunded": _refunded,
    "payment_returned": _payment_returned,
    "payment_questioned": _payment_questioned,
}


def _amount(view: OrderView, minor: int) -> str:
    return _written(view.money(minor))


def _written(money: Money) -> str:
    return format_money(money, current_locale().replace("-", "_"))


def _moment(instant: Any) -> str:
    pattern = "M月d日 HH:mm" if current_locale() == "zh-Hans" else "d MMM, HH:mm"
    local = instant.astimezone(settings().zone)
    return format_datetime(local, pattern, locale=current_locale().replace("-", "_"))
