"""Another address for an order: by its buyer alone, for the same delivery, until it is packed."""

from __future__ import annotations

import pytest
from sqlalchemy import null, select, update

from app.notifications.models import Message
from app.orders.models import Order, OrderEvent, OrderLine
from app.orders.queries import token_by_id
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.platform.transaction import transaction
from app.shop.taxation import replace_taxes
from app.shop.taxes import Tax, TaxClass, TaxRate, TaxTable
from tests.admin.counter import contents
from tests.cast import house
from tests.conftest import MONDAY
from tests.presale import cast

OLD = {
    "country": "CN",
    "region_code": "330106",
    "region": "浙江省 杭州市 西湖区",
    "street": "测试路1号",
}
NEW = {
    "name": "Ada Mover",
    "phone": "13900000099",
    "region": "上海市 上海市 徐汇区",
    "street": "新路 9 号",
}


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def waiting(owner):
    """An order in a presale, whose goods come in a month."""
    campaign = cast.campaign(owner, MONDAY)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 1}, MONDAY, phone="13812345678")
    with transaction():
        db.session.execute(update(Order).values(address=OLD))
    return order_id


def send(client, order_id, **typed):
    form = {**NEW, "tail": "5678", **typed}
    return client.post(f"/o/{token_by_id(order_id)}/address", data=form)


def order(order_id):
    db.session.rollback()
    return db.session.get_one(Order, order_id, populate_existing=True)


def test_who_knows_the_phone_sends_it_elsewhere_and_a_mail_says_so(client, waiting):
    page = client.get(f"/o/{token_by_id(waiting)}?lang=en").text

    answer = send(client, waiting)
    while drain():
        pass

    kept = order(waiting)
    mails = db.session.scalars(select(Message.kind)).all()
    assert "Send it somewhere else" in page
    assert answer.status_code == 303
    assert (kept.name, kept.phone_tail) == ("Ada Mover", "0099")
    assert kept.address["street"] == "新路 9 号"
    assert "orders.address_changed" in mails
    events = db.session.scalars(
        select(OrderEvent.facts).where(OrderEvent.kind == "address_changed")
    ).all()
    assert events == [{}]


def test_the_form_shows_nothing_of_the_address_to_who_merely_has_the_link(client, waiting):
    text = client.get(f"/o/{token_by_id(waiting)}/address").text

    assert "测试路1号" not in text
    assert "13812345678" not in text


@pytest.mark.parametrize(
    ("typed", "beside"),
    [({"tail": "0000"}, "tail"), ({"tail": ""}, "tail"), ({"street": ""}, "street")],
)
def test_nobody_else_and_nothing_unclear_changes_it(client, waiting, typed, beside):
    before = contents()

    answer = send(client, waiting, **typed)

    assert answer.status_code == 422
    assert f'id="{beside}-error"' in answer.text
    assert "Ada Mover" in answer.text
    assert contents() == before


def test_where_delivery_costs_another_amount_the_shop_is_asked(client, waiting):
    before = contents()

    answer = send(client, waiting, region="西藏自治区 拉萨市 城关区")

    assert answer.status_code == 409
    assert contents() == before


def test_what_is_on_its_way_goes_where_it_was_sent(client, waiting):
    with transaction():
        db.session.execute(update(OrderLine).values(state="shipped", shipped=1))
    before = contents()

    answer = send(client, waiting)

    assert answer.status_code == 409
    assert "It is packed already." in answer.text
    assert "Send it somewhere else" not in client.get(f"/o/{token_by_id(waiting)}").text
    assert contents() == before


def test_what_is_collected_has_no_address_to_change(client, owner):
    campaign = cast.campaign(owner, MONDAY)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 1}, MONDAY, method="pickup", fee=0)
    with transaction():
        db.session.execute(update(Order).values(address=null()))

    assert client.get(f"/o/{token_by_id(order_id)}/address").status_code == 409
    assert "/address" not in client.get(f"/o/{token_by_id(order_id)}").text


@pytest.mark.parametrize(("percent", "status"), [(13, 303), (6, 409)])
def test_where_another_tax_is_due_it_does_not_go_by_itself(client, waiting, percent, status):
    goods = TaxClass("goods", {"en": "Goods", "zh-Hans": "商品"})
    rates = tuple(
        TaxRate("goods", place, Tax(each * 1000, is_included=True))
        for place, each in (("CN", 13), ("CN-31", percent))
    )
    replace_taxes(TaxTable((goods,), rates), actor=SYSTEM, now=MONDAY)

    assert send(client, waiting).status_code == status
