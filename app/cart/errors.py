"""What a bag cannot take."""

from __future__ import annotations

from app.platform.errors import Conflict
from app.platform.i18n import lazy_gettext


class BagFull(Conflict):
    code = "bag_full"
    default_message = lazy_gettext("The bag is full. Please order what is in it first.")
