"""What a shopper cannot do with an account."""

from __future__ import annotations

from app.platform.errors import Conflict
from app.platform.i18n import lazy_gettext


class TooManyAddresses(Conflict):
    code = "too_many_addresses"
    default_message = lazy_gettext("There are as many addresses as can be kept. Please remove one.")
