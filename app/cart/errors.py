"""What a bag cannot take."""

from __future__ import annotations

from app.platform.errors import Conflict
from app.platform.i18n import lazy_gettext


class UnknownCode(Conflict):
    """A code that opens nothing; it is said beside its field."""

    code = "unknown_code"
    status = 422
    default_message = lazy_gettext("There is no such code. Please check how it is written.")


class BagFull(Conflict):
    code = "bag_full"
    default_message = lazy_gettext("The bag is full. Please order what is in it first.")
