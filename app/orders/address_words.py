"""The words of the mail that says that an order goes somewhere else."""

from __future__ import annotations

from app.orders.mail_words import Words
from app.orders.queries import OrderView
from app.platform.i18n import gettext as _


def changed(view: OrderView) -> Words:
    return Words(
        _("Another address for order %(code)s", code=view.order.code),
        _("Your order goes to another address"),
        (
            _("The address was changed on the order's page."),
            _("If it was not you, please answer this mail at once: nothing has been packed yet."),
        ),
        _("See the order"),
    )
