"""Orders paid through the real provider process: once and in full, whatever its callbacks do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.orders import queries
from app.orders.commands import cancel, pay
from app.orders.models import LedgerEntry, Order
from app.payments.commands import attempts
from app.payments.models import Payment, PaymentState, Refund
from app.platform import clock as system_clock
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.inbox.models import InboundEvent
from app.platform.outbox.commands import drain
from app.platform.transaction import transaction
from tests.cast import House, house, piece, placed
from tests.conftest import visitor
from tests.servers.sandbox import KEY, MERCHANT, SECRET, Door, SandboxServer

TOTAL = 129200


@pytest.fixture
def shop(make_app: Callable[..., Flask], app: Flask, sandbox: SandboxServer, door: Door):
    """The shop on this provider, in real time; tests hand on the callbacks that come to `door`."""
    made = make_app(
        sandbox_url=sandbox.url, sandbox_key=KEY, sandbox_secret=SECRET, sandbox_merchant=MERCHANT,
        public_url=door.url.removesuffix("/hooks/payments/sandbox"),
    )  # fmt: skip
    with made.app_context():
        yield made


@pytest.fixture
def now() -> datetime:
    return system_clock.now()


def begun(owner: House, now: datetime) -> tuple[int, str]:
    """An order whose payment was opened: (order, the provider's name for the payment)."""
    order_id = placed(owner, [piece(owner, now)], now)
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    assert attempts.start(payment_id, description="x", return_path="/o/x", locale="en")
    return order_id, str(db.session.get_one(Payment, payment_id).provider_reference)


def hand_on(shop: Flask, door: Door, count: int) -> list[int]:
    """Give the shop what came to the door, in the order it came."""
    shop.config["TRUSTED_HOSTS"] = None
    client = visitor(shop)
    answers = []
    for callback in door.wait_for(count):
        headers = {k: v for k, v in callback.headers.items() if k.lower() != "host"}
        answer = client.post("/hooks/payments/sandbox", data=callback.body, headers=headers)
        answers.append(answer.status_code)
    while drain():
        pass
    return answers


def standing(order_id: int) -> tuple[str, list[int]]:
    rows = select(LedgerEntry.amount).where(LedgerEntry.order_id == order_id)
    return queries.for_mail(order_id).order.headline, list(db.session.scalars(rows))


def test_a_callback_pays_the_order(shop, sandbox, door, now):
    order_id, reference = begun(house(now), now)

    sandbox.act("payments", reference, "pay")
    answers = hand_on(shop, door, 1)

    assert set(answers) == {200} or set(answers) == {204}
    assert standing(order_id) == ("to_ship", [TOTAL])


def test_callbacks_sent_five_times_pay_once(shop, sandbox, door, now):
    sandbox.switch(duplicate=4)
    order_id, reference = begun(house(now), now)

    sandbox.act("payments", reference, "pay")
    hand_on(shop, door, 5)

    assert standing(order_id) == ("to_ship", [TOTAL])
    assert db.session.scalar(select(func.count()).select_from(InboundEvent)) == 1


def test_when_every_callback_is_lost_the_poller_finds_out(shop, sandbox, now):
    sandbox.switch(drop="all")
    order_id, reference = begun(house(now), now)
    sandbox.act("payments", reference, "pay")

    pay.ask_about(order_id)

    assert standing(order_id) == ("to_ship", [TOTAL])


@pytest.mark.parametrize("lie", ["signature", "merchant_account", "timestamp"])
def test_a_falsified_callback_is_refused_and_pays_nothing(shop, sandbox, door, now, lie):
    sandbox.switch(falsify=lie)
    order_id, reference = begun(house(now), now)

    sandbox.act("payments", reference, "pay")
    hand_on(shop, door, 1)

    assert standing(order_id)[0] == "awaiting_payment"
    assert db.session.scalars(select(InboundEvent.state)).first() in {"rejected", "failed"}


def test_an_unpaid_order_closes_only_after_the_provider_said_so(shop, sandbox, now):
    order_id, reference = begun(house(now), now)
    sandbox.act("payments", reference, "pay")
    _let_time_pass(order_id)

    assert pay.close_if_unpaid(order_id) is False
    assert standing(order_id) == ("to_ship", [TOTAL])


def test_a_payment_opened_by_a_process_that_died_is_closed_where_it_was_opened(shop, sandbox, now):
    order_id, reference = begun(house(now), now)
    _let_time_pass(order_id)
    with transaction():
        forgotten = {"state": PaymentState.CREATED, "provider_reference": None, "pay_url": None}
        db.session.execute(update(Payment).values(forgotten))

    assert pay.close_if_unpaid(order_id) is True

    assert standing(order_id) == ("cancelled", [])
    assert sandbox.call("GET", f"/v1/payments/{reference}")["status"] == "cancelled"


def test_an_order_stays_open_while_its_provider_is_silent(shop, sandbox, now):
    order_id, _reference = begun(house(now), now)
    _let_time_pass(order_id)
    sandbox.switch(api_down=True)

    assert pay.close_if_unpaid(order_id) is False
    assert standing(order_id)[0] == "awaiting_payment"
    sandbox.switch(api_down=False)

    assert pay.close_if_unpaid(order_id) is True
    assert standing(order_id)[0] == "cancelled"


def test_starting_again_after_a_lost_answer_opens_one_payment(shop, sandbox, now):
    owner = house(now)
    order_id = placed(owner, [piece(owner, now)], now)
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    sandbox.switch(api_error=1)
    first = attempts.start(payment_id, description="x", return_path="/o/x", locale="en")
    sandbox.switch(api_error=0)

    second = attempts.start(payment_id, description="x", return_path="/o/x", locale="en")

    assert first is None
    assert second is not None
    reference = db.session.get_one(Payment, payment_id).reference
    answer = sandbox.call("GET", "/v1/payments", params={"merchant_reference": reference})
    assert len(answer["data"]) == 1


def test_a_refund_reaches_the_provider_once_and_the_books_agree(shop, sandbox, door, now):
    owner = house(now)
    order_id, reference = begun(owner, now)
    sandbox.act("payments", reference, "pay")
    pay.ask_about(order_id)
    lines = queries.for_mail(order_id).lines
    request = cancel.RefundRequest(cancel={lines[0].id: 1}, shipping=1200)
    cancel.refund(order_id, request, actor=owner.staff(), idempotency_key="once", now=now)

    refund_id = db.session.scalars(select(Refund.id)).one()
    for _ in range(3):
        pay.send_refund(refund_id)
    sandbox.wait_until_quiet()
    pay.send_refund(refund_id)

    assert standing(order_id) == ("refunded", [TOTAL, -TOTAL])
    statement = sandbox.call("GET", "/v1/statement", params={"from": 0, "to": 4102444800})
    movements = [(line["kind"], line["amount"]) for line in statement["data"]]
    assert sorted(movements) == [("capture", TOTAL), ("refund", TOTAL)]


def _let_time_pass(order_id: int) -> None:
    with transaction():
        db.session.execute(
            update(Order)
            .where(Order.id == order_id)
            .values(pay_until=system_clock.now() - timedelta(seconds=1))
        )
