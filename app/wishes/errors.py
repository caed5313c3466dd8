"""What cannot be done with wishes."""

from __future__ import annotations

from app.platform.errors import Conflict
from app.platform.i18n import lazy_gettext


class ListFull(Conflict):
    code = "list_full"
    default_message = lazy_gettext(
        "Your wish list is full: a hundred pieces at most. Take one off first."
    )


class CanBeHad(Conflict):
    """Nobody need wait for what can be bought now."""

    code = "can_be_had"
    default_message = lazy_gettext("It can be bought right now.")
