"""What staff type, read into values or into sentences beside the fields."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.fulfilment.carriers.companies import COMPANIES
from app.orders.commands.cancel import RefundRequest, unit_amount
from app.orders.models import OrderLine
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.platform.money import Money, NotAnAmount, format_money, parse_money
from app.platform.web.formats import babel_locale

LONGEST_NUMBER = 40
LONGEST_NOTE = 300
LONGEST_TRANSACTION = 64
_TRACKING = re.compile(r"[A-Z0-9][A-Z0-9-]{4,39}\Z")
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")
_MOST_UNITS = 6  # digits

Typed = Mapping[str, str]


def new_key() -> str:
    """A form's own key: the same form sent twice does its work once."""
    return secrets.token_urlsafe(18)


@dataclass
class ShipForm:
    """Units by line, the carrier and the number on the parcel."""

    typed: dict[str, str]
    units: dict[int, int] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls, lines: Sequence[OrderLine]) -> ShipForm:
        """Everything that is left, in one parcel."""
        units = {f"units-{line.id}": str(_left(line)) for line in lines}
        return cls({**units, "carrier": "shunfeng", "number": "", "key": new_key()})

    @classmethod
    def read(cls, typed: Typed, lines: Sequence[OrderLine]) -> ShipForm:
        form = cls({name: value.strip()[:200] for name, value in typed.items()})
        for line in lines:
            form._read_units(line)
        if not form.units and not form.errors:
            form.errors["units"] = _("Choose at least one piece.")
        if form.carrier not in COMPANIES:
            form.errors["carrier"] = _("Choose the carrier.")
        if not _TRACKING.match(form.number):
            form.errors["number"] = _(
                "The number on the parcel has 5 to 40 letters, digits and hyphens."
            )
        form.typed.setdefault("key", "")
        if not _KEY.match(form.typed["key"]):
            form.typed["key"] = new_key()
        return form

    @property
    def carrier(self) -> str:
        return self.typed.get("carrier", "")

    @property
    def number(self) -> str:
        return "".join(self.typed.get("number", "").split()).upper()

    @property
    def key(self) -> str:
        return self.typed["key"]

    def _read_units(self, line: OrderLine) -> None:
        name, left = f"units-{line.id}", _left(line)
        wanted = _whole(self.typed.get(name, ""))
        if wanted is None or wanted > left:
            self.errors[name] = ngettext(
                "A whole number up to %(num)d.", "A whole number up to %(num)d.", left
            )
        elif wanted:
            self.units[line.id] = wanted


@dataclass
class RefundForm:
    """Units taken off, amounts by line, delivery; `total` is what it adds up to, in minor units."""

    typed: dict[str, str]
    cancel: dict[int, int] = field(default_factory=dict)
    amounts: dict[int, int] = field(default_factory=dict)
    shipping: int = 0
    total: int = 0
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls) -> RefundForm:
        return cls({"restock": "1", "key": new_key()})

    @classmethod
    def everything(
        cls, lines: Sequence[OrderLine], left: Mapping[int, int], limit: Limit
    ) -> RefundForm:
        """Filled in so that all that can be paid back is."""
        form = cls.blank()
        for line in lines:
            units = _left(line)
            by_units = min(unit_amount(line, units), left.get(line.id, 0))
            form.typed[f"cancel-{line.id}"] = str(units) if units else ""
            rest = left.get(line.id, 0) - by_units
            form.typed[f"amount-{line.id}"] = _decimal(rest, limit.currency) if rest else ""
        form.typed["shipping"] = _decimal(limit.shipping, limit.currency) if limit.shipping else ""
        return form

    @classmethod
    def read(
        cls, typed: Typed, lines: Sequence[OrderLine], left: Mapping[int, int], limit: Limit
    ) -> RefundForm:
        form = cls({name: value.strip()[:400] for name, value in typed.items()})
        for line in lines:
            form._read_line(line, left.get(line.id, 0), limit.currency)
        form.shipping = form._amount("shipping", limit.shipping, limit.currency)
        form.total += form.shipping
        if form.total > limit.total and not form.errors:
            form.errors["total"] = _("That is more than can still be paid back on this order.")
        if len(form.typed.get("note", "")) > LONGEST_NOTE:
            form.errors["note"] = _("Please write up to %(count)s characters.", count=LONGEST_NOTE)
        if not _KEY.match(form.typed.get("key", "")):
            form.typed["key"] = new_key()
        return form

    @property
    def request(self) -> RefundRequest:
        return RefundRequest(
            cancel=self.cancel,
            line_amounts=self.amounts,
            shipping=self.shipping,
            restock=bool(self.typed.get("restock")),
            note=self.typed.get("note", ""),
        )

    def _read_line(self, line: OrderLine, left: int, currency: str) -> None:
        name, most = f"cancel-{line.id}", _left(line)
        units = _whole(self.typed.get(name, ""))
        if units is None or units > most:
            self.errors[name] = ngettext(
                "A whole number up to %(num)d.", "A whole number up to %(num)d.", most
            )
            units = 0
        by_units = min(unit_amount(line, units), left)
        amount = self._amount(f"amount-{line.id}", left - by_units, currency)
        if units:
            self.cancel[line.id] = units
        if amount:
            self.amounts[line.id] = amount
        self.total += by_units + amount

    def _amount(self, name: str, most: int, currency: str) -> int:
        text = self.typed.get(name, "")
        if not text:
            return 0
        try:
            minor = parse_money(text, currency).minor
        except NotAnAmount:
            self.errors[name] = _("Please enter an amount such as 12.50.")
            return 0
        if minor > most:
            self.errors[name] = _(
                "At most %(amount)s.", amount=format_money(Money(most, currency), babel_locale())
            )
        return minor


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that can be paid back: in all and of the delivery, in minor units."""

    total: int
    shipping: int
    currency: str


@dataclass
class TransferForm:
    """What stands on the bank's statement."""

    typed: dict[str, str]
    amount: int = 0
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, typed: Typed, currency: str, *, asks_amount: bool = True) -> TransferForm:
        form = cls({name: typed.get(name, "").strip()[:200] for name in ("amount", "transaction")})
        if asks_amount:
            form._read_amount(currency)
        if not 0 < len(form.transaction) <= LONGEST_TRANSACTION:
            form.errors["transaction"] = _(
                "Please enter the bank's own number of this line, at most %(count)s characters.",
                count=LONGEST_TRANSACTION,
            )
        return form

    @property
    def transaction(self) -> str:
        return self.typed["transaction"]

    def _read_amount(self, currency: str) -> None:
        try:
            self.amount = parse_money(self.typed["amount"], currency).minor
        except NotAnAmount:
            self.errors["amount"] = _("Please enter an amount such as 12.50.")
            return
        if self.amount == 0:
            self.errors["amount"] = _("Please enter what arrived.")


def _left(line: OrderLine) -> int:
    return line.quantity - line.cancelled - line.shipped


def _whole(text: str) -> int | None:
    """A whole number; nothing typed is nought, anything else is None."""
    if not text:
        return 0
    return int(text) if text.isdecimal() and len(text) <= _MOST_UNITS else None


def _decimal(minor: int, currency: str) -> str:
    return f"{Money(minor, currency).decimal():f}"
