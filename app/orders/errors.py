"""What cannot be done with an order."""

from __future__ import annotations

from app.platform.errors import Conflict, Invalid
from app.platform.i18n import lazy_gettext


class OrderClosed(Conflict):
    code = "order_closed"
    default_message = lazy_gettext("This order is closed. Nothing more can be paid on it.")


class NothingDue(Conflict):
    code = "nothing_due"
    default_message = lazy_gettext("Nothing is open on this order.")


class NotNow(Conflict):
    """The order is not in a state that allows it."""

    code = "not_now"
    default_message = lazy_gettext("The order has moved on; this is no longer possible.")


class TransactionKnown(Conflict):
    """A bank's transaction can be booked once only."""

    code = "transaction_known"
    default_message = lazy_gettext("This transaction number was booked before. Please check it.")


class TooManyUnits(Invalid):
    code = "too_many_units"
    default_message = lazy_gettext("More units than are left on this line.")


class RefundAboveLimit(Invalid):
    """`facts` carry `limit`, the most that can still be paid back, in minor units."""

    code = "refund_above_limit"
    default_message = lazy_gettext("That is more than can still be paid back on this order.")


class StillUnderWay(Conflict):
    code = "order_under_way"
    default_message = lazy_gettext(
        "An order is still on its way to you. Please delete the account once it has arrived."
    )


class AddressFixed(Conflict):
    """Something of the order is packed or on its way, or nothing of it is sent."""

    code = "address_fixed"
    default_message = lazy_gettext(
        "It is packed already. Please write to us if it has to go somewhere else."
    )


class OtherDelivery(Conflict):
    """Delivery to the new address costs another amount than was paid, or another tax is due."""

    code = "other_delivery"
    default_message = lazy_gettext(
        "Delivery or tax comes to another amount there. Please write to us, and we find a way."
    )
