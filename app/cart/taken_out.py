"""What is remembered of a presale line that was taken out, so that undoing brings all of it back.

The group link, the entry of its chat list and the offer of the waiting list it came by are nobody's
to choose: they travel signed, and count for the bag they were taken out of alone.
"""

from __future__ import annotations

from app.cart.commands import MAX_QUANTITY, Wish
from app.platform.configuration import settings
from app.platform.ids import sign_token, token_code, token_is_genuine

_PARTS = 5
_VERSION = 2


def kept(key: str, wish: Wish) -> str:
    """The wish behind a line of the bag with this key, as text for a form or an address."""
    came_by = (wish.link_id or 0, wish.waiting_id or 0, wish.listed_id or 0)
    parts = (wish.sku_id, wish.tolerance, *came_by)
    return sign_token(settings().secret_key, _purpose(key), "~".join(map(str, parts)), _VERSION)


def wish_of(key: str | None, text: str) -> Wish | None:
    """What `kept` was given; None for anything else, and for another bag's."""
    if key is None or not token_is_genuine(settings().secret_keys, _purpose(key), text, _VERSION):
        return None
    sku, tolerance, link, waiting, listed = map(int, token_code(text).split("~", _PARTS))
    more = min(tolerance, MAX_QUANTITY)
    return Wish(sku, link or None, more, waiting or None, listed or None)


def _purpose(key: str) -> str:
    return f"bag:{key}"
