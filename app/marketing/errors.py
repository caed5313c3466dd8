"""What promotions refuse."""

from __future__ import annotations

from app.platform.errors import Conflict, Invalid
from app.platform.i18n import lazy_gettext


class PromotionGone(Conflict):
    """An offer that was counted on was taken up by others, or stopped, a moment ago."""

    code = "promotion_gone"
    default_message = lazy_gettext(
        "An offer on your bag was used up a moment ago. Please look at the total again."
    )


class InUse(Conflict):
    """What an offer takes off stays as it was promised once somebody has used it."""

    code = "promotion_in_use"
    default_message = lazy_gettext(
        "Somebody has used this offer already. Its name, end and limits can still be changed; "
        "for other numbers stop it and make a new one."
    )


__all__ = ["InUse", "Invalid", "PromotionGone"]
