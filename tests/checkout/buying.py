"""What a visitor of these tests does at checkout, and what is there afterwards."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from app.catalog.models import Hold, HoldState
from app.orders.models import Order
from app.platform.db import db

ADDRESS = {
    "method": "ship",
    "name": "Ada Test",
    "phone": "13800000012",
    "email": "ada@example.org",
    "region": "浙江省 杭州市 西湖区",
    "street": "测试路1号",
    "gateway": "bank_transfer",
}


def begun(client, *variant_ids):
    for variant_id in variant_ids:
        client.post("/bag", data={"variant": variant_id})
    answer = client.post("/checkout")
    assert answer.location == "/checkout"


def hidden(text):
    """Key, fingerprint and shown total of the form that stands there."""
    return dict(re.findall(r'type="hidden" name="(key|fingerprint|shown)" value="([^"]*)"', text))


def filled(client, **fields):
    """The form as it stands after the address was typed, with the total of that address."""
    typed = ADDRESS | fields
    return typed | hidden(client.post("/checkout/fields", data=typed).text)


def orders():
    db.session.rollback()
    return list(db.session.scalars(select(Order).order_by(Order.id)))


def live_holds():
    db.session.rollback()
    return db.session.scalar(
        select(func.count()).select_from(Hold).where(Hold.state == HoldState.LIVE)
    )
