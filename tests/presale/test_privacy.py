"""Presales give a shopper what is kept of them, and forget it when they leave."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from app.customers.models import Customer
from app.orders.commands.cancel import cancel_unpaid
from app.orders.commands.claim import claim
from app.orders.errors import StillUnderWay
from app.orders.privacy import erase as erase_orders
from app.platform.actor import SYSTEM, Actor
from app.platform.db import db
from app.platform.privacy import covered_tables
from app.platform.transaction import transaction
from app.presale import privacy
from app.presale.commands import late, reminding, waiting
from app.presale.commands.waiting import NewWish
from app.presale.models import CampaignReminder, Participation, WaitingEntry, WaitingState
from app.presale.rules.stage import Stage
from tests.cast import house
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")
ADA = "ada@example.org"


@pytest.fixture
def ada(clock):
    """An account that joined, waits, and wants to be reminded."""
    now = clock.now
    owner = house(now)
    with transaction():
        customer_id = db.session.execute(
            insert(Customer)
            .values(
                email=ADA, name="Ada", phone="", locale="en", session_epoch=1, created_at=now,
                verified_at=now,
            )
            .returning(Customer.id)
        ).scalar_one()  # fmt: skip
    campaign = cast.campaign(
        owner, now, threshold=1, variants=cast.shirt(owner, now, ("M",)), sku={"cap": 1}
    )
    (sku,) = cast.skus(campaign.id)
    cast.confirmed(owner, {sku.id: 1}, now, email=ADA)
    claim(customer_id, ADA)
    actor = Actor("customer", customer_id)
    waiting.wish(campaign.id, NewWish(sku.id, 1, ADA, "en", "Ada"), actor=actor, now=now)
    reminding.ask(campaign.id, ADA, "en", stage=Stage.FULL, actor=actor, now=now)
    return customer_id


def test_everything_kept_is_handed_over(ada):
    place, wish, reminder = privacy.export(ada)

    assert (place["number"], place["email"]) == (1, ADA)
    assert wish["name"] == "Ada"
    assert reminder["email"] == ADA


def test_the_tables_that_name_somebody_are_covered(ada):
    assert {"participation", "waiting_entry", "campaign_reminder"} <= covered_tables()


def test_a_place_stays_without_a_name_and_the_rest_ends(ada, clock):
    privacy.erase(ada, clock.now)

    db.session.rollback()
    person = db.session.scalars(select(Participation)).one()
    entry = db.session.scalars(select(WaitingEntry)).one()
    assert (person.number, person.name, person.email) == (1, "", f"erased-{ada}")
    assert (entry.state, entry.name, entry.email) == (WaitingState.LEFT, "", f"erased-{ada}")
    assert db.session.scalars(select(CampaignReminder)).all() == []


def test_nobody_is_erased_while_goods_are_promised_to_them(ada, clock):
    with pytest.raises(StillUnderWay):
        erase_orders(ada, clock.now)


def test_what_was_wished_for_without_signing_in_ends_too(ada, clock):
    (wish,) = db.session.scalars(select(WaitingEntry)).all()
    with transaction():
        db.session.get_one(WaitingEntry, wish.id).customer_id = None

    privacy.erase(ada, clock.now)

    db.session.rollback()
    entry = db.session.scalars(select(WaitingEntry)).one()
    assert (entry.state, entry.name, entry.email) == (WaitingState.LEFT, "", f"erased-{ada}")


def test_nobody_who_was_taken_out_heads_the_waiting_list(clock):
    now, owner = clock.now, house(clock.now)
    campaign = cast.campaign(owner, now, threshold=1)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.joined(owner, {medium.id: 1}, now)
    cancel_unpaid(order_id, actor=SYSTEM, cause="buyer", now=now)
    with transaction():
        db.session.scalars(select(Participation)).one().name = ""

    late.put_first(order_id, now=now)

    assert db.session.scalars(select(WaitingEntry)).all() == []
