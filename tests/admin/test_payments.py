"""Money that needs a person: transfers to confirm, amounts in question, proofs to look at."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from app.orders.commands import proof
from app.orders.models import LedgerEntry, Order
from app.payments.models import Payment, PaymentProof, Refund
from app.platform.db import db
from tests import cast
from tests.admin.counter import attempt, clerk, contents, settle_in_full

pytestmark = pytest.mark.usefixtures("app")
TOTAL = "1292"


@pytest.fixture
def now(clock):
    return clock.now


@pytest.fixture
def desk(app, now):
    """The owner of the house."""
    owner = cast.house(now)
    return owner, clerk(app, owner.merchant_id, "cleo")


def transfer(owner: cast.House, now) -> Payment:
    """An order that its buyer means to pay by transfer."""
    return attempt(cast.placed(owner, [cast.piece(owner, now)], now), now, "bank_transfer")


def standing(order_id: int) -> tuple[str, str | None]:
    db.session.rollback()
    row = db.session.execute(
        select(Order.headline, Order.attention).where(Order.id == order_id)
    ).one()
    return row.headline, row.attention


def booked() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(LedgerEntry.amount).order_by(LedgerEntry.id)))


def test_a_transfer_that_arrived_pays_the_order_once(desk, now):
    owner, who = desk
    payment = transfer(owner, now)
    address = f"/admin/payments/{payment.id}/confirmation"
    assert payment.reference in who.read("/admin/payments")
    assert payment.reference in who.read(address)

    typed = {"amount": TOTAL, "transaction": "BANK-77"}
    answers = [who.post(address, typed).headers.get("Location") for _ in range(3)]

    assert answers == [f"/admin/orders/{payment.subject}"] * 3
    assert booked() == [129200]
    assert standing(payment.subject) == ("to_ship", None)
    assert payment.reference not in who.read("/admin/payments")


def test_twenty_clicks_at_once_book_one_transfer(desk, now):
    owner, who = desk
    payment = transfer(owner, now)

    typed = {"amount": TOTAL, "transaction": "BANK-77"}
    who.all_at_once(f"/admin/payments/{payment.id}/confirmation", [typed] * 20)

    assert booked() == [129200]
    assert db.session.scalar(select(func.count()).select_from(Refund)) == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"amount": "", "transaction": "B"}, "Please enter an amount"),
        ({"amount": "0", "transaction": "B"}, "Please enter what arrived."),
        ({"amount": "12,9", "transaction": "B"}, "Please enter an amount"),
        ({"amount": "1" * 30, "transaction": "B"}, "Please enter an amount"),
        ({"amount": TOTAL, "transaction": ""}, "own number of this line"),
        ({"amount": TOTAL, "transaction": "x" * 65}, "own number of this line"),
    ],
)
def test_a_slip_of_the_pen_is_said_beside_the_field(desk, now, typed, said):
    owner, who = desk
    payment = transfer(owner, now)
    before = contents()

    response = who.post(f"/admin/payments/{payment.id}/confirmation", typed)

    text = response.get_data(as_text=True)
    assert response.status_code == 422
    assert said in text
    assert all(f'value="{value}"' in text for value in typed.values() if value)
    assert contents() == before


def test_a_line_of_the_bank_is_booked_for_one_order_only(desk, now):
    owner, who = desk
    first, second = transfer(owner, now), transfer(owner, now)
    typed = {"amount": TOTAL, "transaction": "BANK-77"}
    who.post(f"/admin/payments/{first.id}/confirmation", typed)
    before = contents()

    response = who.post(f"/admin/payments/{second.id}/confirmation", typed)

    assert response.status_code == 422
    assert b"booked before" in response.data
    assert contents() == before


@pytest.mark.parametrize("path", ["acceptance", "return"])
def test_another_amount_waits_for_a_decision_which_is_taken_once(desk, now, path):
    owner, who = desk
    payment = transfer(owner, now)
    typed = {"amount": "1290", "transaction": "BANK-77"}
    who.post(f"/admin/payments/{payment.id}/confirmation", typed)
    order_id = payment.subject
    assert standing(order_id) == ("awaiting_payment", "wrong_amount")
    assert "¥1,292 was asked for and ¥1,290 came." in who.read(f"/admin/orders/{order_id}")

    address = f"/admin/orders/{order_id}/questioned/{path}"
    asked = who.read(address)
    assert standing(order_id) == ("awaiting_payment", "wrong_amount")
    assert "¥1,292.00" in asked
    assert ("Take ¥1,290.00 as enough" in asked) == (path == "acceptance")
    assert ("Send ¥1,290.00 back" in asked) == (path == "return")
    answers = [who.post(address).status_code for _ in range(2)]

    assert answers == [303, 409]
    expected = "to_ship" if path == "acceptance" else "awaiting_payment"
    assert standing(order_id) == (expected, None)
    assert who.get(address).headers["Location"] == f"/admin/orders/{order_id}"
    amounts = db.session.scalars(select(Refund.amount)).all()
    assert amounts == ([] if path == "acceptance" else [129000])


def test_the_house_confirms_transfers_of_every_merchants_orders(app, desk, now):
    _owner, who = desk
    other = cast.house(now, "north", is_house=False)
    payment = transfer(other, now)
    text = who.read("/admin/payments")
    assert "of another merchant" in text
    assert f'"/admin/orders/{payment.subject}"' not in text

    typed = {"amount": TOTAL, "transaction": "BANK-78"}
    response = who.post(f"/admin/payments/{payment.id}/confirmation", typed)

    assert response.headers["Location"] == "/admin/payments"
    assert standing(payment.subject) == ("to_ship", None)
    assert who.get(f"/admin/orders/{payment.subject}").status_code == 404


def test_the_house_decides_about_every_merchants_money_in_question(app, desk, now):
    _owner, who = desk
    other = cast.house(now, "north", is_house=False)
    order_id = cast.placed(other, [cast.piece(other, now)], now)
    settle_in_full(order_id, now, amount=5)

    answers = [
        who.post(f"/admin/orders/{order_id}/questioned/return").status_code for _ in range(2)
    ]

    assert answers == [303, 409]
    assert standing(order_id) == ("awaiting_payment", None)


def test_the_picture_of_a_transfer_is_shown_to_those_who_confirm_it_and_to_nobody_else(
    app, desk, now
):
    owner, who = desk
    payment = transfer(owner, now)
    file = BytesIO()
    Image.new("RGB", (40, 60), "white").save(file, "PNG")
    file.seek(0)
    proof.add(payment.subject, FileStorage(file, filename="slip.png"), note="just sent", now=now)
    picture = db.session.scalars(select(PaymentProof)).one()

    page = who.read(f"/admin/payments/{payment.id}/confirmation")
    response = who.get(f"/admin/proofs/{picture.id}")

    assert f'src="/admin/proofs/{picture.id}"' in page
    assert "just sent" in page
    assert response.mimetype == "image/jpeg"
    assert response.get_data()[:2] == b"\xff\xd8"
    response.close()
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "private" in response.headers["Cache-Control"]
    other = cast.house(now, "north", is_house=False)
    assert (
        clerk(app, other.merchant_id, "nora").get(f"/admin/proofs/{picture.id}").status_code == 403
    )
    assert app.test_client().get(f"/admin/proofs/{picture.id}").status_code == 303


def test_with_nothing_to_decide_the_desk_says_so(desk):
    _owner, who = desk

    assert "No payment needs a person" in who.read("/admin/payments")
