"""What states, roles and events are called on the counter, and the tone each is shown in."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.admin.queries.orders import OrderRow, View
from app.fulfilment.carriers.base import TrackingStatus
from app.fulfilment.tracking import LABELS
from app.notifications.models import MessageState
from app.orders.models import Attention, Headline, LineState
from app.payments.models import PaymentState, RefundState
from app.platform.i18n import LazyText, lazy_gettext, ngettext
from app.platform.i18n import gettext as _
from app.platform.inbox.models import InboundState
from app.shop.models import Role

Said = tuple[LazyText, str]
HOUR, DAY = 60, 24 * 60

HEADLINES: dict[Headline, Said] = {
    Headline.AWAITING_PAYMENT: (lazy_gettext("To pay"), "neutral"),
    Headline.BALANCE_DUE: (lazy_gettext("Balance due"), "warn"),
    Headline.PROMISED: (lazy_gettext("Promised"), "info"),
    Headline.TO_SHIP: (lazy_gettext("To ship"), "warn"),
    Headline.READY_FOR_PICKUP: (lazy_gettext("To hand over"), "info"),
    Headline.PARTLY_SHIPPED: (lazy_gettext("Partly shipped"), "warn"),
    Headline.SHIPPED: (lazy_gettext("Under way"), "info"),
    Headline.DELIVERED: (lazy_gettext("Delivered"), "ok"),
    Headline.PICKED_UP: (lazy_gettext("Collected"), "ok"),
    Headline.CANCELLED: (lazy_gettext("Cancelled"), "neutral"),
    Headline.REFUNDED: (lazy_gettext("Refunded"), "bad"),
}
VIEWS: dict[View, LazyText] = {
    View.TO_PAY: lazy_gettext("To pay"),
    View.TO_SHIP: lazy_gettext("To ship"),
    View.TO_HAND_OVER: lazy_gettext("To hand over"),
    View.UNDER_WAY: lazy_gettext("Under way"),
    View.ATTENTION: lazy_gettext("Needs a look"),
    View.ALL: lazy_gettext("All"),
}
TO_MAKE_READY: Said = (lazy_gettext("To make ready"), "warn")
LINES: dict[LineState, Said] = {
    LineState.AWAITING_PAYMENT: (lazy_gettext("Not paid"), "neutral"),
    LineState.PROMISED: (lazy_gettext("Promised"), "info"),
    LineState.TO_FULFIL: (lazy_gettext("To ship"), "warn"),
    LineState.PARTLY_SHIPPED: (lazy_gettext("Partly shipped"), "warn"),
    LineState.READY_FOR_PICKUP: (lazy_gettext("Ready"), "info"),
    LineState.SHIPPED: (lazy_gettext("Under way"), "info"),
    LineState.DELIVERED: (lazy_gettext("Delivered"), "ok"),
    LineState.PICKED_UP: (lazy_gettext("Collected"), "ok"),
    LineState.CANCELLED: (lazy_gettext("Taken off"), "neutral"),
}
ATTENTION: dict[str, LazyText] = {
    Attention.WRONG_AMOUNT: lazy_gettext("Another amount came than was asked for."),
    Attention.WRONG_CURRENCY: lazy_gettext("Money came in another currency."),
    Attention.REFUND_FAILED: lazy_gettext("A refund did not go through."),
    Attention.PARCEL_PROBLEM: lazy_gettext("A parcel is delayed, refused or on its way back."),
}
PARCELS: dict[str, LazyText] = {status.value: label for status, label in LABELS.items()}
PARCEL_TONES: dict[str, str] = {
    TrackingStatus.DELIVERED: "ok",
    TrackingStatus.EXCEPTION: "bad",
    TrackingStatus.REFUSED: "bad",
    TrackingStatus.RETURNING: "warn",
    TrackingStatus.RETURNED: "warn",
    TrackingStatus.LABEL_CREATED: "neutral",
}
GATEWAYS: dict[str, LazyText] = {
    "sandbox": lazy_gettext("Test payment"),
    "bank_transfer": lazy_gettext("Bank transfer"),
    "rehearsal": lazy_gettext("Rehearsal payment"),
}
PAYMENTS: dict[PaymentState, Said] = {
    PaymentState.CREATED: (lazy_gettext("Begun"), "neutral"),
    PaymentState.PENDING: (lazy_gettext("Waiting"), "neutral"),
    PaymentState.UNKNOWN: (lazy_gettext("No answer yet"), "warn"),
    PaymentState.CAPTURED: (lazy_gettext("Paid"), "ok"),
    PaymentState.QUESTIONED: (lazy_gettext("In question"), "bad"),
    PaymentState.FAILED: (lazy_gettext("Refused"), "bad"),
    PaymentState.CLOSED: (lazy_gettext("Closed"), "neutral"),
}
REFUNDS: dict[RefundState, Said] = {
    RefundState.INTENDED: (lazy_gettext("To be sent"), "warn"),
    RefundState.SENT: (lazy_gettext("On its way"), "info"),
    RefundState.UNKNOWN: (lazy_gettext("No answer yet"), "warn"),
    RefundState.SUCCEEDED: (lazy_gettext("Paid back"), "ok"),
    RefundState.FAILED: (lazy_gettext("Did not go through"), "bad"),
}
CALLBACKS: dict[InboundState, Said] = {
    InboundState.STORED: (lazy_gettext("Waiting"), "neutral"),
    InboundState.APPLIED: (lazy_gettext("Applied"), "ok"),
    InboundState.UNMATCHED: (lazy_gettext("About nothing we know"), "warn"),
    InboundState.FAILED: (lazy_gettext("Not understood"), "bad"),
    InboundState.REJECTED: (lazy_gettext("Refused at the door"), "bad"),
}
MAILS: dict[MessageState, Said] = {
    MessageState.QUEUED: (lazy_gettext("Waiting"), "neutral"),
    MessageState.SENT: (lazy_gettext("Sent"), "ok"),
    MessageState.DEAD: (lazy_gettext("Given up"), "bad"),
}
ROLES: dict[Role, tuple[LazyText, LazyText]] = {
    Role.OWNER: (lazy_gettext("Owner"), lazy_gettext("everything, also money and the team")),
    Role.EDITOR: (lazy_gettext("Product editor"), lazy_gettext("items, photographs and stock")),
    Role.FULFILMENT: (lazy_gettext("Fulfilment"), lazy_gettext("ships and hands over")),
    Role.SUPPORT: (
        lazy_gettext("Support"),
        lazy_gettext("answers buyers and cancels unpaid orders"),
    ),
    Role.LEADER: (
        lazy_gettext("Group leader"),
        lazy_gettext("shares presales in own groups and sees what came of it"),
    ),
    Role.READONLY: (lazy_gettext("Read-only"), lazy_gettext("sees everything but personal data")),
}


def gateway_name(gateway: str) -> str:
    """What a way to pay is called; an unknown one by its own name."""
    return str(GATEWAYS.get(gateway, gateway))


def state_of_row(row: OrderRow) -> tuple[str, str]:
    """(words, tone) for an order in a list: the headline, told apart for what is collected."""
    words, tone = HEADLINES[row.headline]
    if row.headline is Headline.TO_SHIP and row.is_pickup:
        words, tone = TO_MAKE_READY
    return str(words), tone


def deadline(due_at: datetime, now: datetime) -> str:
    """ "in 3 hours" or "late by 2 days", in whole units."""
    away = due_at - now
    span = _span(abs(away))
    return _("late by %(span)s", span=span) if away < timedelta(0) else _("in %(span)s", span=span)


def _span(away: timedelta) -> str:
    minutes = int(away.total_seconds()) // 60
    if minutes < HOUR:
        return ngettext("%(num)d minute", "%(num)d minutes", minutes)
    if minutes < 2 * DAY:
        return ngettext("%(num)d hour", "%(num)d hours", minutes // HOUR)
    return ngettext("%(num)d day", "%(num)d days", minutes // DAY)


_REASONS: dict[str, LazyText] = {
    "badsignature": lazy_gettext("The signature does not fit the shop's secret."),
    "stalesignature": lazy_gettext("The signature is genuine, but too old or from the future."),
    "malformed": lazy_gettext("The body does not have the documented form."),
    "malformedevent": lazy_gettext("The body does not have the documented form."),
    "toolarge": lazy_gettext(
        "The body is larger than is taken in; only its beginning was kept. Ask for it in parts."
    ),
    "notaddressedtous": lazy_gettext("It names another merchant account than ours."),
    "unknownnumber": lazy_gettext("No parcel has this tracking number yet."),
    "unknownreference": lazy_gettext("No payment of ours has this reference."),
}


def why_refused(reason: str | None) -> str:
    """A sentence for why a callback changed nothing; an unknown reason by its own name."""
    key = (reason or "").replace("_", "").lower()
    return str(_REASONS.get(key, reason or ""))


_SENDERS: dict[str, LazyText] = {
    "logistics/standard": lazy_gettext("Carrier, Standard Webhooks"),
    "logistics/kuaidi100": lazy_gettext("Carrier, Kuaidi100"),
    "payments/sandbox": lazy_gettext("Test payment"),
}


def sender_name(source: str) -> str:
    """Who called; an unknown sender by its own name."""
    return str(_SENDERS.get(source, source))


_MAIL_KINDS: dict[str, LazyText] = {
    "orders.placed": lazy_gettext("Order received"),
    "orders.paid": lazy_gettext("Order paid"),
    "orders.link": lazy_gettext("Link to the order"),
    "orders.cancelled": lazy_gettext("Order cancelled"),
    "orders.lines_cancelled": lazy_gettext("Part of the order cancelled"),
    "orders.payment_returned": lazy_gettext("Payment sent back"),
    "orders.payment_questioned": lazy_gettext("Payment in question"),
    "orders.refunded": lazy_gettext("Refund"),
    "orders.ready_for_pickup": lazy_gettext("Ready to collect"),
    "orders.shipped": lazy_gettext("Parcel shipped"),
    "orders.out_for_delivery": lazy_gettext("Out for delivery"),
    "orders.delivered": lazy_gettext("Parcel delivered"),
    "presale.joined": lazy_gettext("Joined a presale"),
    "presale.registered": lazy_gettext("Interest registered"),
    "presale.succeeded": lazy_gettext("Presale takes place"),
    "presale.extended": lazy_gettext("Presale extended"),
    "presale.asked": lazy_gettext("Buyers asked"),
    "presale.in_production": lazy_gettext("Being made"),
    "presale.promise_changed": lazy_gettext("Promise changed"),
    "presale.update": lazy_gettext("News of a presale"),
    "presale.balance_asked": lazy_gettext("Balance asked for"),
    "presale.balance_reminder": lazy_gettext("Balance reminder"),
    "presale.balance_extended": lazy_gettext("More time for the balance"),
    "presale.balance_paid": lazy_gettext("Balance received"),
    "presale.leave_refused": lazy_gettext("Leaving refused"),
    "presale.wish_made": lazy_gettext("On the waiting list"),
    "presale.place_offered": lazy_gettext("Place offered"),
    "presale.place_lost": lazy_gettext("Place passed on"),
    "presale.reminder_asked": lazy_gettext("Reminder to be confirmed"),
    "presale.reminder_due": lazy_gettext("Reminder of a presale"),
    "wishes.asked": lazy_gettext("Wish for a mail to be confirmed"),
    "wishes.due": lazy_gettext("Back in stock, or something like it"),
    "reviews.invitation": lazy_gettext("Asked for a review"),
    "reviews.rejected": lazy_gettext("Review not shown"),
    "reviews.answered": lazy_gettext("Review answered"),
    "community.statement": lazy_gettext("Monthly statement"),
    "secret.sign_in_code": lazy_gettext("Sign-in code"),
}


def mail_kind(kind: str) -> str:
    """What a kind of mail is called; an unknown one by its own name."""
    return str(_MAIL_KINDS.get(kind, kind))


PERMISSION_NAMES: dict[str, LazyText] = {
    "orders.view": lazy_gettext("See orders"),
    "orders.ship": lazy_gettext("Ship and hand over"),
    "orders.cancel": lazy_gettext("Cancel unpaid orders"),
    "orders.refund": lazy_gettext("Pay back"),
    "orders.note": lazy_gettext("Write notes for the team"),
    "orders.tell": lazy_gettext("Write to the buyer"),
    "pii.view": lazy_gettext("See names, addresses and phone numbers"),
    "catalog.view": lazy_gettext("See items"),
    "catalog.edit": lazy_gettext("Edit items"),
    "promotions.view": lazy_gettext("See promotions"),
    "promotions.edit": lazy_gettext("Write promotions, make codes and stop them"),
    "reviews.view": lazy_gettext("See reviews"),
    "reviews.moderate": lazy_gettext("Show reviews, or not, and answer them"),
    "presales.view": lazy_gettext("See presales"),
    "presales.edit": lazy_gettext("Write presales and publish them"),
    "presales.decide": lazy_gettext("Decide what becomes of a presale"),
    "presales.produce": lazy_gettext("Count what production brings, and pack it"),
    "groups.view": lazy_gettext("See own groups and what came of their links"),
    "groups.share": lazy_gettext("Share presales in groups"),
    "groups.all": lazy_gettext("See the groups of every leader"),
    "search.view": lazy_gettext("See the words of the search"),
    "search.edit": lazy_gettext("Change the words of the search"),
    "stock.view": lazy_gettext("See stock"),
    "stock.edit": lazy_gettext("Count and move stock"),
    "payments.confirm": lazy_gettext("Confirm transfers, settle payments in question"),
    "mail.view": lazy_gettext("See the log of mails"),
    "mail.retry": lazy_gettext("Send a mail again"),
    "callbacks.view": lazy_gettext("See callbacks"),
    "callbacks.replay": lazy_gettext("Play callbacks again"),
    "staff.view": lazy_gettext("See the team"),
    "staff.manage": lazy_gettext("Manage the team"),
    "settings.edit": lazy_gettext("Change the shop's settings"),
    "audit.view": lazy_gettext("Read the record"),
}
