"""What checkout holds, for how long, and what happens to what cannot be had."""

from __future__ import annotations

from sqlalchemy import func, select, update

from app.catalog.commands import stock
from app.catalog.models import Hold, Stock
from app.checkout.models import Checkout
from app.checkout.queries import holder_of
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import waiting
from app.presale.commands.waiting import NewWish
from app.presale.models import CampaignSku, SupplyMode, WaitingEntry
from tests.cast import piece, placed
from tests.checkout.buying import begun, filled, live_holds, orders
from tests.conftest import MONDAY
from tests.presale import cast


def test_looking_holds_nothing_and_beginning_holds(client, jacket):
    client.post("/bag", data={"variant": jacket})

    before = client.get("/checkout").text
    assert live_holds() == 0
    client.post("/checkout")

    assert "Hold these for me and go on" in before
    assert live_holds() == 1
    assert "Held for you until 10:10." in client.get("/checkout").text


def test_buying_at_once_holds_the_piece(client, jacket):
    answer = client.post("/checkout", data={"variant": jacket, "back": "/i/1"})

    assert answer.location == "/checkout"
    assert live_holds() == 1


def test_a_piece_sold_meanwhile_leaves_the_rest(client, owner, jacket):
    other = piece(owner, MONDAY)
    begun(client, jacket, other)
    typed = filled(client)
    with transaction():
        for checkout_id in db.session.scalars(select(Checkout.id)).all():
            stock.release(holder_of(checkout_id))
        placed(owner, [jacket], MONDAY, email="ben@example.org")

    refused = client.post("/checkout/order", data=typed)
    client.post("/checkout", data={"without": jacket})
    rest = client.get("/checkout").text

    assert refused.status_code == 409
    assert "Someone is paying for it" in refused.text
    assert f'name="without" value="{jacket}"' in refused.text
    assert 'value="测试路1号"' in rest
    assert "Someone is paying for it" not in rest
    assert client.post("/checkout/order", data=filled(client)).status_code == 303


def test_what_was_taken_out_again_is_not_kept_for_the_order(client, owner, jacket):
    hat = piece(owner, MONDAY)
    begun(client, jacket, hat)
    client.post(f"/bag/lines/{hat}", data={"remove": "1"})

    client.post("/checkout/order", data=filled(client))

    kept = select(Stock.variant_id).join(Hold, Hold.stock_id == Stock.id)
    of_the_order = kept.where(Hold.owner == f"order:{orders()[0].id}")
    assert db.session.scalars(of_the_order).all() == [jacket]


def test_a_hold_that_ended_is_no_trap(client, jacket, clock):
    begun(client, jacket)
    typed = filled(client)
    clock.advance(hours=1)

    said = client.get("/checkout").text
    answer = client.post("/checkout/order", data=typed)

    assert "The hold has ended. Nobody else has bought it" in said
    assert answer.status_code == 303


def test_more_than_is_there_cannot_be_ordered(client, owner):
    goods = piece(owner, MONDAY, units=3)
    begun(client, goods)
    typed = filled(client)
    with transaction():
        db.session.execute(update(Stock).where(Stock.variant_id == goods).values(on_hand=0, held=0))

    assert client.post("/checkout/order", data=typed).status_code == 409
    assert not orders()


def test_the_key_of_another_bag_orders_nothing(visit, owner, jacket):
    ada, ben = visit(), visit()
    begun(ada, jacket)
    typed = filled(ada)
    ben.post("/bag", data={"variant": piece(owner, MONDAY)})

    answer = ben.post("/checkout/order", data=typed)

    assert answer.location == "/checkout"
    assert not orders()
    assert "Ada Test" not in ada.get("/bag").text


def test_a_bag_of_nothing_to_buy_is_no_sum(visit, jacket):
    ada, ben = visit(), visit()
    ada.post("/bag", data={"variant": jacket})
    begun(ben, jacket)

    text = ada.get("/checkout").text

    assert "If they do not pay, it is free again" in text
    assert "¥0" not in text


