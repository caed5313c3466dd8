"""Pay back from the counter: by quantity, amount and delivery, once, and never above what came."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.catalog.models import Stock
from app.orders.commands import pay
from app.orders.commands.question import confirm_transfer
from app.orders.commands.settle import settle_refund
from app.orders.models import LedgerEntry, LedgerKind, Order, OrderRefund
from app.payments.gateways.base import RefundReport
from app.payments.gateways.base import RefundState as Reported
from app.payments.models import Refund
from app.platform.actor import GUEST
from app.platform.db import db
from app.shop.models import Role
from tests import cast
from tests.admin.counter import clerk, contents, lines_of, paid_order

pytestmark = pytest.mark.usefixtures("app")
PRICE, FEE = 10001, 1200


@pytest.fixture
def now(clock):
    return clock.now


@pytest.fixture
def sold(app, now):
    """Three units at ¥100.01 and ¥12 of delivery, paid; the owner of the house."""
    owner = cast.house(now)
    order_id = paid_order(owner, now, units=3, price=PRICE, fee=FEE)
    return clerk(app, owner.merchant_id, "cleo"), order_id, lines_of(order_id)[0].id


def decided() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(OrderRefund.amount).order_by(OrderRefund.id)))


def intended() -> int:
    db.session.rollback()
    return sum(db.session.scalars(select(Refund.amount)))


def ended(refund: Refund, state: Reported, now) -> RefundReport:
    return RefundReport(
        gateway="sandbox",
        refund_reference=refund.reference,
        provider_reference=f"re_{refund.reference}",
        payment_reference=None,
        transaction_id=f"txn_{refund.reference}",
        state=state,
        amount_minor=refund.amount,
        currency="CNY",
        merchant_account="vitrine-test",
        at=now,
    )


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ({"cancel": "1"}, PRICE),
        ({"cancel": "3"}, 3 * PRICE),
        ({"amount": "12.5"}, 1250),
        ({"amount": "¥1,0"}, None),
        ({"cancel": "2", "amount": "100.01"}, 3 * PRICE),
        ({"shipping": "12"}, FEE),
        ({"cancel": "1", "amount": "0.01", "shipping": "0.5"}, PRICE + 51),
    ],
)
def test_what_is_typed_is_what_is_paid_back(sold, typed, amount):
    who, order_id, line = sold
    names = {"cancel": f"cancel-{line}", "amount": f"amount-{line}", "shipping": "shipping"}
    form = {names[name]: value for name, value in typed.items()}

    response = who.post(f"/admin/orders/{order_id}/refunds", form)

    assert response.status_code == (422 if amount is None else 303)
    assert decided() == ([] if amount is None else [amount])
    assert intended() == (amount or 0)


def test_the_sum_follows_the_form_and_decides_nothing(sold):
    who, order_id, line = sold
    before = contents()

    for typed, shown in (({}, "¥0"), ({f"cancel-{line}": "1", "shipping": "2"}, "¥102.01")):
        response = who.post(f"/admin/orders/{order_id}/refunds/sum", typed, htmx=True)
        assert shown in response.get_data(as_text=True)
        assert "¥312.03" in response.get_data(as_text=True)

    assert contents() == before


def test_all_of_it_can_be_filled_in_and_then_nothing_is_left(sold):
    who, order_id, line = sold
    text = who.read(f"/admin/orders/{order_id}/refunds/new?all=1")
    assert f'id="cancel-{line}" name="cancel-{line}" value="3"' in text
    assert 'value="12.00"' in text

    form = {f"cancel-{line}": "3", "shipping": "12.00"}
    assert who.post(f"/admin/orders/{order_id}/refunds", form).status_code == 303

    assert decided() == [3 * PRICE + FEE]
    assert who.get(f"/admin/orders/{order_id}/refunds/new").status_code == 409
    assert "/refunds/new" not in who.read(f"/admin/orders/{order_id}")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"cancel": "4"}, "A whole number up to 3."),
        ({"cancel": "-1"}, "A whole number up to 3."),
        ({"amount": "300.04"}, "At most ¥300.03."),
        ({"cancel": "3", "amount": "0.01"}, "At most ¥0."),
        ({"amount": "twelve"}, "Please enter an amount such as 12.50."),
        ({"amount": "1.001"}, "Please enter an amount such as 12.50."),
        ({"amount": "-5"}, "Please enter an amount such as 12.50."),
        ({"amount": "9" * 60}, "Please enter an amount such as 12.50."),
        ({"shipping": "12.01"}, "At most ¥12."),
        ({"note": "x" * 301, "cancel": "1"}, "Please write up to 300 characters."),
        ({}, "Choose what is paid back."),
    ],
)
def test_what_cannot_be_paid_back_says_why_and_changes_nothing(sold, typed, said):
    who, order_id, line = sold
    names = {"cancel": f"cancel-{line}", "amount": f"amount-{line}"}
    form = {names.get(name, name): value for name, value in typed.items()}
    before = contents()

    response = who.post(f"/admin/orders/{order_id}/refunds", form)

    assert response.status_code == 422
    assert said in response.get_data(as_text=True)
    assert contents() == before


def test_a_form_sent_twice_pays_back_once(sold):
    who, order_id, line = sold
    form = {"key": who.key_of(f"/admin/orders/{order_id}/refunds/new"), f"cancel-{line}": "1"}

    answers = [who.post(f"/admin/orders/{order_id}/refunds", form).status_code for _ in range(3)]

    assert answers == [303, 303, 303]
    assert decided() == [PRICE]


def test_a_form_sent_again_after_everything_was_paid_back_still_says_so(sold):
    who, order_id, line = sold
    form = {
        "key": who.key_of(f"/admin/orders/{order_id}/refunds/new"),
        f"cancel-{line}": "3",
        "shipping": "12",
    }

    answers = [who.post(f"/admin/orders/{order_id}/refunds", form).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert decided() == [3 * PRICE + FEE]


def test_twenty_clicks_at_once_pay_back_once(sold):
    who, order_id, line = sold
    form = {
        "key": who.key_of(f"/admin/orders/{order_id}/refunds/new"),
        f"cancel-{line}": "1",
    }

    answers = who.all_at_once(f"/admin/orders/{order_id}/refunds", [form] * 20)

    assert answers == [303] * 20
    assert decided() == [PRICE]
    assert intended() == PRICE
    assert lines_of(order_id)[0].cancelled == 1


def test_twenty_people_at_once_never_pay_back_more_than_came(sold):
    who, order_id, line = sold
    forms = [{"key": f"somebody-else-{n:04d}", f"amount-{line}": "100"} for n in range(20)]

    answers = who.all_at_once(f"/admin/orders/{order_id}/refunds", forms)

    assert answers == [303] * 3 + [422] * 17
    assert decided() == [10000] * 3
    assert intended() == 30000


def test_what_is_taken_off_goes_back_to_stock_unless_told_otherwise(sold):
    who, order_id, line = sold
    variant = lines_of(order_id)[0].variant_id

    for restock, on_hand in (({"restock": "1"}, 1), ({}, 1)):
        who.post(f"/admin/orders/{order_id}/refunds", {f"cancel-{line}": "1", **restock})
        db.session.rollback()
        assert (
            db.session.scalar(select(Stock.on_hand).where(Stock.variant_id == variant)) == on_hand
        )


def test_an_unpaid_order_has_nothing_to_pay_back(app, now):
    owner = cast.house(now)
    order_id = cast.placed(owner, [cast.piece(owner, now)], now)
    who = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    assert who.get(f"/admin/orders/{order_id}/refunds/new").status_code == 409
    response = who.post(
        f"/admin/orders/{order_id}/refunds", {f"amount-{lines_of(order_id)[0].id}": "1"}
    )

    assert response.status_code in {409, 422}
    assert contents() == before


def test_somebody_who_may_not_pay_back_sees_no_way_to(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)

    text = clerk(app, owner.merchant_id, "dora", Role.FULFILMENT).read(f"/admin/orders/{order_id}")

    assert "/refunds" not in text


def by_transfer(owner: cast.House, now) -> int:
    """An order paid by bank transfer."""
    order_id = cast.placed(owner, [cast.piece(owner, now)], now, price=PRICE, fee=0)
    payment_id = pay.open_attempt(order_id, "bank_transfer", actor=GUEST, now=now)
    confirm_transfer(
        payment_id, amount=PRICE, transaction_id="BANK-1", actor=owner.staff(), now=now
    )
    return order_id


def test_a_refund_by_transfer_is_seen_through_by_a_person(app, now):
    owner = cast.house(now)
    order_id = by_transfer(owner, now)
    who = clerk(app, owner.merchant_id, "cleo")
    line = lines_of(order_id)[0].id
    who.post(f"/admin/orders/{order_id}/refunds", {f"cancel-{line}": "1"})
    refund = db.session.scalars(select(Refund)).one()
    pay.send_refund(refund.id)
    address = f"/admin/refunds/{refund.id}/confirmation"
    assert refund.reference in who.read(address)
    assert "Confirm the refund" in who.read(f"/admin/orders/{order_id}")

    empty = who.post(address, {"transaction": " "})
    answers = [who.post(address, {"transaction": "BACK-1"}).status_code for _ in range(2)]

    assert empty.status_code == 422
    assert answers == [303, 303]
    booked = select(func.count(), func.sum(LedgerEntry.amount)).where(
        LedgerEntry.kind == LedgerKind.REFUND
    )
    assert db.session.execute(booked).one() == (1, -PRICE)
    assert db.session.scalar(select(Order.headline).where(Order.id == order_id)) == "refunded"


def test_one_transfer_sends_one_refund_back(app, now):
    owner = cast.house(now)
    order_id = by_transfer(owner, now)
    who = clerk(app, owner.merchant_id, "cleo")
    line = lines_of(order_id)[0].id
    for _ in range(2):
        who.post(f"/admin/orders/{order_id}/refunds", {f"amount-{line}": "1"})
    first, second = db.session.scalars(select(Refund.id).order_by(Refund.id)).all()

    answers = [
        who.post(f"/admin/refunds/{refund_id}/confirmation", {"transaction": "BACK-1"})
        for refund_id in (first, second)
    ]

    assert [answer.status_code for answer in answers] == [303, 422]
    assert "was booked before" in answers[1].text
    db.session.rollback()
    assert db.session.get_one(Refund, second).state == "intended"


def test_what_a_provider_sends_back_is_not_confirmed_by_hand(sold, now):
    who, order_id, line = sold
    who.post(f"/admin/orders/{order_id}/refunds", {f"amount-{line}": "50"})
    refund_id = db.session.scalars(select(Refund.id)).one()

    answer = who.post(f"/admin/refunds/{refund_id}/confirmation", {"transaction": "BACK-1"})

    assert answer.status_code == 409
    db.session.rollback()
    assert db.session.get_one(Refund, refund_id).state == "intended"


def test_a_refund_that_was_refused_is_sent_again_once_and_completes(sold, now):
    who, order_id, line = sold
    who.post(f"/admin/orders/{order_id}/refunds", {f"amount-{line}": "50"})
    first = db.session.scalars(select(Refund)).one()
    settle_refund(ended(first, Reported.FAILED, now), now=now)
    assert "Send it again" in who.read(f"/admin/orders/{order_id}")

    answers = [who.post(f"/admin/refunds/{first.id}/repetition").status_code for _ in range(2)]

    assert answers == [303, 409]
    db.session.rollback()
    second = db.session.scalars(select(Refund).where(Refund.id != first.id)).one()
    settle_refund(ended(second, Reported.SUCCEEDED, now), now=now)
    decision = db.session.scalars(select(OrderRefund)).one()
    assert decision.completed_at == now
    assert db.session.scalar(select(Order.attention).where(Order.id == order_id)) is None
    assert "Send it again" not in who.read(f"/admin/orders/{order_id}")
