"""The ledger of a rehearsal: every order's rows, and whether all sums agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.admin.words import HEADLINES
from app.catalog.queries.variants import option_label
from app.orders.models import Headline, LedgerKind
from app.platform.i18n import LazyText, lazy_gettext
from app.platform.money import Money

KINDS: Mapping[LedgerKind, LazyText] = {
    LedgerKind.CAPTURE: lazy_gettext("Money came"),
    LedgerKind.REFUND: lazy_gettext("Paid back"),
    LedgerKind.CREDIT: lazy_gettext("Credit"),
    LedgerKind.FORFEIT: lazy_gettext("Deposit lost"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a ledger."""

    at: datetime
    what: str
    amount: Money
    transaction: str


@dataclass(frozen=True, slots=True)
class Account:
    """One order: what came, what went back, what the shop keeps.

    `difference` is what that differs from the goods that stay and from the provider's statement.
    """

    number: int | None
    code: str
    name: str
    state: tuple[str, str]
    goods: tuple[str, ...]
    entries: tuple[Entry, ...]
    captured: Money
    refunded: Money
    kept: Money
    difference: Money


def accounts(report: Mapping[str, Any]) -> list[Account]:
    """In the order they were placed."""
    return [_account(order, report["currency"]) for order in report["orders"]]


def difference(all_of_them: list[Account], currency: str) -> Money:
    """All that does not agree; nothing when every cent is explained."""
    return Money.total((account.difference for account in all_of_them), currency)


def _account(order: Mapping[str, Any], currency: str) -> Account:
    words, tone = HEADLINES[Headline(order["headline"])]
    apart = abs(order["beside_goods"]) + abs(order["beside_provider"])
    return Account(
        number=order["number"],
        code=order["code"],
        name=order["name"],
        state=(str(words), tone),
        goods=tuple(_goods(line) for line in order["lines"]),
        entries=tuple(_entry(row, currency) for row in order["ledger"]),
        captured=Money(order["captured"], currency),
        refunded=Money(order["refunded"], currency),
        kept=Money(order["kept"], currency),
        difference=Money(apart, currency),
    )


def _goods(line: Mapping[str, Any]) -> str:
    left = line["quantity"] - line["cancelled"]
    units = f"{left} / {line['quantity']}" if line["cancelled"] else str(left)
    return " ".join(filter(None, (line["sku"], option_label(line["options"]), "×", units)))


def _entry(row: Mapping[str, Any], currency: str) -> Entry:
    return Entry(
        at=datetime.fromisoformat(row["at"]),
        what=str(KINDS[LedgerKind(row["kind"])]),
        amount=Money(row["amount"], currency),
        transaction=row["transaction"],
    )
