"""Check a phone number as people write it, and say what is wrong and how to mend it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from app.platform.errors import DomainError
from app.platform.i18n import gettext as _
from app.platform.i18n import lazy_gettext, ngettext

CHINA = "CN"
MOBILE_DIGITS = 11
LONGEST = 40
_SEPARATORS = re.compile(r"[\s().\u2010-\u2015-]+")
_EXTENSION = re.compile(r"^(.*\d)\s*(?:[-转#]|ext\.?)\s*(\d{3,5})$", re.IGNORECASE)
_HOME_PREFIX = re.compile(r"^(?:\+86|86(?=\d{9}))(?=1[3-9])")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_REACHES_A_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


class UnusablePhone(DomainError):
    """Nobody could be reached at this; the message says what is missing, too much or odd."""

    code = "unusable_phone"
    status = 422
    default_message = lazy_gettext("Please check the phone number.")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that can be dialled: `e164` for machines, `written` for couriers and people.

    `country` is its ISO code, empty for numbers of no one country. A virtual number that shops hand
    to couriers has an `extension`.
    """

    e164: str
    written: str
    country: str
    extension: str = ""


def check_phone(text: str, *, country: str = CHINA, mobile_only: bool = False) -> Phone:
    """The number in `text`, dialled from `country` unless it begins with +; raises UnusablePhone.

    With `mobile_only` a landline is refused, for pick-up codes sent as text messages.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    if not plain:
        raise UnusablePhone(_("Please enter a phone number. The courier needs it to reach you."))
    number, extension = _split_extension(plain)
    dialled = re.sub(r"^00(?=[1-9])", "+", _SEPARATORS.sub("", number))
    _refuse_letters(dialled)
    if country == CHINA:
        dialled = _HOME_PREFIX.sub("", dialled)
        if not dialled.startswith(("+", "0")):
            return _chinese_mobile(dialled, extension)
    return _by_plan(dialled, extension, country, mobile_only=mobile_only)


def _split_extension(plain: str) -> tuple[str, str]:
    """13800138000-8123 has one; 138-0013-8000 has none."""
    found = _EXTENSION.match(plain)
    if found and len(re.sub(r"\D", "", found.group(1))) >= MOBILE_DIGITS:
        return found.group(1), found.group(2)
    return plain, ""


def _refuse_letters(dialled: str) -> None:
    odd = re.search(r"[^\d+]+|(?<=.)\+", dialled)
    if odd:
        raise UnusablePhone(
            _("The phone number contains “%(found)s”. Please use digits only.", found=odd.group())
        )


def _chinese_mobile(digits: str, extension: str) -> Phone:
    """Which of the 1xx series are in use changes every year, so only the form is asked for."""
    if not digits.startswith("1"):
        raise UnusablePhone(_chinese_form())
    missing = MOBILE_DIGITS - len(digits)
    if missing > 0:
        raise UnusablePhone(
            ngettext(
                "The mobile number is %(num)d digit short. Please complete it (11 digits).",
                "The mobile number is %(num)d digits short. Please complete it (11 digits).",
                missing,
            )
        )
    if missing < 0:
        raise UnusablePhone(
            ngettext(
                "The mobile number has %(num)d digit too many. Please check it (11 digits).",
                "The mobile number has %(num)d digits too many. Please check it (11 digits).",
                -missing,
            )
        )
    if not _MOBILE.fullmatch(digits):
        raise UnusablePhone(
            _("No mobile number begins with %(start)s. Please check it.", start=digits[:2])
        )
    written = f"{digits}-{extension}" if extension else digits
    return Phone(f"+86{digits}", written, CHINA, extension)


def _chinese_form() -> str:
    return _("A mobile number has 11 digits and begins with 1; a landline begins with 0.")


def _by_plan(dialled: str, extension: str, country: str, *, mobile_only: bool) -> Phone:
    """A number of any country by its published plan."""
    try:
        number = phonenumbers.parse(dialled, country)
    except phonenumbers.NumberParseException as error:
        if country == CHINA and dialled.startswith("0"):
            raise UnusablePhone(_chinese_form()) from error
        raise UnusablePhone(
            _("Please begin with + and the country code, for example +44 20 7946 0958.")
        ) from error
    if not phonenumbers.is_valid_number(number):
        raise UnusablePhone(
            _(
                "This is not a complete number for +%(code)s. Please check it.",
                code=number.country_code,
            )
        )
    if mobile_only and phonenumbers.number_type(number) not in _REACHES_A_MOBILE:
        raise UnusablePhone(
            _("This is a landline. Please give a mobile number for the text message.")
        )
    return _written(number, extension, home=country)


def _written(number: phonenumbers.PhoneNumber, extension: str, *, home: str) -> Phone:
    country = phonenumbers.region_code_for_number(number) or ""
    style = PhoneNumberFormat.NATIONAL if country == home else PhoneNumberFormat.INTERNATIONAL
    written = phonenumbers.format_number(number, style)
    return Phone(
        e164=phonenumbers.format_number(number, PhoneNumberFormat.E164),
        written=f"{written}-{extension}" if extension else written,
        country=country,
        extension=extension,
    )
