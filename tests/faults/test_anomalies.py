"""What ACIDRain found in twelve shops: vouchers spent twice, goods sold twice, bags changed while
they were paid. Tried over HTTP, with a slow line between the shop and its database.

The ordinary run tries the last once at 5 ms; `SOAK=1` each forty times at 0, 5 and 50 ms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import datetime
from decimal import Decimal
from threading import Barrier

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.cart.models import BagLine
from app.marketing.commands import promotions
from app.marketing.commands.promotions import Draft
from app.marketing.models import PromotionCode, PromotionKind
from app.marketing.rules import Terms
from app.orders.models import Order, OrderLine
from app.platform import clock as system_clock
from app.platform.db import db
from tests.cast import House, house, piece
from tests.conftest import visitor
from tests.faults import books
from tests.faults.town import ADDRESS, hidden
from tests.soaking import SOAK, rarely

ROUNDS = 40 if SOAK else 1
BUYERS = 4
TRANSFER = ADDRESS | {"gateway": "bank_transfer"}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("stage", ["postgresql"], indirect=True),
    pytest.mark.parametrize("seconds", [rarely(0.0), 0.005, rarely(0.05)]),
]


@pytest.fixture
def now() -> datetime:
    return system_clock.now()


@pytest.fixture
def owner(line, now) -> House:
    return house(now)


def at_once(*acts: Callable[[], object]) -> None:
    """Everybody begins at the same moment, each in a world of its own."""
    start = Barrier(len(acts))
    db.session.rollback()

    def run(act: Callable[[], object]) -> None:
        start.wait()
        Context().run(act)

    with ThreadPoolExecutor(len(acts)) as threads:
        list(threads.map(run, acts))
    db.session.rollback()


def posting(buyer: FlaskClient, path: str, form: dict[str, object]) -> Callable[[], int]:
    """One request of this buyer's."""
    shop = buyer.application

    def post() -> int:
        with shop.app_context():
            return buyer.post(path, data=form).status_code

    return post


def form_of(buyer: FlaskClient, *variants: int) -> dict[str, str]:
    """The form as it stands before the last button is pressed."""
    for variant in variants:
        buyer.post("/bag", data={"variant": variant})
    buyer.post("/checkout")
    return TRANSFER | hidden(buyer.post("/checkout/fields", data=TRANSFER).text)


@pytest.mark.soak
def test_one_piece_is_held_and_sold_once(line, owner, now, seconds):
    proxy, shop = line
    for _ in range(ROUNDS):
        proxy.faults.seconds = 0.0
        variant = piece(owner, now)
        buyers = [visitor(shop) for _ in range(BUYERS)]
        proxy.faults.seconds = seconds

        form = {"variant": variant, "back": "/i/1"}
        at_once(*(posting(buyer, "/checkout", form) for buyer in buyers))
        at_once(*(posting(buyer, "/checkout/order", dict(form_of(buyer))) for buyer in buyers))

    sold = Counter(db.session.scalars(select(OrderLine.variant_id)))
    assert len(sold) == ROUNDS
    assert set(sold.values()) == {1}
    assert books.faults() == []


@pytest.mark.soak
def test_a_voucher_for_one_is_used_once(line, owner, now, seconds):
    proxy, shop = line
    draft = Draft(
        name={"en": "Hello"}, kind=PromotionKind.PERCENT, terms=Terms(percent=Decimal(10)),
        needs_code=True, starts_at=now,
    )  # fmt: skip
    made = promotions.create(draft, actor=owner.staff(), now=now)
    for nth in range(ROUNDS):
        proxy.faults.seconds = 0.0
        code = f"ONCE{nth:04d}"
        promotions.add_code(made, code, label=code, max_uses=1, actor=owner.staff(), now=now)
        buyers = [visitor(shop) for _ in range(BUYERS)]
        forms = [form_of(buyer, piece(owner, now)) for buyer in buyers]
        for buyer, form in zip(buyers, forms, strict=True):
            answer = buyer.post("/checkout/code", data=form | {"code": code})
            form.update(hidden(answer.text))
        proxy.faults.seconds = seconds

        at_once(
            *(
                posting(buyer, "/checkout/order", dict(form))
                for buyer, form in zip(buyers, forms, strict=True)
            )
        )

    assert set(db.session.scalars(select(PromotionCode.used))) == {1}
    discounts = db.session.scalars(select(Order.discount_total)).all()
    assert sum(1 for discount in discounts if discount) == ROUNDS
    assert books.faults() == []


def test_what_is_ordered_is_what_was_priced(line, owner, now, seconds):
    proxy, shop = line
    for _ in range(ROUNDS):
        proxy.faults.seconds = 0.0
        jacket, hat = piece(owner, now), piece(owner, now, price=30000)
        buyer, other_window = visitor(shop), visitor(shop)
        form = form_of(buyer, jacket)
        for cookie in ("bag", "session"):
            if kept := buyer.get_cookie(cookie, domain="127.0.0.1"):
                other_window.set_cookie(cookie, kept.value, domain="127.0.0.1")
        proxy.faults.seconds = seconds

        at_once(
            posting(buyer, "/checkout/order", dict(form)),
            posting(other_window, "/bag", {"variant": hat}),
        )

        ordered = db.session.scalars(select(OrderLine.variant_id)).all()
        waiting = db.session.scalars(select(BagLine.variant_id)).all()
        assert hat not in ordered
        assert hat in waiting
        assert (jacket in ordered) != (jacket in waiting)
    assert books.faults() == []
