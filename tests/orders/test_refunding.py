"""Money in question, money that came twice under one name, and money a provider would not take
back: each goes back whole, and pays for nothing else.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.orders import queries
from app.orders.commands import cancel, pay, question
from app.orders.commands.cancel import RefundRequest
from app.orders.commands.refund_again import send_again
from app.orders.commands.settle import settle, settle_refund
from app.orders.errors import RefundAboveLimit
from app.payments.gateways.base import RefundReport
from app.payments.gateways.base import RefundState as Reported
from app.payments.models import Payment, Refund
from app.platform.actor import GUEST
from app.platform.db import db
from tests.cast import House, captured, house, piece, placed
from tests.conftest import StoppedClock

pytestmark = pytest.mark.usefixtures("app")
TOTAL, MORE, PART = 129200, 129700, 100


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def owner(now: datetime) -> House:
    return house(now)


@pytest.fixture
def order_id(owner: House, now: datetime) -> int:
    return placed(owner, [piece(owner, now)], now)


def attempt(order_id: int, now: datetime, gateway: str = "sandbox") -> str:
    payment_id = pay.open_attempt(order_id, gateway, actor=GUEST, now=now)
    return db.session.get_one(Payment, payment_id).reference


def paid_back_in_part(order_id: int, owner: House, now: datetime) -> None:
    line = queries.for_mail(order_id).lines[0].id
    part = RefundRequest(line_amounts={line: PART})
    cancel.refund(order_id, part, actor=owner.staff(), idempotency_key="part", now=now)


def going_back(order_id: int) -> dict[str, int]:
    """What goes back out of each way to pay."""
    rows = db.session.execute(
        select(Payment.gateway, Refund.amount)
        .join(Payment, Payment.id == Refund.payment_id)
        .where(Refund.subject == order_id, Refund.state != "failed")
        .order_by(Refund.id)
    )
    found: dict[str, int] = {}
    for gateway, amount in rows:
        found[gateway] = found.get(gateway, 0) + amount
    return found


def refused(refund: Refund, now: datetime) -> RefundReport:
    return RefundReport(
        gateway="sandbox", refund_reference=refund.reference, provider_reference=None,
        payment_reference=None, transaction_id=None, state=Reported.FAILED,
        amount_minor=refund.amount, currency="CNY", merchant_account="vitrine-test", at=now,
    )  # fmt: skip


def test_a_refund_leaves_money_in_question_whole(now, owner, order_id):
    first, second = attempt(order_id, now), attempt(order_id, now, "bank_transfer")
    settle(captured(first, MORE, now), now=now)
    settle(captured(second, TOTAL, now, gateway="bank_transfer"), now=now)

    paid_back_in_part(order_id, owner, now)
    question.return_questioned(order_id, actor=owner.staff(), now=now)

    assert going_back(order_id) == {"sandbox": MORE, "bank_transfer": PART}


def test_a_refund_leaves_what_is_to_be_sent_again(now, owner, order_id):
    first, second = attempt(order_id, now), attempt(order_id, now, "bank_transfer")
    settle(captured(second, TOTAL, now, gateway="bank_transfer"), now=now)
    settle(captured(first, TOTAL, now), now=now)
    duplicate = db.session.scalars(select(Refund)).one()
    settle_refund(refused(duplicate, now), now=now)

    paid_back_in_part(order_id, owner, now)
    send_again(duplicate.id, actor=owner.staff(), now=now)

    assert going_back(order_id) == {"sandbox": TOTAL, "bank_transfer": PART}


def test_what_a_provider_refused_is_decided_once(now, owner, order_id):
    settle(captured(attempt(order_id, now), TOTAL, now), now=now)
    line = queries.for_mail(order_id).lines[0].id
    everything = RefundRequest(cancel={line: 1}, shipping=1200)
    cancel.refund(order_id, everything, actor=owner.staff(), idempotency_key="all", now=now)
    settle_refund(refused(db.session.scalars(select(Refund)).one(), now), now=now)

    with pytest.raises(RefundAboveLimit):
        paid_back_in_part(order_id, owner, now)


@pytest.mark.parametrize("amount", [TOTAL, 1])
def test_what_comes_twice_under_one_name_goes_back_and_the_first_stays(
    now, owner, order_id, amount
):
    reference = attempt(order_id, now)
    settle(captured(reference, TOTAL, now), now=now)

    for _ in range(2):
        settle(captured(reference, amount, now, transaction_id="again"), now=now)

    assert going_back(order_id) == {"sandbox": amount}
    assert queries.for_mail(order_id).order.attention is None
    line = queries.for_mail(order_id).lines[0].id
    everything = RefundRequest(cancel={line: 1}, shipping=1200)
    cancel.refund(order_id, everything, actor=owner.staff(), idempotency_key="all", now=now)
    assert going_back(order_id) == {"sandbox": TOTAL + amount}


def test_what_comes_after_a_wrong_amount_under_one_name_is_decided_with_it(now, owner, order_id):
    reference = attempt(order_id, now)
    settle(captured(reference, PART, now), now=now)
    settle(captured(reference, TOTAL, now, transaction_id="again"), now=now)
    assert queries.for_mail(order_id).order.headline == "awaiting_payment"

    question.return_questioned(order_id, actor=owner.staff(), now=now)

    assert going_back(order_id) == {"sandbox": TOTAL + PART}
    assert queries.for_mail(order_id).order.attention is None


def test_another_currency_goes_back_as_it_came(now, owner, order_id):
    settle(captured(attempt(order_id, now), TOTAL, now, currency="JPY"), now=now)

    question.return_questioned(order_id, actor=owner.staff(), now=now)

    assert db.session.scalars(select(Refund.currency)).all() == ["JPY"]
