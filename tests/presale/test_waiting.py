"""The waiting list: in order, one offer after another, nobody jumps the queue."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.orders.commands import pay
from app.orders.commands.cancel import take_off_subject
from app.orders.commands.place import CLOSING_GRACE
from app.orders.commands.settle import settle
from app.payments.models import Payment
from app.platform.actor import GUEST, SYSTEM
from app.platform.db import db
from app.presale.commands import clockwork, editing, late, production, waiting
from app.presale.commands.holding import Wanted, reserve
from app.presale.commands.joining import Joining
from app.presale.commands.production import Count
from app.presale.commands.waiting import NewWish
from app.presale.errors import CampaignFull, NotOpen, OfferGone
from app.presale.models import CampaignSku, Stage, SupplyMode, WaitingEntry
from app.presale.queries.offers import Asked, offers
from app.presale.rules.shortage import ticket
from tests.cast import House, captured, house
from tests.conftest import StoppedClock
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def full(now) -> tuple[House, int, int, int]:
    """A campaign whose two places are taken: owner, campaign, SKU and the order that took them."""
    owner = house(now)
    campaign = cast.campaign(
        owner, now, sku={"cap": 2}, supply_mode=SupplyMode.MADE_TO_ORDER,
        variants=cast.shirt(owner, now, ("M",)),
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {sku.id: 2}, now)
    return owner, campaign.id, sku.id, order_id


def wish(campaign_id: int, sku_id: int, who: str, now: datetime, quantity: int = 1) -> int:
    new = NewWish(sku_id, quantity, f"{who}@example.org", "en", who)
    return waiting.wish(campaign_id, new, actor=GUEST, now=now)


def entry(entry_id: int) -> WaitingEntry:
    db.session.rollback()
    return db.session.get_one(WaitingEntry, entry_id, populate_existing=True)


def counters(sku_id: int) -> tuple[int, int]:
    db.session.rollback()
    sku = db.session.get_one(CampaignSku, sku_id, populate_existing=True)
    return sku.committed, sku.held


def give_up(order_id: int, campaign_id: int, now: datetime) -> None:
    take_off_subject(
        order_id, f"campaign:{campaign_id}", cause="buyer", idempotency_key=f"up-{order_id}",
        actor=SYSTEM, now=now,
    )  # fmt: skip


def test_a_full_campaign_is_sold_out_and_open_again_when_a_place_is_free(full, now):
    _owner, campaign_id, _sku_id, order_id = full
    assert cast.fresh(campaign_id).state == "sold_out"

    give_up(order_id, campaign_id, now)

    assert cast.fresh(campaign_id).state == "open"


def test_a_raised_cap_opens_a_campaign_that_was_sold_out(full, now):
    owner, campaign_id, sku_id, _order = full

    editing.set_cap(campaign_id, sku_id, 3, actor=owner.staff(), now=now)

    assert cast.fresh(campaign_id).state == "open"
    cast.confirmed(owner, {sku_id: 1}, now)
    assert cast.fresh(campaign_id).state == "sold_out"
    editing.set_cap(campaign_id, sku_id, None, actor=owner.staff(), now=now)
    assert cast.fresh(campaign_id).state == "open"


def test_a_cap_lowered_to_what_is_taken_sells_out(full, now):
    owner, campaign_id, sku_id, _order = full
    states = []
    for cap in (3, 2):
        editing.set_cap(campaign_id, sku_id, cap, actor=owner.staff(), now=now)
        states.append(cast.fresh(campaign_id).state)

    assert states == ["open", "sold_out"]


def test_a_freed_place_is_offered_in_order_in_the_same_transaction(full, now):
    _owner, campaign_id, sku_id, order_id = full
    first, second, third = (wish(campaign_id, sku_id, who, now) for who in ("ada", "ben", "cleo"))

    give_up(order_id, campaign_id, now)

    states = [entry(one).state for one in (first, second, third)]
    assert states == ["offered", "offered", "waiting"]
    assert counters(sku_id) == (0, 2)


def test_nobody_jumps_the_queue(full, now):
    _owner, campaign_id, sku_id, order_id = full
    for who in ("ada", "ben", "cleo"):
        wish(campaign_id, sku_id, who, now)
    give_up(order_id, campaign_id, now)

    with pytest.raises(CampaignFull):
        reserve("checkout:new", [Wanted(sku_id, 1)], until=now + CLOSING_GRACE, now=now)
    assert offers([Asked(sku_id)], now=now)[sku_id].free == 0


def test_a_place_that_comes_free_by_itself_is_the_queues_before_anybody_has_looked(now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, sku={"cap": 1}, supply_mode=SupplyMode.MADE_TO_ORDER,
        variants=cast.shirt(owner, now, ("M",)),
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    over = now + CLOSING_GRACE
    reserve("checkout:first", [Wanted(sku.id, 1)], until=over, now=now)
    wish(campaign.id, sku.id, "ada", now)

    with pytest.raises(CampaignFull):
        reserve("checkout:new", [Wanted(sku.id, 1)], until=over + CLOSING_GRACE, now=over)


def test_an_offer_is_taken_up_at_checkout(full, now):
    owner, campaign_id, sku_id, order_id = full
    ada = wish(campaign_id, sku_id, "ada", now)
    give_up(order_id, campaign_id, now)
    until = now + CLOSING_GRACE

    reserve("checkout:ada", [Wanted(sku_id, 1, waiting_id=ada)], until=until, now=now)
    joined = cast.confirmed(
        owner, {sku_id: 1}, now, holder="checkout:ada",
        joining=Joining(offered=frozenset({campaign_id})),
    )  # fmt: skip

    assert entry(ada).state == "accepted"
    assert cast.order(joined).headline == "promised"
    assert counters(sku_id) == (1, 0)


def test_an_offer_that_is_not_taken_up_passes_on(full, clock, now):
    _owner, campaign_id, sku_id, order_id = full
    ada, ben = (wish(campaign_id, sku_id, who, now, quantity=2) for who in ("ada", "ben"))
    give_up(order_id, campaign_id, now)
    assert entry(ada).state == "offered"

    clock.advance(hours=24)
    clockwork.advance()

    assert [entry(one).state for one in (ada, ben)] == ["expired", "offered"]
    assert counters(sku_id) == (0, 2)


def test_an_offer_lasts_two_hours_on_the_last_day(full, clock, now):
    _owner, campaign_id, sku_id, order_id = full
    ada = wish(campaign_id, sku_id, "ada", now)
    clock.advance(days=6, hours=1)

    give_up(order_id, campaign_id, clock.now)

    lasts = entry(ada).offered_until - clock.now
    assert lasts.total_seconds() == 2 * 3600


def test_declining_passes_on_and_declining_again_says_so(full, now):
    _owner, campaign_id, sku_id, order_id = full
    ada, ben = (wish(campaign_id, sku_id, who, now, quantity=2) for who in ("ada", "ben"))
    give_up(order_id, campaign_id, now)
    token = entry(ada).token

    waiting.decline(token, now=now)

    assert [entry(one).state for one in (ada, ben)] == ["declined", "offered"]
    with pytest.raises(OfferGone):
        waiting.decline(token, now=now)


def test_a_raised_cap_serves_the_waiting_list_first(full, now):
    owner, campaign_id, sku_id, _order_id = full
    ada = wish(campaign_id, sku_id, "ada", now)

    editing.set_cap(campaign_id, sku_id, 3, actor=owner.staff(), now=now)

    assert entry(ada).state == "offered"
    assert counters(sku_id) == (2, 1)


def test_one_wish_a_person_and_sku(full, now):
    _owner, campaign_id, sku_id, _order_id = full

    assert wish(campaign_id, sku_id, "ada", now) == wish(campaign_id, sku_id, "ADA", now)


def test_whose_money_came_too_late_heads_the_list(clock, now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, sku={"cap": 1}, supply_mode=SupplyMode.MADE_TO_ORDER,
        variants=cast.shirt(owner, now, ("M",)),
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    slow = cast.joined(owner, {sku.id: 1}, now, email="slow@example.org")
    payment_id = pay.open_attempt(slow, "sandbox", actor=GUEST, now=now)
    payment = db.session.get_one(Payment, payment_id)
    clock.advance(minutes=40)
    pay._close(slow, now=clock.now)
    cast.confirmed(owner, {sku.id: 1}, clock.now)
    ben = wish(campaign.id, sku.id, "ben", clock.now)

    settle(captured(payment.reference, payment.amount, clock.now), now=clock.now)
    assert late.put_first(slow, now=clock.now) == 1

    rows = db.session.scalars(
        select(WaitingEntry.email).order_by(WaitingEntry.rank, WaitingEntry.id)
    ).all()
    assert rows == ["slow@example.org", "ben@example.org"]
    assert entry(ben).state == "waiting"


def test_a_draw_is_in_an_order_anybody_can_compute(clock, now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, sku={"cap": 2}, supply_mode=SupplyMode.MADE_TO_ORDER, is_draw=True,
        variants=cast.shirt(owner, now, ("M",)),
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    with pytest.raises(NotOpen):
        cast.joined(owner, {sku.id: 1}, now)
    entries = [wish(campaign.id, sku.id, f"p{number}", now) for number in range(6)]

    clock.advance(days=7)
    clockwork.advance()

    seed = cast.fresh(campaign.id).seed
    drawn = sorted((entry(one) for one in entries), key=lambda one: ticket(seed, one.code))
    assert [one.draw_place for one in drawn] == [1, 2, 3, 4, 5, 6]
    assert [one.state for one in drawn] == ["offered"] * 2 + ["waiting"] * 4
    assert cast.fresh(campaign.id).state == "closing"


def test_nothing_of_a_draw_is_offered_before_it_is_drawn(clock, now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, sku={"cap": 2}, supply_mode=SupplyMode.MADE_TO_ORDER, is_draw=True,
        variants=cast.shirt(owner, now, ("M",)),
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    early = wish(campaign.id, sku.id, "early", now)

    clock.advance(days=3)
    clockwork.advance()

    assert entry(early).state == "waiting"


def test_a_place_without_goods_is_not_offered(clock, now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, sku={"cap": 3}, supply_mode=SupplyMode.MADE_TO_ORDER,
        variants=cast.shirt(owner, now, ("M",)),
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    joined = [cast.confirmed(owner, {sku.id: 1}, now) for _ in range(3)]
    waits = wish(campaign.id, sku.id, "waits", now)
    clock.advance(days=7)
    clockwork.advance()
    production.start_production(campaign.id, actor=owner.staff(), now=clock.now)
    for stage, units in ((Stage.RECEIVED, 3), (Stage.PASSED, 2)):
        counted = Count(sku.id, stage, units)
        production.record_production(campaign.id, counted, actor=owner.staff(), now=clock.now)
    production.mark_arriving(campaign.id, actor=owner.staff(), now=clock.now)

    production.split_shortage(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    assert entry(waits).state == "waiting"
    give_up(joined[0], campaign.id, clock.now)
    assert entry(waits).state == "offered"
