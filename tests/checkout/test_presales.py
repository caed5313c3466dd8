"""Bag and checkout with presales: what is paid now and later, asked and accepted, sent and when."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.orders.models import Order, OrderDue, OrderLine
from app.platform.db import db
from app.presale.drafts import Question
from app.presale.models import Commitment, DepositKind, Participation
from tests.cast import piece
from tests.checkout.buying import ADDRESS, filled
from tests.community import cast as community
from tests.conftest import MONDAY
from tests.presale import cast

BUILDING = Question("building", {"en": "Which building?", "zh-Hans": "几号楼？"}, required=True)
ENGRAVING = Question("engraving", {"en": "Engraving", "zh-Hans": "刻字"})


@pytest.fixture
def campaign(owner):
    return cast.campaign(owner, MONDAY)


def join(client, campaign, **typed):
    medium = cast.skus(campaign.id)[0]
    return client.post(f"/pre/{campaign.slug}/joins", data={"sku": medium.id} | typed)


def order(client, **fields):
    return client.post("/checkout/order", data=filled(client, **fields))


def rows(model):
    db.session.rollback()
    return list(db.session.scalars(select(model).order_by(model.id)))


def test_the_deposit_is_asked_for_now_and_the_balance_named(client, campaign):
    join(client, campaign)

    bag = client.get("/bag").text
    checkout = client.post("/checkout/fields", data=ADDRESS).text

    assert "¥100 deposit now, balance ¥298 when the goods are here." in bag
    assert "Sent between 23 Dec 2026 and 7 Jan 2027." in bag
    assert "Check out, ¥100" in bag
    assert "Pay ¥112.00" in checkout
    assert "Balance, later" in checkout


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "¥50 earnest money now, balance ¥348 when the goods are here."),
        ("zh-Hans", "现付定金 ¥50，到货后付尾款 ¥348。"),
    ],
)
def test_earnest_money_is_named_and_its_law_stands_before_the_payment(
    client, owner, language, words
):
    campaign = cast.campaign(owner, MONDAY, deposit_kind=DepositKind.EARNEST, sku={"deposit": 5000})
    join(client, campaign)

    bag = client.get(f"/bag?lang={language}").text
    checkout = client.get("/checkout").text

    assert words in bag
    assert "定金" in checkout
    assert "订金" not in checkout
    assert f"/pre/{campaign.slug}#rules" in checkout


def test_an_order_is_made_of_it_with_the_terms_that_were_shown(client, campaign):
    join(client, campaign, quantity="2")

    answer = order(client)

    assert answer.status_code == 303
    (made,) = rows(Order)
    assert [due.amount for due in rows(OrderDue)] == [2 * 10000]
    assert made.terms["presales"][str(campaign.id)]["hash"] == campaign.terms["hash"]
    assert rows(Commitment)[0].quantity == 2


def test_without_htmx_and_with_it_the_same_order_is_made(client, visit, campaign):
    ada = visit()
    join(ada, campaign)
    typed = filled(ada)
    answer = ada.post("/checkout/order", data=typed, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"].startswith("/o/")
    assert len(rows(Order)) == 1


def test_ready_goods_and_presales_stand_apart_in_one_bag(client, owner, campaign):
    client.post("/bag", data={"variant": piece(owner, MONDAY)})
    join(client, campaign, bag="1")

    english = client.get("/bag").text
    chinese = client.get("/bag?lang=zh-Hans").text

    assert english.index("In stock") < english.index(">Presale<")
    assert "现货" in chinese
    assert "预售</h2>" in chinese
    assert "Check out, ¥1,380" in english


def test_delivery_is_quoted_both_ways_and_chosen(client, owner, campaign):
    variant = piece(owner, MONDAY, price=10000)
    client.post("/bag", data={"variant": variant})
    join(client, campaign)

    text = client.post("/checkout/fields", data=ADDRESS).text
    apart = client.post("/checkout/fields", data=ADDRESS | {"parcels": "as_ready"}).text
    answer = order(client, parcels="as_ready")

    assert "when the last of it is here, by 7 Jan 2027 at the latest" in text
    assert text.count("delivery ¥") == 2
    assert "Delivery of what is there already" in apart
    assert "Delivery of the presale" in apart
    assert answer.status_code == 303
    assert rows(Order)[0].ship_together is False


def test_together_is_what_one_gets_without_choosing(client, owner, campaign):
    client.post("/bag", data={"variant": piece(owner, MONDAY, price=10000)})
    join(client, campaign)

    order(client)

    assert rows(Order)[0].ship_together is True


def test_a_presale_alone_asks_nothing_about_parcels(client, campaign):
    join(client, campaign)

    assert 'name="parcels"' not in client.get("/checkout").text


def test_a_campaigns_own_questions_are_asked_and_its_answers_kept(client, owner):
    campaign = cast.campaign(owner, MONDAY, questions=(BUILDING, ENGRAVING))
    join(client, campaign)
    building, engraving = (f"answer-{campaign.id}-{place}" for place in (0, 1))

    refused = order(client, **{engraving: "A. L."})
    answer = order(client, **{building: "7", engraving: "A. L."}, anonymous="1")

    assert refused.status_code == 422
    assert f'id="{building}-error"' in refused.text
    assert 'value="A. L."' in refused.text
    assert answer.status_code == 303
    (who,) = rows(Participation)
    assert who.answers == {"building": "7", "engraving": "A. L."}
    assert who.is_anonymous


def test_questions_are_asked_in_the_readers_language(client, owner):
    campaign = cast.campaign(owner, MONDAY, questions=(BUILDING,))
    join(client, campaign)

    assert "几号楼？" in client.get("/checkout?lang=zh-Hans").text


def test_an_answer_nobody_asked_for_is_not_kept(client, campaign):
    join(client, campaign)

    order(client, **{f"answer-{campaign.id}-0": "x", "answer-99-0": "y", "answer-1-999": "z"})

    assert rows(Participation)[0].answers == {}


def test_more_than_one_person_may_have_is_said_and_nothing_typed_is_lost(client, visit, owner):
    campaign = cast.campaign(owner, MONDAY, per_person_limit=2)
    join(client, campaign, quantity="2")
    order(client)
    again = visit()
    join(again, campaign, quantity="1")

    answer = order(again)

    assert answer.status_code == 409
    assert "One person may have 2 in this presale at most" in answer.text
    assert 'value="测试路1号"' in answer.text
    assert len(rows(Order)) == 1


def test_a_presale_that_closed_meanwhile_is_taken_out_and_the_rest_bought(client, owner, clock):
    campaign = cast.campaign(owner, MONDAY, closes_at=MONDAY + timedelta(hours=1))
    client.post("/bag", data={"variant": piece(owner, MONDAY)})
    join(client, campaign)
    clock.advance(hours=1)

    bag = client.get("/bag").text
    answer = order(client)

    assert "This presale is closed" in bag
    assert answer.status_code == 409
    assert "This presale is closed" in answer.text
    assert "Take it out and go on" in answer.text
    assert rows(Order) == []


def test_a_place_taken_by_somebody_else_leads_to_the_waiting_list(client, owner):
    campaign = cast.campaign(owner, MONDAY, threshold=1, sku={"cap": 1})
    medium, _large = cast.skus(campaign.id)
    join(client, campaign, bag="1")
    cast.confirmed(owner, {medium.id: 1}, MONDAY)

    bag = client.get("/bag").text
    answer = client.post("/checkout")

    assert "All places are taken" in bag
    assert f'href="/pre/{campaign.slug}/waiting"' in bag
    assert answer.status_code == 409
    assert "All places are taken" in answer.text


def test_a_deposit_that_counts_for_more_lowers_the_total(client, owner):
    campaign = cast.campaign(owner, MONDAY, sku={"deposit": 5000, "counts_for": 10000})
    join(client, campaign)

    order(client)

    (line,) = rows(OrderLine)
    assert (line.total, line.discount, line.balance) == (34800, 5000, 29800)


def test_more_for_a_pack_is_paid_for_now_and_named(client, owner):
    campaign = cast.campaign(owner, MONDAY, sku={"pack_size": 4})
    join(client, campaign, tolerance="2")

    bag = client.get("/bag").text
    order(client)

    assert "2 more if a pack needs them." in bag
    (commitment,) = rows(Commitment)
    assert (commitment.quantity, commitment.tolerance) == (1, 2)


def taken_out(client, variant, units="1"):
    """Take a line out; returns where that leads, and what putting it back sends along."""
    taken = client.post(f"/bag/lines/{variant}", data={"remove": "1", "quantity": units})
    return taken.location, re.findall(
        r'name="kept" value="([^"]+)"', client.get(taken.location).text
    )


def test_a_presale_taken_out_of_the_bag_can_be_put_back_as_one(client, campaign):
    medium, _large = cast.skus(campaign.id)
    join(client, campaign, quantity="2", bag="1")

    _where, (kept,) = taken_out(client, medium.variant_id, "2")
    client.post(f"/bag/lines/{medium.variant_id}/restoration", data={"units": "2", "kept": kept})

    assert "Check out, ¥200" in client.get("/bag").text


def test_what_is_put_back_still_comes_by_its_groups_link(client, owner, campaign):
    medium, _large = cast.skus(campaign.id)
    link = community.link(community.leader(owner), campaign.id, MONDAY)
    client.post(f"/g/{link.code}/joins", data={"sku": medium.id, "bag": "1"})

    _where, (kept,) = taken_out(client, medium.variant_id)
    client.delete_cookie("groups", domain="127.0.0.1")
    client.post(f"/bag/lines/{medium.variant_id}/restoration", data={"units": "1", "kept": kept})
    client.post("/checkout")
    order(client)

    (person,) = rows(Participation)
    assert person.link_id == link.id


@pytest.mark.parametrize("spoilt", ["1~0~7~0-forged", "x", "1~0~0~0", "-", "~" * 300])
def test_how_a_line_came_into_the_bag_is_nobodys_to_choose(client, visit, campaign, spoilt):
    medium, _large = cast.skus(campaign.id)
    join(client, campaign, bag="1")
    _where, (kept,) = taken_out(client, medium.variant_id)
    other = visit()
    join(other, campaign, bag="1")
    back = f"/bag/lines/{medium.variant_id}/restoration"

    assert client.post(back, data={"units": "1", "kept": spoilt}).status_code == 404
    assert other.post(back, data={"units": "1", "kept": kept}).status_code == 404


def test_ones_own_place_is_known_in_the_browser_that_made_the_order(client, visit, campaign):
    join(client, campaign)
    order(client)
    (made,) = rows(Order)
    cast.paid(made.id, MONDAY)

    mine = client.get(f"/pre/{campaign.slug}/mine").text
    part = client.get(f"/pre/{campaign.slug}/mine", headers={"HX-Request": "true"}).text
    other = visit().get(f"/pre/{campaign.slug}/mine").text

    assert "You are number 1." in mine
    assert 'class="is-mine"' in part
    assert "<html" not in part
    assert "You are number 1." not in other
