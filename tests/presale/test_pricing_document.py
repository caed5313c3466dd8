"""What docs/pricing.md says of presales is true: its worked tables are run here."""

from __future__ import annotations

from datetime import timedelta

from app.orders.commands.cancel import unit_amount
from app.orders.models import OrderLine
from app.orders.rules import open_balance
from app.presale.models import Campaign, CampaignSku, DepositKind, PaymentMode
from app.presale.rules.money import is_lawful, terms_at
from tests.conftest import MONDAY
from tests.orders.test_pricing_document import examples, yuan

SUBJECT = "campaign:1"


def minor(text: str) -> int | None:
    return None if text == "none" else yuan(text).minor


def terms(row):
    sku = CampaignSku(
        price=minor(row["price"]),
        deposit=minor(row["deposit"]),
        counts_for=minor(row["counts for"]),
        counts_for_later=minor(row.get("later for", "none")),
    )
    mode = PaymentMode.FULL if sku.deposit is None else PaymentMode.DEPOSIT
    change = row.get("seconds to the change")
    changes_at = MONDAY + timedelta(seconds=int(change)) if change else None
    return terms_at(Campaign(payment_mode=mode, counts_change_at=changes_at), sku, MONDAY)


@examples("Worked: a deposit and what it counts for")
def test_worked_deposits(row):
    one, units = terms(row), int(row["units"])

    assert one.now * units == minor(row["expected now"])
    assert one.balance * units == minor(row["expected balance"])
    assert one.final_price * units == minor(row["expected final price"])
    assert is_lawful(DepositKind.EARNEST, one) == (row["expected 定金"] == "lawful")


@examples("Worked: two windows of one deposit")
def test_worked_windows(row):
    one = terms(row)

    assert one.balance == minor(row["expected balance"])
    assert one.final_price == minor(row["expected final price"])


@examples("Worked: units taken off a line with a balance")
def test_worked_units_with_a_balance(row):
    balance, units = yuan(row["balance"]).minor, int(row["units"])
    line = OrderLine(
        total=yuan(row["at once"]).minor + balance,
        balance=balance,
        balance_paid=balance if row["paid"] == "yes" else 0,
        quantity=int(row["quantity"]),
        cancelled=int(row["before"]),
        subject=SUBJECT,
    )

    back = unit_amount(line, units)
    line.cancelled += units

    assert back == minor(row["expected paid back"])
    assert max(open_balance([line], SUBJECT), 0) == minor(row["expected still asked"])
