"""What cannot be done with merchants, staff and settings."""

from __future__ import annotations

from app.platform.errors import Conflict
from app.platform.i18n import lazy_gettext


class LastOwner(Conflict):
    """A merchant without an owner could never be given one again by its own staff."""

    code = "last_owner"
    default_message = lazy_gettext("A merchant needs an owner. Make somebody else the owner first.")


class ArrangedMeanwhile(Conflict):
    """The home page is not as it was when the form was opened."""

    code = "arranged_meanwhile"
    default_message = lazy_gettext("Somebody else has arranged the page since you opened it.")
