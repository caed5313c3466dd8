"""Too few goods: split as fixed, paid back to the cent, and to be computed again."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.orders import queries as orders
from app.orders.ledger import refunded_by_line, sums
from app.platform.db import db
from app.platform.errors import Forbidden
from app.presale.commands import balances, clockwork, compensation, lifecycle, production
from app.presale.commands.joining import Joining
from app.presale.commands.production import Count
from app.presale.errors import NotNow
from app.presale.models import (
    CampaignSku,
    Commitment,
    Compensation,
    DepositKind,
    PaymentMode,
    ShortagePolicy,
    ShortageSplit,
    Stage,
    SupplyMode,
)
from app.presale.rules.shortage import split
from app.presale.rules.threshold import Wish, fill_packs, packs
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.presale import cast

AMOUNTS = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 4)), min_size=1, max_size=12)
WISHES = AMOUNTS.map(
    lambda amounts: [Wish(n, quantity, more, n) for n, (quantity, more) in enumerate(amounts, 1)]
)


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


def arrive(campaign_id: int, owner: House, passed: int, now: datetime) -> None:
    staff = owner.staff()
    production.start_production(campaign_id, actor=staff, now=now)
    (sku,) = cast.skus(campaign_id)
    for stage in (Stage.RECEIVED, Stage.PASSED):
        production.record_production(
            campaign_id, Count(sku.id, stage, passed), actor=staff, now=now
        )
    production.mark_arriving(campaign_id, actor=staff, now=now)


def closed(clock, owner: House, units: list[int], **facts) -> tuple[int, list[int]]:
    """A campaign for one size that went ahead, joined with so many units each."""
    now = clock.now
    campaign = cast.campaign(owner, now, variants=cast.shirt(owner, now, ("M",)), **facts)
    (sku,) = cast.skus(campaign.id)
    joined = [cast.confirmed(owner, {sku.id: quantity}, now) for quantity in units]
    clock.advance(days=7)
    clockwork.advance()
    return campaign.id, joined


@given(policy=st.sampled_from(list(ShortagePolicy)), wishes=WISHES, available=st.integers(0, 80))
def test_a_split_gives_away_exactly_what_is_there(policy, wishes, available):
    shares = split(policy, wishes, available, seed="s")

    owed = {wish.id: wish.quantity for wish in wishes}
    assert sum(shares.values()) == min(available, sum(owed.values()))
    assert all(0 <= shares[one] <= owed[one] for one in owed)
    assert shares == split(policy, list(reversed(wishes)), available, seed="s")


@given(wishes=WISHES, pack_size=st.integers(1, 8))
def test_packs_leave_nothing_over_and_are_not_opened_by_tolerance_alone(wishes, pack_size):
    shares = fill_packs(wishes, pack_size)

    given_away = sum(shares.values())
    wanted = sum(wish.quantity for wish in wishes)
    assert given_away % pack_size == 0
    assert given_away < wanted + pack_size
    assert all(shares[w.id] <= w.quantity + w.tolerance for w in wishes)


@pytest.mark.parametrize(
    ("quantity", "tolerance", "expected"), [(2, 2, 1), (4, 4, 1), (5, 3, 2), (0, 8, 0), (3, 0, 0)]
)
def test_packs_of_four(quantity, tolerance, expected):
    assert packs(quantity=quantity, tolerance=tolerance, pack_size=4) == expected


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("policy", list(ShortagePolicy))
def test_a_shortage_moves_goods_and_money_in_one_step(clock, now, policy):
    owner = house(now)
    campaign_id, joined = closed(
        clock, owner, [2, 1, 3], shortage_policy=policy, payment_mode=PaymentMode.FULL
    )
    arrive(campaign_id, owner, 4, clock.now)

    short = production.split_shortage(campaign_id, actor=owner.staff(), now=clock.now)
    for _ in range(2):
        clockwork.advance()

    db.session.rollback()
    rows = db.session.scalars(select(Commitment).order_by(Commitment.id)).all()
    kept = sum(row.quantity + row.tolerance - row.cut for row in rows)
    paid_back = sum(sum(refunded_by_line(one).values()) for one in joined)
    assert list(short.values()) == [2]
    assert kept == 4
    assert paid_back == 2 * cast.PRICE
    sku = db.session.get_one(CampaignSku, cast.skus(campaign_id)[0].id, populate_existing=True)
    assert sku.committed == 4


@pytest.mark.usefixtures("app")
def test_splitting_again_does_nothing_and_the_split_can_be_computed_again(clock, now):
    owner = house(now)
    campaign_id, _joined = closed(
        clock, owner, [2, 2], shortage_policy=ShortagePolicy.LOTTERY,
        payment_mode=PaymentMode.FULL,
    )  # fmt: skip
    arrive(campaign_id, owner, 3, clock.now)
    production.split_shortage(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    again = production.split_shortage(campaign_id, actor=owner.staff(), now=clock.now)

    (kept,) = db.session.scalars(select(ShortageSplit)).all()
    rows = db.session.scalars(select(Commitment).order_by(Commitment.id)).all()
    wishes = [Wish(row.id, row.quantity, 0, number) for number, row in enumerate(rows, 1)]
    computed = split(ShortagePolicy(kept.policy), wishes, kept.available, seed=kept.seed)
    assert again == {}
    assert {str(one): units for one, units in computed.items()} == kept.shares


@pytest.mark.usefixtures("app")
def test_tolerance_no_pack_needs_is_paid_back(clock, now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, variants=cast.shirt(owner, now, ("M",)), payment_mode=PaymentMode.FULL,
        sku={"pack_size": 4, "cap": 40},
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    cast.confirmed(owner, {sku.id: 3}, now)
    generous = cast.confirmed(
        owner, {sku.id: 3}, now, joining=Joining(tolerance={sku.id: 2})
    )  # wants one, takes up to three
    clock.advance(days=7)
    clockwork.advance()

    production.start_production(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    assert cast.skus(campaign.id)[0].ordered == 4
    assert sum(refunded_by_line(generous).values()) == 2 * cast.PRICE


@pytest.mark.usefixtures("app")
def test_a_cut_before_the_balance_lowers_the_balance(clock, now):
    owner = house(now)
    campaign_id, (order_id,) = closed(clock, owner, [3])
    arrive(campaign_id, owner, 2, clock.now)
    production.split_shortage(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    balances.open_balance(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    assert cast.balance_of(order_id).amount == 2 * (cast.PRICE - cast.DEPOSIT)
    assert sum(refunded_by_line(order_id).values()) == cast.DEPOSIT
    cast.paid(order_id, clock.now)
    assert sums(order_id)[0] == 3 * cast.DEPOSIT + 2 * (cast.PRICE - cast.DEPOSIT) + 1200


@pytest.mark.usefixtures("app")
def test_who_gets_nothing_pays_no_delivery(clock, now):
    owner = house(now)
    campaign_id, (first, last) = closed(clock, owner, [1, 2], payment_mode=PaymentMode.FULL)
    arrive(campaign_id, owner, 1, clock.now)

    production.split_shortage(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    (decision,) = orders.refund_decisions(last)
    assert (decision.amount, decision.shipping_amount) == (2 * cast.PRICE + 1200, 1200)
    assert orders.refund_decisions(first) == []


@pytest.mark.usefixtures("app")
def test_numbers_that_do_not_add_up_are_refused(clock, now):
    owner = house(now)
    campaign_id, _joined = closed(clock, owner, [3])
    production.start_production(campaign_id, actor=owner.staff(), now=clock.now)
    (sku,) = cast.skus(campaign_id)

    for count in (Count(sku.id, Stage.PASSED, 1), Count(sku.id, Stage.RECEIVED, -1)):
        with pytest.raises(NotNow):
            production.record_production(campaign_id, count, actor=owner.staff(), now=clock.now)


@pytest.mark.usefixtures("app")
def test_a_shop_that_fails_owes_an_earnest_deposit_twice_and_two_people_decide(clock, now):
    owner = house(now)
    campaign_id, (order_id,) = closed(
        clock, owner, [3], deposit_kind=DepositKind.EARNEST, sku={"cap": 10, "deposit": 5000}
    )
    dora, cleo = owner.staff(staff_id=1), owner.staff(staff_id=2)
    lifecycle.cancel(campaign_id, reason="The mill burnt down.", actor=dora, now=clock.now)
    clockwork.advance()

    owed = db.session.scalars(select(Compensation)).one()
    compensation.approve(owed.id, actor=dora, now=clock.now)
    with pytest.raises(Forbidden):
        compensation.approve(owed.id, actor=dora, now=clock.now)
    compensation.approve(owed.id, actor=cleo, now=clock.now)
    compensation.note_paid(owed.id, "bank 1", actor=cleo, now=clock.now)

    assert (owed.amount, owed.order_id) == (15000, order_id)
    db.session.refresh(owed)
    assert owed.state == "paid"
    view = orders.for_mail(order_id)
    assert view.captured.minor == 15000 + 1200


@pytest.mark.usefixtures("app")
def test_what_fails_after_a_shortage_is_owed_twice_as_well_and_agreed_on_anew(clock, now):
    owner = house(now)
    earnest = {"deposit_kind": DepositKind.EARNEST, "sku": {"cap": 10, "deposit": 5000}}
    campaign_id, _joined = closed(clock, owner, [3], **earnest)
    arrive(campaign_id, owner, 2, clock.now)
    dora, cleo = owner.staff(staff_id=1), owner.staff(staff_id=2)
    production.split_shortage(campaign_id, actor=dora, now=clock.now)
    clockwork.advance()
    owed = db.session.scalars(select(Compensation)).one()
    for who in (dora, cleo):
        compensation.approve(owed.id, actor=who, now=clock.now)
    for_one = owed.amount

    lifecycle.cancel(campaign_id, reason="The store burnt down.", actor=dora, now=clock.now)
    for _twice in range(2):
        clockwork.advance()

    db.session.refresh(owed)
    assert (for_one, owed.amount, owed.state) == (5000, 15000, "proposed")
    assert (owed.proposed_by, owed.approved_by) == (None, None)


@pytest.mark.usefixtures("app")
def test_goods_from_a_shelf_are_kept_for_the_campaign_and_sold_in_the_end(clock, now):
    from app.catalog.commands import stock
    from app.catalog.errors import OutOfStock
    from app.catalog.models import MovementReason, Stock
    from app.platform.actor import SYSTEM

    owner = house(now)
    variants = cast.shirt(owner, now, ("M",))
    stock.count(
        variants[0], owner.store_id, 5, reason=MovementReason.RECEIVED, actor=SYSTEM, now=now
    )
    campaign = cast.campaign(
        owner, now, variants=variants, supply_mode=SupplyMode.STOCK, sku={"cap": 5},
        payment_mode=PaymentMode.FULL,
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    with pytest.raises(OutOfStock):
        stock.reserve("checkout:x", [stock.Wanted(variants[0], 1)], until=now, now=now)
    order_id = cast.confirmed(owner, {sku.id: 2}, now)
    clock.advance(days=7)
    clockwork.advance()

    production.start_fulfilling(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    row = db.session.scalars(select(Stock).where(Stock.variant_id == variants[0])).one()
    assert (row.on_hand, row.held) == (3, 0)
    assert cast.order(order_id).headline == "to_ship"
