"""Presales of goods that lie on a shelf: kept there for as long as the campaign needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.catalog.commands import stock
from app.catalog.errors import OutOfStock
from app.catalog.models import MovementReason, Stock
from app.platform.actor import GUEST, SYSTEM
from app.platform.db import db
from app.platform.errors import Invalid
from app.presale.commands import balances, clockwork, editing, joining, production, promises
from app.presale.commands.joining import Interest
from app.presale.errors import NotNow
from app.presale.models import PaymentMode, SupplyMode
from app.presale.rules.promise import Promise
from tests.admin.counter import clerk
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.presale import cast, stages

pytestmark = pytest.mark.usefixtures("app")


@dataclass(frozen=True)
class Shelf:
    """A campaign of one variant that lies in the store."""

    owner: House
    campaign_id: int
    sku_id: int
    variant_id: int

    @property
    def counted(self) -> tuple[int, int]:
        """What is on hand, and what of it is kept for somebody."""
        db.session.rollback()
        row = db.session.scalars(select(Stock).where(Stock.variant_id == self.variant_id)).one()
        return row.on_hand, row.held


def shelf(clock: StoppedClock, units: int, **facts: Any) -> Shelf:
    """So many units are there, and all of them are sold by the campaign."""
    owner = house(clock.now)
    (variant,) = cast.shirt(owner, clock.now, ("M",))
    stock.count(
        variant, owner.store_id, units, reason=MovementReason.RECEIVED, actor=SYSTEM, now=clock.now
    )
    facts = {"supply_mode": SupplyMode.STOCK, "payment_mode": PaymentMode.FULL, **facts}
    campaign = cast.campaign(owner, clock.now, variants=[variant], sku={"cap": units}, **facts)
    (sku,) = cast.skus(campaign.id)
    return Shelf(owner, campaign.id, sku.id, variant)


def test_what_lies_on_a_shelf_is_handed_on_and_never_shared_out(app, clock):
    kept = shelf(clock, 5, payment_mode=PaymentMode.DEPOSIT)
    order_id = cast.confirmed(kept.owner, {kept.sku_id: 2}, clock.now)
    stages.closed(clock)
    balances.open_balance(kept.campaign_id, actor=kept.owner.staff(), now=clock.now)
    clockwork.advance()
    cast.paid(order_id, clock.now, cast.balance_of(order_id).id)
    clock.advance(days=3)
    clockwork.advance()
    here = f"/admin/presales/{kept.campaign_id}"

    with pytest.raises(NotNow):
        production.split_shortage(kept.campaign_id, actor=kept.owner.staff(), now=clock.now)
    page = clerk(app, kept.owner.merchant_id, "cleo").get(f"{here}/production").text
    production.start_fulfilling(kept.campaign_id, actor=kept.owner.staff(), now=clock.now)
    clockwork.advance()

    assert "Too few for everybody" not in page
    assert f"{here}/fulfilment" in page
    assert cast.order(order_id).headline == "to_ship"
    assert kept.counted == (3, 0)


@pytest.mark.parametrize("says_so", [True, False], ids=["announced", "unannounced"])
def test_goods_stay_kept_when_a_shop_is_later_than_it_promised(app, clock, says_so):
    kept = shelf(clock, 5)
    order_id = cast.confirmed(kept.owner, {kept.sku_id: 2}, clock.now)
    stages.closed(clock)
    latest = cast.fresh(kept.campaign_id).promise_latest
    if says_so:
        promises.change(
            kept.campaign_id, Promise(latest, latest + timedelta(days=20)),
            reason={"en": "The store is closed."}, actor=kept.owner.staff(), now=clock.now,
        )  # fmt: skip
    clock.advance(days=50)

    with pytest.raises(OutOfStock):
        stock.reserve(
            "checkout:x", [stock.Wanted(kept.variant_id, 1)],
            until=clock.now + timedelta(minutes=15), now=clock.now,
        )  # fmt: skip
    sheet = clerk(app, kept.owner.merchant_id, "cleo").get(f"/admin/stock/{kept.variant_id}").text
    production.start_fulfilling(kept.campaign_id, actor=kept.owner.staff(), now=clock.now)
    clockwork.advance()

    assert "A presale" in sheet
    assert "Somebody is paying" not in sheet
    assert cast.order(order_id).headline == "to_ship"
    assert kept.counted == (3, 0)


def test_a_presale_of_what_lies_on_a_shelf_sells_no_more_than_lies_there(app, clock):
    kept = shelf(clock, 2)
    stock.count(
        kept.variant_id, kept.owner.store_id, 4, reason=MovementReason.RECEIVED, actor=SYSTEM,
        now=clock.now,
    )  # fmt: skip
    who = clerk(app, kept.owner.merchant_id, "cleo")
    path = f"/admin/presales/{kept.campaign_id}/skus/{kept.sku_id}/cap"

    seen = []
    for cap in ("5", "", "4", "3"):
        answer = who.post(path, {"cap": cap})
        seen.append((answer.status_code, cast.skus(kept.campaign_id)[0].cap, kept.counted[1]))

    assert seen == [(422, 2, 2), (422, 2, 2), (303, 4, 4), (303, 3, 3)]
    assert "Fewer than that lie on the shelf." in who.post(path, {"cap": "5"}).text


def test_a_presale_of_one_piece_sells_one_whatever_its_cap_is_to_be(clock):
    kept = shelf(clock, 1, supply_mode=SupplyMode.SINGLE)

    with pytest.raises(Invalid):
        editing.set_cap(kept.campaign_id, kept.sku_id, 2, actor=kept.owner.staff(), now=clock.now)

    assert cast.skus(kept.campaign_id)[0].cap == 1


def test_another_cap_keeps_nothing_once_the_goods_are_handed_on(clock):
    kept = shelf(clock, 3)
    cast.confirmed(kept.owner, {kept.sku_id: 1}, clock.now)
    stages.closed(clock)
    production.start_fulfilling(kept.campaign_id, actor=kept.owner.staff(), now=clock.now)
    clockwork.advance()

    editing.set_cap(kept.campaign_id, kept.sku_id, 2, actor=kept.owner.staff(), now=clock.now)

    assert kept.counted == (2, 0)


def test_goods_somebody_was_only_interested_in_are_free_when_the_interest_is_known(clock):
    kept = shelf(clock, 2, payment_mode=PaymentMode.INTEREST)
    ada = Interest(kept.sku_id, 1, "Ada Test", "ada@example.org", "en")
    joining.express_interest(kept.campaign_id, ada, actor=GUEST, now=clock.now)

    stages.closed(clock)

    assert cast.fresh(kept.campaign_id).state == "completed"
    assert kept.counted == (2, 0)
