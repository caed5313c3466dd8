"""Somebody leaves at the moment at which goods that lie on a shelf are handed on."""

from __future__ import annotations

from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select

from app.catalog.commands import stock
from app.catalog.models import MovementReason, Stock
from app.orders.commands import cancel
from app.orders.commands.cancel import RefundRequest
from app.orders.models import OrderLine
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.presale.commands import clockwork, holding, production
from app.presale.models import CampaignSku, PaymentMode, SupplyMode
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.presale import cast

pytestmark = pytest.mark.parametrize("stage", ["postgresql"], indirect=True)


@pytest.fixture
def owner(app: Flask, clock: StoppedClock) -> House:
    return house(clock.now)


@pytest.fixture
def sku(owner: House, clock: StoppedClock) -> CampaignSku:
    """Of a presale of ten that lie on a shelf."""
    now = clock.now
    (variant,) = variants = cast.shirt(owner, now, ("M",))
    stock.count(variant, owner.store_id, 10, reason=MovementReason.RECEIVED, actor=SYSTEM, now=now)
    campaign = cast.campaign(
        owner, now, variants=variants, payment_mode=PaymentMode.FULL,
        supply_mode=SupplyMode.STOCK, sku={"cap": 10},
    )  # fmt: skip
    return cast.skus(campaign.id)[0]


def test_who_leaves_while_goods_are_handed_on_leaves_them_on_the_shelf(
    app, clock, owner, sku, monkeypatch
):
    leaving, _staying = (cast.confirmed(owner, {sku.id: 1}, clock.now) for _ in range(2))
    campaign_id, variant = sku.campaign_id, sku.variant_id
    clock.advance(days=7)
    clockwork.advance()
    line = db.session.scalars(select(OrderLine.id).where(OrderLine.order_id == leaving)).one()
    db.session.rollback()
    now = clock.now

    def hand_on() -> None:
        with app.app_context():
            production.start_fulfilling(campaign_id, actor=owner.staff(), now=now)

    shop, give_up = Thread(target=hand_on), holding.give_up

    def give_up_while_the_shop_hands_on(sku_id: int, quantity: int) -> None:
        give_up(sku_id, quantity)
        shop.start()
        shop.join(1)  # it waits for us, or has counted what we are giving up

    monkeypatch.setattr(holding, "give_up", give_up_while_the_shop_hands_on)
    everything = RefundRequest(cancel={line: 1}, shipping=1200)
    cancel.refund(leaving, everything, actor=owner.staff(), idempotency_key="gone", now=now)
    shop.join()

    assert cast.fresh(campaign_id).state == "fulfilling"
    assert cast.skus(campaign_id)[0].committed == 1
    shelf = select(Stock.on_hand, Stock.held).where(Stock.variant_id == variant)
    assert db.session.execute(shelf).one() == (9, 0)
