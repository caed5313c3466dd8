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
