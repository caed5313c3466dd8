"""What a shopper or an editor cannot do with the catalogue."""

from __future__ import annotations

from app.platform.errors import Conflict, Invalid
from app.platform.i18n import lazy_gettext


class OutOfStock(Conflict):
    """Fewer units are free than were asked for; `facts` carry `variant_id` and `free`."""

    code = "out_of_stock"
    default_message = lazy_gettext("This was just taken by somebody else.")


class StockTooLow(Conflict):
    code = "stock_too_low"
    default_message = lazy_gettext("So many are not on hand; some are promised to orders.")


class NotPublishable(Invalid):
    """Something the law or honesty asks for is missing; `errors` say what."""

    code = "not_publishable"
    default_message = lazy_gettext("Before this can go live, please complete what is marked.")


class ChangedMeanwhile(Conflict):
    """Somebody else saved it after the form was opened; `facts` carry the present `version`."""

    code = "changed_meanwhile"
    default_message = lazy_gettext("Somebody else has changed this since you opened it.")


class StockMoved(Conflict):
    """What is on hand is not what the form showed; `facts` carry `sku` and `on_hand`."""

    code = "stock_moved"
    default_message = lazy_gettext("Units were sold or counted since you opened this.")
