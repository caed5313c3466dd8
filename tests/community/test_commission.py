"""What links earn follows their orders: confirmed, paid in full, paid back, lost."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.community.commands.commission import follow_order
from app.community.queries.commission import Commission, booked, commissions, recompute
from app.fulfilment.commands.parcels import NewParcel, ship
from app.fulfilment.models import Parcel, ParcelLine
from app.orders.commands import cancel, fulfil
from app.orders.commands.cancel import RefundRequest
from app.orders.errors import NotNow, RefundAboveLimit, TooManyUnits
from app.orders.queries import for_mail
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import balances, clockwork, leaving, production
from app.presale.models import BalanceUnpaid, Campaign, DepositKind, PaymentMode, SupplyMode
from tests import cast
from tests.cast import House
from tests.community import cast as community
from tests.conftest import StoppedClock
from tests.presale import cast as presale
from tests.presale.test_flow import goods_arrive

pytestmark = pytest.mark.usefixtures("app")

FIVE_PERCENT_OF_DEPOSIT = presale.DEPOSIT // 20
SHIPPING = 1200


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def owner(now) -> House:
    return cast.house(now)


def shared(owner: House, now: datetime, **facts: Any):
    """A campaign, its SKUs, and Xiaoyu's link of it."""
    xiaoyu = community.leader(owner)
    campaign = community.campaign(owner, now, **facts)
    return campaign, presale.skus(campaign.id), community.link(xiaoyu, campaign.id, now)


def joined(owner: House, link, sku_id: int, now: datetime, units: int = 1, **facts: Any) -> int:
    joining = community.through(link)
    return presale.confirmed(owner, {sku_id: units}, now, joining=joining, **facts)


def line_of(order_id: int) -> int:
    return for_mail(order_id).lines[0].id