def test_what_is_taken_out_of_the_bag_is_free_for_others_at_once(visit, jacket):
    ada, ben = visit(), visit()
    begun(ada, jacket)
    assert ben.post("/checkout", data={"variant": jacket}).location != "/checkout"

    ada.post(f"/bag/lines/{jacket}", data={"remove": "1"})
    ada.post(f"/bag/lines/{jacket}", data={"remove": "1"})

    assert live_holds() == 0
    assert ben.post("/checkout", data={"variant": jacket}).location == "/checkout"


def test_what_was_taken_out_and_put_back_is_not_called_held(client, jacket):
    begun(client, jacket)
    line = f"/bag/lines/{jacket}"
    client.post(line, data={"remove": "1"})
    client.post(f"{line}/restoration", data={"units": "1"})

    come_back = client.get("/checkout").text
    client.post("/checkout")
    begun_again = client.get("/checkout").text

    assert "Held for you until" not in come_back
    assert "The hold has ended. Nobody else has bought it" in come_back
    assert "Held for you until" in begun_again


def test_only_the_line_that_was_taken_out_is_let_go(client, owner, jacket):
    hat = piece(owner, MONDAY)
    begun(client, jacket, hat)

    client.post(f"/bag/lines/{hat}", data={"remove": "1"})

    held = select(Stock.variant_id).where(Stock.held > 0)
    assert db.session.scalars(held).all() == [jacket]


def test_a_place_in_a_presale_is_free_again_with_its_line(client, owner):
    campaign = cast.campaign(owner, MONDAY)
    sku = cast.skus(campaign.id)[0]
    client.post(f"/pre/{campaign.slug}/joins", data={"sku": sku.id})
    client.post("/checkout")
    kept = select(CampaignSku.held).where(CampaignSku.id == sku.id)
    assert db.session.scalar(kept) == 1
    db.session.rollback()

    client.post(f"/bag/lines/{sku.variant_id}", data={"remove": "1"})

    assert db.session.scalar(kept) == 0


def test_who_waits_gets_a_place_that_was_taken_out_and_keeps_one_that_was_offered(
    visit, owner, clock
):
    ada, ben = visit(), visit()
    campaign = cast.campaign(
        owner, MONDAY, sku={"cap": 1}, supply_mode=SupplyMode.MADE_TO_ORDER,
        variants=cast.shirt(owner, MONDAY, ("M",)),
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    line = f"/bag/lines/{sku.variant_id}"
    ada.post(f"/pre/{campaign.slug}/joins", data={"sku": sku.id})
    ada.post("/checkout")
    wish = NewWish(sku.id, 1, "ben@example.org", "en", "Ben")
    waiting.wish(campaign.id, wish, actor=GUEST, now=clock.now)
    entry = select(WaitingEntry.state, WaitingEntry.token)

    ada.post(line, data={"remove": "1"})
    offered, token = db.session.execute(entry).one()
    ben.post(f"/w/{token}/acceptance")
    ben.post("/checkout")
    ben.post(line, data={"remove": "1"})

    assert (offered, db.session.execute(entry).one().state) == ("offered", "accepted")
    assert db.session.scalar(select(CampaignSku.held)) == 1


def test_what_another_kind_of_line_replaces_is_let_go(client, owner):
    campaign = cast.campaign(owner, MONDAY, variants=[piece(owner, MONDAY, units=3)])
    (sku,) = cast.skus(campaign.id)
    plain = select(func.sum(Stock.held)).where(Stock.variant_id == sku.variant_id)
    places = select(CampaignSku.held).where(CampaignSku.id == sku.id)

    def held() -> tuple[int | None, int | None]:
        db.session.rollback()
        return db.session.scalar(plain), db.session.scalar(places)

    begun(client, sku.variant_id)
    assert held() == (1, 0)
    client.post(f"/pre/{campaign.slug}/joins", data={"sku": sku.id})
    assert held() == (0, 1)
    client.post("/bag", data={"variant": sku.variant_id})
    assert held() == (0, 0)
