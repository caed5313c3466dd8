"""What shoppers type about themselves: untrusted text in, values or a sentence per field out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

from app.customers.addresses import postal
from app.customers.addresses.email import UnusableEmail, check_email
from app.customers.addresses.parser import ParsedAddress, parse_address
from app.customers.addresses.phone import UnusablePhone, check_phone
from app.customers.commands import AddressDetails
from app.customers.models import CustomerAddress
from app.platform.errors import Invalid
from app.platform.i18n import LANGUAGES
from app.platform.i18n import gettext as _
from app.shop.rules import fit_password

LONGEST = {"name": 40, "phone": 40, "region": 80, "street": 120, "pasted": 500}


@dataclass
class Form:
    """`typed` is kept whatever happens; `errors` has a sentence for each field that is wrong."""

    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def check_phone(self, *, required: bool) -> str:
        """The number as it is written, empty when it is wrong or left out."""
        if not self.typed["phone"] and not required:
            return ""
        try:
            return check_phone(self.typed["phone"]).written
        except UnusablePhone as error:
            self.errors["phone"] = error.message
            return ""


def read_email(text: str) -> tuple[str, str | None]:
    """(the address in lower case, None), or (what was typed, what is wrong with it)."""
    try:
        return check_email(text).lower(), None
    except UnusableEmail as error:
        return text[:254].strip(), error.message


def read_new_password(
    source: Mapping[str, str], *, required: bool
) -> tuple[str | None, str | None]:
    """(the new password or None, what is wrong with it or None)."""
    password = source.get("new_password", "")
    if not password and not required:
        return None, None
    try:
        return fit_password(password), None
    except Invalid as error:
        return None, error.errors["password"]


class ProfileForm(Form):
    """Name, phone, and the language of mails; only the language must be there."""

    @classmethod
    def read(cls, source: Mapping[str, str]) -> Self:
        typed = {name: _plain(source, name) for name in ("name", "phone")}
        return cls(typed | {"locale": source.get("locale", "")})

    def check(self) -> dict[str, str] | None:
        """The values, or None with `errors` filled."""
        phone = self.check_phone(required=False)
        if self.typed["locale"] not in LANGUAGES:
            self.errors["locale"] = _("Please choose a language.")
        if self.errors:
            return None
        return {"name": self.typed["name"], "phone": phone, "locale": self.typed["locale"]}


class AddressForm(Form):
    """Who receives a parcel and where; a pasted line may fill it."""

    @classmethod
    def read(cls, source: Mapping[str, str]) -> Self:
        typed = {name: _plain(source, name) for name in LONGEST}
        return cls(typed | {"is_default": source.get("is_default", "")[:1]})

    @classmethod
    def of(cls, address: CustomerAddress) -> Self:
        """The form filled with what is kept."""
        typed = {name: str(address.address.get(name, "")) for name in ("region", "street")}
        own = {"name": address.recipient, "phone": address.phone, "pasted": ""}
        return cls(typed | own | {"is_default": "1" if address.is_default else ""})

    def take_over(self) -> ParsedAddress:
        """Fill the fields from the pasted line; what is typed gives way to what is sure."""
        parsed = parse_address(self.typed["pasted"])
        read = (
            ("name", parsed.name, "name"),
            ("phone", parsed.phone, "phone"),
            ("region", str(parsed.region), "province"),
            ("street", parsed.street, "street"),
        )
        for name, text, sureness in read:
            if text and (not self.typed[name] or sureness not in parsed.unsure):
                self.typed[name] = text
        return parsed

    def check(self) -> AddressDetails | None:
        """The values, or None with `errors` filled."""
        if not self.typed["name"]:
            self.errors["name"] = _("Please enter the name of the person who receives the parcel.")
        phone = self.check_phone(required=True)
        code = self._checked("region", postal.check_region)
        street = self._checked("street", postal.check_street)
        if self.errors:
            return None
        return AddressDetails(
            self.typed["name"],
            phone,
            postal.stored(
                code, region=self.typed["region"], street=street, pasted=self.typed["pasted"]
            ),
            is_default=bool(self.typed["is_default"]),
        )

    def _checked(self, name: str, check: Callable[[str], str]) -> str:
        try:
            return check(self.typed[name])
        except (postal.UnusableRegion, postal.UnusableStreet) as error:
            self.errors[name] = error.message
            return ""


def _plain(source: Mapping[str, str], name: str) -> str:
    """One field cut to its length, without the control characters PostgreSQL would not store."""
    text = "".join(mark for mark in source.get(name, "") if mark >= " " or mark in "\r\n\t")
    return text[: LONGEST[name]].strip()
