"""What cannot be done with a review."""

from __future__ import annotations

from app.platform.errors import Conflict
from app.platform.i18n import lazy_gettext


class ChangedMeanwhile(Conflict):
    code = "review_changed"
    default_message = lazy_gettext("It was changed while you looked. Please look again.")


class TooLate(Conflict):
    code = "review_too_late"
    default_message = lazy_gettext("A review can be changed for fourteen days; this one stays.")
