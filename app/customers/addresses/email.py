"""Check an e-mail address by its form alone; whether anybody reads it, only a mail can tell."""

from __future__ import annotations

import unicodedata

from email_validator import EmailNotValidError, validate_email

from app.platform.errors import DomainError
from app.platform.i18n import gettext as _
from app.platform.i18n import lazy_gettext

LONGEST = 254


class UnusableEmail(DomainError):
    """No mail could be sent to this; the message says what is wrong and how to mend it."""

    code = "unusable_email"
    status = 422
    default_message = lazy_gettext("Please check the e-mail address.")


def check_email(text: str) -> str:
    """The address with its domain in small ASCII letters; raises UnusableEmail. Asks no server.

    Full-width characters and a Chinese full stop, which an input method leaves behind, are mended.
    """
    plain = unicodedata.normalize("NFKC", text[: LONGEST + 1]).strip().replace("。", ".")
    if not plain:
        raise UnusableEmail(_("Please enter an e-mail address."))
    _refuse_common_slips(plain)
    try:
        checked = validate_email(
            plain, check_deliverability=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError as error:
        raise UnusableEmail(
            _("No mail can be sent to this address. It should look like name@example.com.")
        ) from error
    return checked.ascii_email or checked.normalized


def _refuse_common_slips(plain: str) -> None:
    if len(plain) > LONGEST:
        raise UnusableEmail(
            _("The e-mail address is too long (%(most)s characters at most).", most=LONGEST)
        )
    if any(character.isspace() for character in plain):
        raise UnusableEmail(_("There is a space in the e-mail address. Please remove it."))
    if "@" not in plain:
        raise UnusableEmail(_("The e-mail address has no @. It should look like name@example.com."))
    if "." not in plain.rpartition("@")[2]:
        raise UnusableEmail(
            _("The part after @ is incomplete. It should look like name@example.com.")
        )
