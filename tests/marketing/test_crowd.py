"""Everybody pays with a limited coupon at the same moment, over HTTP, at the server the shop is run
with.

All have seen their discount when they press the button. Whoever comes too late is asked about the
new price and pays that. An ordinary run sends eight for each kind of limit; a long one two hundred,
on both databases.
"""

from __future__ import annotations

import re
import ssl
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from app.marketing.commands import promotions
from app.marketing.commands.promotions import Draft
from app.marketing.models import Promotion, PromotionCode, PromotionKind, PromotionUse
from app.marketing.rules import Terms
from app.orders.models import Order
from app.platform import clock
from app.platform.db import db
from tests.cast import House, house, piece
from tests.faults import books as money
from tests.soaking import SOAK, first_on

pytestmark = [pytest.mark.slow, first_on("postgresql", "sqlite")]
SHOPPERS = 200 if SOAK else 8
"""Who want the same coupon."""
LIMIT = SHOPPERS // 3 + 1
PRICE, DISCOUNT = 128000, 12800
PATIENCE = 120.0
OUR_OWN = {"Sec-Fetch-Site": "same-origin"}
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Given to every client, as in the crowd of presales."""
LIMITS: dict[str, dict[str, Any]] = {
    "INALL": {"max_uses": LIMIT},
    "GROUP": {},
    "BUDGET": {"budget": LIMIT * DISCOUNT + 1},
    "PERSON": {"max_per_person": LIMIT},
}
"""By code: what limits it. The code of a chat group is limited itself."""


@dataclass
class Shopper:
    """One browser at the last step of checkout; `told` is what every press of the button came to:
    the price that stood on it, and the status of its answer.
    """

    browser: httpx.Client
    code: str
    typed: dict[str, str]
    form: str = ""
    told: list[tuple[int, int]] = field(default_factory=list)

    def fill_in(self, variant_id: int) -> None:
        self.browser.post("/bag", data={"variant": variant_id})
        self.browser.post("/checkout")
        self.browser.post("/checkout/code", data={"code": self.code})
        self.form = self.browser.post("/checkout/fields", data=self.typed).text

    def press(self) -> None:
        hidden = dict(re.findall(r'name="(key|fingerprint|shown)" value="([^"]*)"', self.form))
        answer = self.browser.post("/checkout/order", data=self.typed | hidden)
        self.told.append((int(hidden["shown"]), answer.status_code))
        self.form = answer.text


@contextmanager
def crowd_at(url: str) -> Iterator[list[Shopper]]:
    """So many for each code; who are one person call themselves differently and have one phone."""
    people = [
        Shopper(
            httpx.Client(base_url=url, timeout=PATIENCE, headers=OUR_OWN, verify=TLS),
            code,
            {
                "name": f"Person {who}", "email": f"{code}{who}@example.org".lower(),
                "phone": "13800000012" if code == "PERSON" else f"139{place:04d}{who:04d}",
                "method": "ship", "region": "浙江省 杭州市 西湖区", "street": "测试路1号",
                "gateway": "bank_transfer",
            },
        )
        for who in range(SHOPPERS)
        for place, code in enumerate(LIMITS)
    ]  # fmt: skip
    try:
        yield people
    finally:
        for one in people:
            one.browser.close()


def coupons(owner: House) -> dict[str, int]:
    """A tenth off by each of the codes; the promotions by code."""
    now, actor, made = clock.now(), owner.staff(), dict[str, int]()
    for code, limits in LIMITS.items():
        draft = Draft(
            name={"en": code}, kind=PromotionKind.PERCENT, terms=Terms(percent=Decimal(10)),
            needs_code=True, starts_at=now, **limits,
        )  # fmt: skip
        made[code] = promotions.create(draft, actor=actor, now=now)
        most = LIMIT if code == "GROUP" else None
        promotions.add_code(made[code], code, label="", max_uses=most, actor=actor, now=now)
    return made


def test_no_limit_of_a_coupon_is_passed_and_all_pay_what_they_were_told(app, served):
    owner = house(clock.now())
    made = coupons(owner)
    jacket = piece(owner, clock.now(), price=PRICE, units=SHOPPERS * len(LIMITS))
    db.session.rollback()

    with crowd_at(served) as people, ThreadPoolExecutor(len(people)) as crowd:
        list(crowd.map(lambda one: one.fill_in(jacket), people))
        list(crowd.map(Shopper.press, people))
        late = [one for one in people if one.told[-1][1] == httpx.codes.CONFLICT]
        list(crowd.map(Shopper.press, late))

    got_it, paid_in_full = ((PRICE - DISCOUNT, 303),), ((PRICE - DISCOUNT, 409), (PRICE, 303))
    assert Counter((one.code, tuple(one.told)) for one in people) == {
        (code, told): count
        for code in LIMITS
        for told, count in ((got_it, LIMIT), (paid_in_full, SHOPPERS - LIMIT))
    }
    totals = db.session.scalars(select(Order.total)).all()
    assert Counter(totals) == {
        PRICE - DISCOUNT: LIMIT * len(LIMITS),
        PRICE: (SHOPPERS - LIMIT) * len(LIMITS),
    }
    standing = (LIMIT, LIMIT * DISCOUNT)
    kept = db.session.execute(select(Promotion.id, Promotion.used, Promotion.spent))
    assert {row.id: (row.used, row.spent) for row in kept} == dict.fromkeys(made.values(), standing)
    assert db.session.scalars(select(PromotionCode.used)).all() == [LIMIT] * len(LIMITS)
    uses = func.count().filter(PromotionUse.released_at.is_(None))
    assert db.session.scalar(select(uses)) == LIMIT * len(LIMITS)
    assert not money.faults()
