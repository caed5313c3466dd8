"""A crowd at one capped SKU at once, over HTTP, at the server the shop is run with: sixty
shoppers for twelve places, in long runs two hundred for forty.
"""

from __future__ import annotations

import re
import ssl
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import httpx
import pytest
from flask import Flask
from sqlalchemy import select

from app.orders.commands import question
from app.payments.models import Payment
from app.platform import clock
from app.platform.db import db
from app.presale.models import Participation, SupplyMode, WaitingEntry
from tests.cast import House, house
from tests.faults import books as money
from tests.presale import books, cast
from tests.soaking import SOAK, on_postgresql

pytestmark = pytest.mark.slow
CAP, SHOPPERS, AT_ONCE, PATIENCE = (40, 200, 32, 60.0) if SOAK else (12, 60, 32, 60.0)
REFUSED = 409
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Given to every client: each would read the machine's certificates otherwise, and compute longer
than the shop.
"""


@dataclass(frozen=True)
class Shop:
    """Where everybody wants the same thing."""

    url: str
    path: str
    sku: int


@dataclass(frozen=True)
class Outcome:
    """What one shopper was told: a word for it, and the status of every answer on the way."""

    word: str
    statuses: tuple[int, ...]


def shop_for_one(shop: Shop, who: int) -> Outcome:
    """Join and order; who finds it full, at once or in the bag, asks to wait."""
    person = {"name": f"Person {who}", "email": f"person{who}@example.org"}
    with httpx.Client(
        base_url=shop.url, timeout=PATIENCE, headers={"Sec-Fetch-Site": "same-origin"}, verify=TLS
    ) as browser:
        joined = browser.post(f"{shop.path}/joins", data={"sku": shop.sku})
        if not joined.headers.get("Location", "").endswith("/checkout"):
            waiting = browser.post(f"{shop.path}/waiting", data=person | {"sku": str(shop.sku)})
            word = "waiting" if waiting.is_redirect else "refused"
            return Outcome(word, (joined.status_code, waiting.status_code))
        typed = person | {
            "method": "ship", "phone": f"13900000{who:03d}", "region": "浙江省 杭州市 西湖区",
            "street": "测试路1号", "gateway": "bank_transfer",
        }  # fmt: skip
        form = browser.post("/checkout/fields", data=typed)
        hidden = dict(re.findall(r'name="(key|fingerprint|shown)" value="([^"]*)"', form.text))
        ordered = browser.post("/checkout/order", data=typed | hidden)
        is_ordered = ordered.is_redirect and ordered.headers["Location"].startswith("/o/")
        answers = (joined.status_code, form.status_code, ordered.status_code)
        return Outcome("ordered" if is_ordered else "lost", answers)


def pay(app: Flask, owner: House, payment_id: int) -> None:
    """The bank says that it has come."""
    with app.app_context():
        question.confirm_transfer(
            payment_id, amount=db.session.get_one(Payment, payment_id).amount,
            transaction_id=f"bank-{payment_id}", actor=owner.staff(), now=clock.now(),
        )  # fmt: skip
        db.session.remove()


@on_postgresql
def test_a_crowd_shares_the_few_places_and_each_is_told(app: Flask, served: str):
    owner = house(clock.now())
    campaign = cast.campaign(
        owner, clock.now(), supply_mode=SupplyMode.MADE_TO_ORDER, sku={"cap": CAP},
        variants=cast.shirt(owner, clock.now(), ("M",)),
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    shop = Shop(served, f"/pre/{campaign.slug}", sku.id)
    db.session.rollback()

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        told = list(crowd.map(partial(shop_for_one, shop), range(SHOPPERS)))
    with ThreadPoolExecutor(8) as bank:
        payments = db.session.scalars(select(Payment.id)).all()
        db.session.rollback()
        list(bank.map(partial(pay, app, owner), payments))

    assert Counter(outcome.word for outcome in told) == {"ordered": CAP, "waiting": SHOPPERS - CAP}
    assert max(status for outcome in told for status in outcome.statuses) <= REFUSED
    numbers = db.session.scalars(select(Participation.number)).all()
    assert sorted(number or 0 for number in numbers) == list(range(1, CAP + 1))
    assert [(row.committed, row.held) for row in cast.skus(campaign.id)] == [(CAP, 0)]
    assert len(db.session.scalars(select(WaitingEntry.id)).all()) == SHOPPERS - CAP
    assert not books.faults() + money.faults()
