"""Who deletes an account is in none of their orders any more, whichever way these came about."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.customers.commands import erase
from app.notifications.models import Message
from app.orders import queries
from app.orders.commands import cancel, fulfil, pay, question
from app.orders.commands.cancel import RefundRequest
from app.orders.commands.settle import settle
from app.orders.errors import NotNow
from app.orders.models import Order, OrderEvent, OrderRefund
from app.payments.commands.proofs import keep_proof
from app.payments.models import Payment, PaymentProof, Refund
from app.platform.actor import GUEST, SYSTEM, Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.outbox.commands import drain
from tests.cast import House, captured, house, piece, placed
from tests.conftest import StoppedClock
from tests.customers.people import open_account

ADA, TOTAL = "ada@example.org", 129200


@pytest.fixture
def now(app: Flask, clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def owner(now: datetime) -> House:
    return house(now)


@pytest.fixture
def ada(now: datetime) -> Actor:
    return Actor("customer", open_account(ADA, now))


def order(order_id: int) -> Order:
    db.session.rollback()
    return db.session.get_one(Order, order_id, populate_existing=True)


def attempt(order_id: int, now: datetime, gateway: str = "sandbox") -> str:
    payment_id = pay.open_attempt(order_id, gateway, actor=GUEST, now=now)
    return db.session.get_one(Payment, payment_id).reference


def cancelled(owner: House, now: datetime) -> int:
    order_id = placed(owner, [piece(owner, now)], now)
    cancel.cancel_unpaid(order_id, actor=SYSTEM, cause="buyer", now=now)
    return order_id


def sent_proof(order_id: int, now: datetime, path: str) -> None:
    payment_id = pay.open_attempt(order_id, "bank_transfer", actor=GUEST, now=now)
    keep_proof(payment_id, path, note="from Ada", now=now)


def test_what_was_bought_as_a_guest_is_theirs_too(now, owner, ada):
    order_id = cancelled(owner, now)

    erase(actor=ada, now=now)

    left = order(order_id)
    assert (left.name, left.phone, left.address) == ("", "", None)
    assert left.email == f"erased-{ada.id}"


def test_pictures_of_transfers_go_unless_somebody_else_sent_the_same(now, owner, ada):
    folder = settings().data_dir / "proofs"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("own.jpg", "shared.jpg"):
        (folder / name).write_bytes(b"a picture")
    mine = placed(owner, [piece(owner, now)], now)
    other = placed(owner, [piece(owner, now)], now, email="ben@example.org")
    sent_proof(mine, now, "proofs/own.jpg")
    sent_proof(mine, now, "proofs/shared.jpg")
    sent_proof(other, now, "proofs/shared.jpg")

    erase(actor=ada, now=now)

    assert db.session.scalars(select(PaymentProof.path)).all() == ["proofs/shared.jpg"]
    assert [(folder / name).exists() for name in ("own.jpg", "shared.jpg")] == [False, True]


def test_what_was_written_to_or_about_them_goes(now, owner, ada):
    order_id = placed(owner, [piece(owner, now)], now)
    settle(captured(attempt(order_id, now), TOTAL, now), now=now)
    fulfil.tell_buyer(order_id, "Dear Ada, soon.", actor=owner.staff(), now=now)
    line = queries.for_mail(order_id).lines[0].id
    everything = RefundRequest(cancel={line: 1}, shipping=1200, note="Ada was ill")
    cancel.refund(order_id, everything, actor=owner.staff(), idempotency_key="all", now=now)

    erase(actor=ada, now=now)

    db.session.rollback()
    facts = db.session.scalars(select(OrderEvent.facts)).all()
    assert "Ada" not in str(facts)
    assert {fact["amount"] for fact in facts if "amount" in fact} == {TOTAL}
    assert db.session.scalars(select(OrderRefund.note)).all() == [""]


@pytest.mark.parametrize("is_closed", [True, False])
def test_money_that_comes_after_goes_back(now, owner, ada, is_closed):
    order_id = placed(owner, [piece(owner, now)], now)
    reference = attempt(order_id, now)
    if is_closed:
        cancel.cancel_unpaid(order_id, actor=SYSTEM, cause="buyer", now=now)
    erase(actor=ada, now=now)

    settle(captured(reference, TOTAL, now), now=now)
    while drain():
        pass

    assert order(order_id).paid_at is None
    assert db.session.scalars(select(Refund.amount)).all() == [TOTAL]
    written = select(Message.recipient).where(Message.kind == "orders.payment_returned")
    assert db.session.scalars(written).all() == []


def test_a_wrong_amount_that_comes_after_is_not_taken_as_enough(now, owner, ada):
    order_id = placed(owner, [piece(owner, now)], now)
    reference = attempt(order_id, now)
    erase(actor=ada, now=now)
    settle(captured(reference, 1, now), now=now)

    with pytest.raises(NotNow):
        question.accept_questioned(order_id, actor=owner.staff(), now=now)
    question.return_questioned(order_id, actor=owner.staff(), now=now)


def test_its_number_alone_does_not_open_it(now, owner, ada):
    order_id = cancelled(owner, now)
    erase(actor=ada, now=now)

    assert queries.by_code_and_phone(order(order_id).code, "") is None
