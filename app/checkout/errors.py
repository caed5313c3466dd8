"""What keeps a checkout from becoming an order. Nothing typed is lost by any of them."""

from __future__ import annotations

from app.orders.pricing import Quote
from app.platform.errors import Conflict
from app.platform.i18n import lazy_gettext


class SomethingGone(Conflict):
    """Goods that cannot be had any more; `variant_ids` name them. The rest can still be bought."""

    code = "something_gone"
    default_message = lazy_gettext(
        "Something in your bag was taken by somebody else while you were here. "
        "The rest is still yours to buy."
    )

    def __init__(self, variant_ids: frozenset[int]) -> None:
        super().__init__()
        self.variant_ids = variant_ids


class PriceChanged(Conflict):
    """The price is not the one that was shown; it is asked about before anything is ordered."""

    code = "price_changed"
    default_message = lazy_gettext(
        "The price has changed since this page was opened. Please check it."
    )

    def __init__(self, quote: Quote) -> None:
        super().__init__()
        self.quote = quote


class NothingToBuy(Conflict):
    code = "nothing_to_buy"
    default_message = lazy_gettext("There is nothing in your bag that can be bought.")