def until_the_balance_is_asked_for(owner: House, campaign_id: int, clock: StoppedClock) -> None:
    clock.advance(days=7)
    clockwork.advance()
    goods_arrive(campaign_id, owner.staff(), clock.now)
    balances.open_balance(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()


def test_a_confirmed_join_earns_on_the_deposit_alone(owner, now):
    _campaign, (medium, _large), link = shared(owner, now)

    order_id = joined(owner, link, medium.id, now)

    (entry,) = community.entries(link.id)
    assert (entry.kind, entry.base, entry.amount) == (
        "accrued",
        presale.DEPOSIT,
        FIVE_PERCENT_OF_DEPOSIT,
    )
    assert for_mail(order_id).captured.minor == presale.DEPOSIT + SHIPPING
    assert booked(link.id) == recompute(link.id)


def test_who_only_ordered_has_earned_nobody_anything(owner, now):
    _campaign, (medium, _large), link = shared(owner, now)

    presale.joined(owner, {medium.id: 1}, now, joining=community.through(link))

    assert community.entries(link.id) == []
    assert recompute(link.id) == 0


def test_who_came_by_no_link_earns_nobody_anything(owner, now):
    _campaign, (medium, _large), link = shared(owner, now)

    presale.confirmed(owner, {medium.id: 1}, now)

    assert community.entries(link.id) == []


def test_the_balance_earns_when_it_is_paid(owner, now, clock):
    campaign, (medium, _large), link = shared(owner, now)
    order_id = joined(owner, link, medium.id, now, units=3)
    until_the_balance_is_asked_for(owner, campaign.id, clock)

    presale.paid(order_id, clock.now)

    assert [entry.base for entry in community.entries(link.id)] == [
        3 * presale.DEPOSIT,
        3 * (presale.PRICE - presale.DEPOSIT),
    ]
    assert booked(link.id) == recompute(link.id) == 3 * presale.PRICE // 20


def test_a_refund_takes_back_its_share_when_it_is_decided(owner, now):
    campaign, (medium, _large), link = shared(
        owner, now, payment_mode=PaymentMode.FULL, supply_mode=SupplyMode.MADE_TO_ORDER
    )
    order_id = joined(owner, link, medium.id, now, units=2)
    assert campaign.commission_bp == community.RATE

    cancel.refund(
        order_id,
        RefundRequest(line_amounts={line_of(order_id): 9900}, shipping=1200),
        actor=owner.staff(),
        idempotency_key="goodwill",
        now=now,
    )

    *_before, reversed_ = community.entries(link.id)
    assert (reversed_.kind, reversed_.base, reversed_.amount) == ("reversed", -9900, -495)
    assert "refund:" in reversed_.reference
    assert booked(link.id) == recompute(link.id) == (2 * presale.PRICE - 9900) // 20


def test_who_leaves_takes_everything_back(owner, now):
    _campaign, (medium, _large), link = shared(owner, now)
    order_id = joined(owner, link, medium.id, now)

    leaving.leave(community.participation(order_id).id, now=now)

    assert booked(link.id) == recompute(link.id) == 0
    assert [entry.kind for entry in community.entries(link.id)] == ["accrued", "reversed"]


def test_a_deposit_that_is_lost_earns_nothing(owner, now, clock):
    campaign, (medium, _large), link = shared(
        owner, now, deposit_kind=DepositKind.EARNEST, balance_unpaid=BalanceUnpaid.FORFEIT,
        sku={"deposit": 7000},
    )  # fmt: skip
    order_id = joined(owner, link, medium.id, now, units=3)
    until_the_balance_is_asked_for(owner, campaign.id, clock)
    assert booked(link.id) == 3 * 7000 // 20

    clock.advance(days=3)
    for _ in range(2):
        clockwork.advance()

    assert presale.order(order_id).closed_at is not None
    assert booked(link.id) == recompute(link.id) == 0


def test_a_campaign_that_fails_earns_nothing(owner, now, clock):
    campaign, (medium, _large), link = shared(owner, now)
    joined(owner, link, medium.id, now)

    for hours in (7 * 24, 3):
        clock.advance(hours=hours)
        for _ in range(3):
            clockwork.advance()

    assert presale.fresh(campaign.id).state == "refunding"
    assert booked(link.id) == recompute(link.id) == 0


def test_a_leaders_own_order_came_through_no_link(owner, now):
    _campaign, (medium, _large), link = shared(owner, now)

    order_id = joined(owner, link, medium.id, now, email="Xiaoyu@Example.org")

    assert community.participation(order_id).link_id is None
    assert community.entries(link.id) == []


def test_telling_the_same_again_books_nothing(owner, now):
    _campaign, (medium, _large), link = shared(owner, now)
    order_id = joined(owner, link, medium.id, now)

    again = [follow_order(order_id, word, now=now) for word in ("confirmed", "balance", "refund:1")]

    assert again == [0, 0, 0]
    assert len(community.entries(link.id)) == 1


def test_it_is_certain_when_nothing_of_the_order_can_be_returned_any_more(owner, now, clock):
    campaign, (medium, large), link = shared(
        owner, now, payment_mode=PaymentMode.FULL, supply_mode=SupplyMode.MADE_TO_ORDER
    )
    joining = community.through(link)
    order_id = presale.confirmed(owner, {medium.id: 1, large.id: 1}, now, joining=joining)
    whole = 2 * presale.PRICE // 20
    clock.advance(days=7)
    clockwork.advance()
    goods_arrive(campaign.id, owner.staff(), clock.now)
    production.start_fulfilling(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()
    first, second = (line.id for line in for_mail(order_id).lines)
    for line, code in ((first, "SF1234567890"), (second, "SF1234567891")):
        parcel = NewParcel({line: 1}, "shunfeng", code, code * 2)
        ship(order_id, parcel, actor=owner.staff(), now=clock.now)

    assert commissions([link.id], now=clock.now) == {link.id: Commission(0, whole)}
    arrived(order_id, first, clock.now)
    clock.advance(days=9)
    assert commissions([link.id], now=clock.now) == {link.id: Commission(0, whole)}
    arrived(order_id, second, clock.now)
    clock.advance(days=6, hours=23)
    assert commissions([link.id], now=clock.now) == {link.id: Commission(0, whole)}
    clock.advance(hours=1)
    assert commissions([link.id], now=clock.now) == {link.id: Commission(whole, 0)}


def arrived(order_id: int, line_id: int, now: datetime) -> None:
    """What the carrier's last word does."""
    inside = select(ParcelLine.parcel_id).where(ParcelLine.order_line_id == line_id)
    with transaction():
        fulfil.mark_delivered(order_id, {line_id: 1}, now=now)
        db.session.execute(update(Parcel).where(Parcel.id.in_(inside)).values(delivered_at=now))


_leaders = count(1)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["join", "amount", "unit", "leave", "shipping"]),
        st.integers(min_value=1, max_value=30000),
    ),
    min_size=1,
    max_size=6,
)


