"""The checkout form: untrusted text in, typed values or a sentence per field out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from app.checkout.joining import Asked
from app.checkout.rules import PICKUP, SHIP, Details
from app.customers.addresses import postal
from app.customers.addresses.email import UnusableEmail, check_email
from app.customers.addresses.parser import ParsedAddress, parse_address
from app.customers.addresses.phone import UnusablePhone, check_phone
from app.platform import numbers
from app.platform.errors import DomainError
from app.platform.i18n import gettext as _

FIELDS = (
    "method", "location", "pasted", "email", "name", "phone", "region", "street", "note", "gateway",
    "parcels", "anonymous", "code",
)  # fmt: skip
_LONGEST = {
    "email": 254,
    "name": 40,
    "phone": 40,
    "region": 80,
    "street": 120,
    "note": 500,
    "pasted": 500,
    "code": 60,
}
ANSWER = re.compile(r"answer-[0-9]{1,18}-[0-9]{1,2}")
"""How the controls of a campaign's own questions are called."""
MOST_ANSWERS = 40
LONGEST_ANSWER = 200


@dataclass
class CheckoutForm:
    """What was typed, and what is wrong with it by field. `typed` is kept whatever happens."""

    EXAMPLE: ClassVar[str] = "林晓 13800000000 浙江省杭州市西湖区文三路 1 号"

    typed: dict[str, str]
    consents: frozenset[int] = frozenset()
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, source: Mapping[str, str], consents: list[str] | None = None) -> CheckoutForm:
        typed = {name: source.get(name, "")[: _LONGEST.get(name, 40)].strip() for name in FIELDS}
        answers = [name for name in source if ANSWER.fullmatch(name)][:MOST_ANSWERS]
        typed |= {name: source[name][:LONGEST_ANSWER].strip() for name in answers}
        ticked = (numbers.whole(text) for text in consents or [])
        return cls(typed, frozenset(number for number in ticked if number is not None))

    @property
    def method(self) -> str:
        return PICKUP if self.typed.get("method") == PICKUP else SHIP

    @property
    def as_ready(self) -> bool:
        """Whether each part is to be sent when it is there, instead of all together."""
        return self.typed.get("parcels") == "as_ready" and self.method == SHIP

    @property
    def location_id(self) -> int | None:
        return numbers.whole(self.typed.get("location")) if self.method == PICKUP else None

    @property
    def region_code(self) -> str:
        return postal.region_code(self.typed.get("region", ""))

    def check(
        self, gateways: list[str], locations: list[int], questions: Sequence[Asked] = ()
    ) -> Details | None:
        """The values, or None with `errors` filled."""
        name, phone, email = self._name(), self._phone(), self._email()
        address = self._address() if self.method == SHIP else None
        if self.method == PICKUP and self.location_id not in locations:
            self.errors["location"] = _("Please choose the store where you will collect.")
        answers = self._answers(questions)
        if self.typed["gateway"] not in gateways:
            self.errors["gateway"] = _("Please choose how you want to pay.")
        if self.errors:
            return None
        return Details(
            method=self.method, location_id=self.location_id, email=email.lower(), name=name,
            phone=phone, address=address, region_code=self.region_code if address else "",
            note=self.typed["note"], gateway=self.typed["gateway"], consents=self.consents,
            as_ready=self.as_ready, is_anonymous=bool(self.typed["anonymous"]),
            answers=answers,
        )  # fmt: skip

    def check_one(self, name: str) -> None:
        """Fill `errors` for one field only, as when it is left; an unknown name checks nothing."""
        checks: dict[str, Callable[[], str]] = {
            "name": self._name,
            "phone": self._phone,
            "email": self._email,
            "region": self._region,
            "street": self._street,
        }
        if name in checks:
            checks[name]()

    def take_over(self, raw: str) -> ParsedAddress:
        """Fill the fields that a pasted line has something for; typed text gives way only to what
        was found.
        """
        parsed = parse_address(raw)
        found = {
            "name": parsed.name,
            "phone": parsed.phone,
            "region": str(parsed.region),
            "street": parsed.street,
        }
        self.typed.update({name: text for name, text in found.items() if text})
        self.typed["pasted"] = raw
        return parsed

    @staticmethod
    def asks(name: str) -> dict[str, str]:
        """What makes a field ask the shop about itself when it is left."""
        found = {
            "hx-post": f"/checkout/fields?check={name}",
            "hx-trigger": "change",
            "hx-target": f"#{name}-field",
            "hx-select": f"#{name}-field",
            "hx-swap": "outerMorph",
        }
        if name == "region":
            found["hx-select-oob"] = "#summary,#accepted,#paybar"
        return found

    def _answers(self, questions: Sequence[Asked]) -> dict[int, dict[str, str]]:
        """What was answered, by campaign; a question that must be answered says so."""
        found: dict[int, dict[str, str]] = {}
        for question in questions:
            text = self.typed.get(question.field, "")
            if text:
                found.setdefault(question.campaign_id, {})[question.key] = text
            elif question.required:
                self.errors[question.field] = _("Please answer this.")
        return found

    def _name(self) -> str:
        if not self.typed["name"]:
            self.errors["name"] = _("Please enter the name of the person who receives the parcel.")
        return self.typed["name"]

    def _phone(self) -> str:
        return self._checked("phone", lambda text: check_phone(text).written, UnusablePhone)

    def _email(self) -> str:
        return self._checked("email", check_email, UnusableEmail)

    def _region(self) -> str:
        return self._checked("region", postal.check_region, postal.UnusableRegion)

    def _street(self) -> str:
        return self._checked("street", postal.check_street, postal.UnusableStreet)

    def _checked(self, name: str, check: Callable[[str], str], failure: type[DomainError]) -> str:
        try:
            return check(self.typed[name])
        except failure as error:
            self.errors[name] = error.message
            return ""

    def _address(self) -> dict[str, str] | None:
        code, street = self._region(), self._street()
        if {"region", "street"} & self.errors.keys():
            return None
        return postal.stored(
            code, region=self.typed["region"], street=street, pasted=self.typed["pasted"]
        )
