"""What cannot be done with a payment."""

from __future__ import annotations

from app.platform.errors import Conflict, NotFound, Unavailable
from app.platform.i18n import lazy_gettext


class NoSuchMethod(NotFound):
    code = "no_such_payment_method"
    default_message = lazy_gettext("This way to pay is not offered.")


class ProviderAway(Unavailable):
    """The provider did not answer. The order is kept; nothing was charged that we know of."""

    code = "provider_away"
    default_message = lazy_gettext(
        "The payment service is not reachable right now. Your order is saved; "
        "please try again in a moment."
    )


class RefundTooHigh(Conflict):
    code = "refund_too_high"
    default_message = lazy_gettext("That is more than can still be paid back.")
