"""What cannot be done with a parcel."""

from __future__ import annotations

from app.platform.errors import Conflict, NotFound
from app.platform.i18n import lazy_gettext


class NumberTaken(Conflict):
    """Another parcel of this carrier has that tracking number."""

    code = "tracking_number_taken"
    default_message = lazy_gettext("This tracking number already belongs to another parcel.")


class NoSuchCarrier(NotFound):
    code = "no_such_carrier"
