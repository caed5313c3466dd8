"""What cannot be done with merchants, staff and settings."""

from __future__ import annotations

from app.platform.errors import Conflict
from app.platform.i18n import lazy_gettext


class LastOwner(Conflict):
    """A merchant without an owner could never be given one again by its own staff."""

    code = "last_owner"
    default_message = lazy_gettext("A merchant needs an owner. Make somebody else the owner first.")
