"""What an order writes to its buyer, in the order's language. Each fact is written about once.

Its words are in `mail_words`, its form in `templates/orders/mail/order.{txt,html}`.
"""

from __future__ import annotations

from app.notifications import commands as notifications
from app.orders import address_words, mail_sums, mail_words, queries
from app.orders.events import (
    AddressChanged,
    LinesCancelled,
    LinkAsked,
    OrderCancelled,
    OrderPaid,
    OrderPlaced,
    OrderRefunded,
    PaymentQuestioned,
    PaymentReturned,
    ReadyForPickup,
)
from app.orders.mail_words import Words
from app.orders.queries import OrderView
from app.orders.refunded_tax import tax_of_decision
from app.orders.supply import STOCK
from app.platform import clock
from app.platform.facts import on
from app.platform.i18n import gettext as _
from app.platform.i18n import speaking
from app.platform.rendering import public_url, render


def write(kind: str, event: str, order_id: int, **said: object) -> None:
    """Render mail `kind` and queue it under `event`; queueing the same event again queues
    nothing.
    """
    _write(kind, event, queries.for_mail(order_id), **said)


def send(view: OrderView, words: Words, *, kind: str, event: str) -> None:
    """Queue a mail about an order, rendered in the language being spoken; none where nobody is left
    to read it.
    """
    if view.order.is_nobodys:
        return
    context = {
        "words": words,
        "subject": words.subject,
        "lines": mail_sums.lines_for_mail(view),
        "sums": mail_sums.sums_for_mail(view),
        "link": public_url(f"/o/{view.token}"),
        "why": _("This mail belongs to your order %(code)s.", code=view.order.code),
    }
    notifications.queue(
        kind=kind,
        event=event,
        recipient=view.order.email,
        locale=view.order.locale,
        subject=words.subject,
        text=render("orders/mail/order.txt", **context),
        html=render("orders/mail/order.html", **context),
        reference=f"order:{view.order.id}",
        now=clock.now(),
    )


def write_placed(fact: OrderPlaced) -> None:
    """An order that costs nothing is paid as it is placed: that mail says all."""
    view = queries.for_mail(fact.order_id)
    if view.order.total:
        _write("placed", f"orders.placed:{fact.order_id}", view)


def write_paid(fact: OrderPaid) -> None:
    """Whoever supplies what is not on a shelf writes of such an order instead (app/presale)."""
    view = queries.for_mail(fact.order_id)
    if any(line.supply != STOCK for line in view.lines):
        return
    _write("paid", f"orders.paid:{fact.order_id}", view)


def write_cancelled(fact: OrderCancelled) -> None:
    """Again for an order that a late payment had opened again."""
    event = f"orders.cancelled:{fact.order_id}:{fact.at.isoformat()}"
    write("cancelled", event, fact.order_id, cause=fact.cause)


def write_lines_cancelled(fact: LinesCancelled) -> None:
    event = f"orders.lines_cancelled:{fact.order_id}:{fact.at.isoformat()}"
    write("lines_cancelled", event, fact.order_id, cause=fact.cause)


def write_payment_returned(fact: PaymentReturned) -> None:
    event = f"orders.payment_returned:{fact.payment_id}"
    write("payment_returned", event, fact.order_id, cause=fact.cause, amount=fact.amount)


def write_payment_questioned(fact: PaymentQuestioned) -> None:
    event = f"orders.payment_questioned:{fact.payment_id}"
    write("payment_questioned", event, fact.order_id, payment_id=fact.payment_id)


def write_refunded(fact: OrderRefunded) -> None:
    event = f"orders.refunded:{fact.order_refund_id}"
    tax = tax_of_decision(fact.order_refund_id)
    write("refunded", event, fact.order_id, amount=fact.amount, tax=tax)


def write_ready_for_pickup(fact: ReadyForPickup) -> None:
    event = f"orders.ready_for_pickup:{fact.delivery_id}"
    write("ready_for_pickup", event, fact.order_id, delivery_id=fact.delivery_id)


def write_link(fact: LinkAsked) -> None:
    """At most one in ten minutes, however often somebody asks."""
    window = f"{fact.at:%Y%m%dT%H}{fact.at.minute // 10}"
    write("link", f"orders.link:{fact.order_id}:{window}", fact.order_id)


def write_address_changed(fact: AddressChanged) -> None:
    """To the address of the mails, which did not change."""
    view = queries.for_mail(fact.order_id)
    event = f"orders.address_changed:{fact.order_id}:{fact.at.isoformat()}"
    with speaking(view.order.locale):
        send(view, address_words.changed(view), kind="orders.address_changed", event=event)


def _write(kind: str, event: str, view: OrderView, **said: object) -> None:
    with speaking(view.order.locale):
        send(view, mail_words.words(kind, view, **said), kind=f"orders.{kind}", event=event)


SUBSCRIPTIONS = (
    on(OrderPlaced, write_placed),
    on(OrderPaid, write_paid),
    on(OrderCancelled, write_cancelled),
    on(LinesCancelled, write_lines_cancelled),
    on(PaymentReturned, write_payment_returned),
    on(PaymentQuestioned, write_payment_questioned),
    on(OrderRefunded, write_refunded),
    on(ReadyForPickup, write_ready_for_pickup),
    on(LinkAsked, write_link),
    on(AddressChanged, write_address_changed),
)