def test_an_order_of_two_skus_earns_at_most_what_was_agreed(owner, now):
    _campaign, (medium, large), link = shared(owner, now, commission_cap=700)
    joining = community.through(link)
    order_id = presale.confirmed(owner, {medium.id: 1, large.id: 1}, now, joining=joining)
    assert [entry.amount for entry in community.entries(link.id)] == [500, 200]

    cancel.refund(
        order_id,
        RefundRequest(line_amounts={line_of(order_id): 5000}),
        actor=owner.staff(),
        idempotency_key="goodwill",
        now=now,
    )

    assert booked(link.id) == recompute(link.id) == 700
    leaving.leave(community.participation(order_id).id, now=now)
    assert booked(link.id) == recompute(link.id) == 0


def test_what_was_agreed_when_the_link_was_made_stays(owner, now):
    campaign, (medium, _large), link = shared(owner, now, commission_cap=700)
    with transaction():
        db.session.execute(update(Campaign).values(commission_cap=1, commission_bp=1))

    joined(owner, link, medium.id, now, units=3)

    assert (link.commission_bp, link.commission_cap) == (community.RATE, 700)
    assert booked(link.id) == recompute(link.id) == 700
    assert presale.fresh(campaign.id).commission_cap == 1


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=STEPS,
    rate=st.integers(min_value=0, max_value=5000),
    most=st.none() | st.integers(min_value=1, max_value=20000),
)
def test_the_entries_of_a_link_sum_to_what_its_orders_say(owner, now, steps, rate, most):
    xiaoyu = community.leader(owner, f"leader{next(_leaders)}")
    campaign = community.campaign(
        owner, now, commission_bp=rate, commission_cap=most, sku={"cap": 500}
    )
    medium, large = presale.skus(campaign.id)
    link = community.link(xiaoyu, campaign.id, now)
    both, joining = {medium.id: 2, large.id: 1}, community.through(link)
    orders = [presale.confirmed(owner, both, now, joining=joining)]

    for what, number in steps:
        order_id = orders[number % len(orders)]
        if what == "join":
            orders.append(joined(owner, link, medium.id, now, units=1 + number % 3))
        elif what == "leave":
            leaving.leave(community.participation(order_id).id, now=now)
        else:
            try_to_refund(owner, order_id, what, number, now)

        assert booked(link.id) == recompute(link.id)


def try_to_refund(owner: House, order_id: int, what: str, number: int, now: datetime) -> None:
    line = line_of(order_id)
    wanted = {
        "amount": RefundRequest(line_amounts={line: number}),
        "unit": RefundRequest(cancel={line: 1}),
        "shipping": RefundRequest(shipping=number % 1200 + 1),
    }[what]
    key = f"{what}-{order_id}-{number}"
    try:
        cancel.refund(order_id, wanted, actor=owner.staff(), idempotency_key=key, now=now)
    except (RefundAboveLimit, TooManyUnits, NotNow):
        return
