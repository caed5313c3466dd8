"""Who may leave, when, and what they get back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.orders.ledger import refunded_by_line, sums
from app.orders.models import LedgerEntry
from app.platform.db import db
from app.presale.commands import balances, clockwork, leaving, production, slices
from app.presale.commands.holding import Wanted, reserve
from app.presale.commands.joining import Joining
from app.presale.errors import CampaignFull, CapTooLow, LimitReached, NotNow
from app.presale.models import (
    BalanceUnpaid,
    CampaignSku,
    Commitment,
    DepositKind,
    Participation,
    PaymentMode,
    SupplyMode,
)
from app.presale.queries.participations import of_order
from app.presale.rules.leaving import Leaving
from tests.cast import house
from tests.conftest import StoppedClock
from tests.presale import cast
from tests.presale.provider import in_place_of_the_sandbox

pytestmark = pytest.mark.usefixtures("app")
EARNEST = {"deposit_kind": DepositKind.EARNEST, "sku": {"cap": 10, "deposit": 5000}}


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


def participation(order_id: int) -> int:
    db.session.rollback()
    return db.session.scalars(
        select(Participation.id).where(Participation.order_id == order_id)
    ).one()


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Commitment.state).order_by(Commitment.id)))


def test_leaving_is_free_until_the_close(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 2}, now)

    assert leaving.leave(participation(order_id), now=now) is Leaving.FREE
    leaving.leave(participation(order_id), now=now)

    assert sum(refunded_by_line(order_id).values()) == 2 * cast.DEPOSIT
    assert cast.skus(campaign.id)[0].committed == 0
    assert states() == ["cancelled"]


def test_leaving_is_free_to_the_instant_of_the_close_even_while_the_clockwork_stands(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now, **EARNEST)
    sku, _other = cast.skus(campaign.id)
    early, late = (cast.confirmed(owner, {sku.id: 1}, now) for _each in range(2))

    clock.advance(days=7, seconds=-1)
    before = leaving.leave(participation(early), now=clock.now)
    clock.advance(seconds=1)
    (shown,) = [joined.leaving for joined in of_order(late)]
    at_the_close = leaving.leave(participation(late), now=clock.now)

    assert cast.fresh(campaign.id).state == "open"
    assert (before, shown, at_the_close) == ("free", "ask", "ask")


def test_a_number_is_never_given_twice(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    first = cast.confirmed(owner, {medium.id: 1}, now)
    leaving.leave(participation(first), now=now)

    cast.confirmed(owner, {medium.id: 1}, now)

    rows = db.session.scalars(select(Participation.number).order_by(Participation.id)).all()
    assert rows == [1, 2]


def test_after_production_began_the_shop_is_asked(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    clock.advance(days=7)
    clockwork.advance()
    production.start_production(campaign.id, actor=owner.staff(), now=clock.now)

    assert leaving.leave(participation(order_id), now=clock.now) is Leaving.ASK
    assert states() == ["cancel_requested"]
    leaving.refuse(participation(order_id), actor=owner.staff(), now=clock.now)
    assert states() == ["confirmed"]
    with pytest.raises(NotNow):
        leaving.grant(participation(order_id), actor=owner.staff(), now=clock.now)

    leaving.leave(participation(order_id), now=clock.now)
    leaving.grant(participation(order_id), actor=owner.staff(), now=clock.now)
    assert states() == ["cancelled"]


@pytest.mark.parametrize(
    ("rule", "facts", "lost", "back"),
    [
        (BalanceUnpaid.FORFEIT, EARNEST, 15000, 0),
        (BalanceUnpaid.REFUND, {}, 0, 3 * cast.DEPOSIT),
    ],
)
def test_an_unpaid_balance_ends_as_was_fixed_at_publish(clock, now, rule, facts, lost, back):
    owner = house(now)
    campaign = cast.campaign(owner, now, balance_unpaid=rule, **facts)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    clock.advance(days=7)
    clockwork.advance()
    production.start_production(campaign.id, actor=owner.staff(), now=clock.now)
    production.mark_arriving(campaign.id, actor=owner.staff(), now=clock.now)
    balances.open_balance(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    clock.advance(hours=72)
    for _ in range(3):
        clockwork.advance()

    kinds = {
        row.kind: row.amount
        for row in db.session.scalars(select(LedgerEntry).where(LedgerEntry.order_id == order_id))
    }
    assert -kinds.get("forfeit", 0) == lost
    assert sum(refunded_by_line(order_id).values()) == back
    assert cast.fresh(campaign.id).state == "balance_closed"
    assert cast.skus(campaign.id)[0].committed == 0


def test_an_unpaid_balance_is_extended_once(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now, balance_unpaid=BalanceUnpaid.EXTEND)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    clock.advance(days=7)
    clockwork.advance()
    production.start_production(campaign.id, actor=owner.staff(), now=clock.now)
    production.mark_arriving(campaign.id, actor=owner.staff(), now=clock.now)
    balances.open_balance(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    clock.advance(hours=72)
    clockwork.advance()
    assert cast.fresh(campaign.id).state == "balance_open"
    assert cast.balance_of(order_id).closes_at > clock.now
    clock.advance(hours=72)
    for _ in range(2):
        clockwork.advance()

    assert cast.fresh(campaign.id).state == "balance_closed"
    assert sum(refunded_by_line(order_id).values()) == 3 * cast.DEPOSIT


def test_a_price_raised_after_the_deposit_changes_nothing(clock, now):
    from app.platform.transaction import transaction

    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    with transaction():
        db.session.get_one(CampaignSku, medium.id).price = 99900
    clock.advance(days=7)
    clockwork.advance()
    production.start_production(campaign.id, actor=owner.staff(), now=clock.now)
    production.mark_arriving(campaign.id, actor=owner.staff(), now=clock.now)

    balances.open_balance(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    assert cast.balance_of(order_id).amount == 3 * (cast.PRICE - cast.DEPOSIT)


def test_a_late_balance_goes_back_when_it_was_given_up(clock, now):
    from app.orders.commands import pay
    from app.orders.commands.settle import settle
    from app.payments.models import Payment, Refund
    from app.platform.actor import GUEST
    from tests.cast import captured

    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    clock.advance(days=7)
    clockwork.advance()
    production.start_production(campaign.id, actor=owner.staff(), now=clock.now)
    production.mark_arriving(campaign.id, actor=owner.staff(), now=clock.now)
    balances.open_balance(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=clock.now)
    payment = db.session.get_one(Payment, payment_id)
    clock.advance(hours=72)
    with in_place_of_the_sandbox():  # it knows of no such payment yet
        for _ in range(2):
            clockwork.advance()

    settle(captured(payment.reference, payment.amount, clock.now), now=clock.now)

    late = db.session.scalars(select(Refund).where(Refund.purpose == "late")).one()
    assert late.amount == payment.amount
    assert sums(order_id)[0] == 3 * cast.DEPOSIT + 1200 + payment.amount


def test_one_person_has_no_more_than_the_limit(now):
    owner = house(now)
    campaign = cast.campaign(owner, now, per_person_limit=2)
    medium, _large = cast.skus(campaign.id)
    first = cast.confirmed(owner, {medium.id: 2}, now, email="ada@example.org")

    with pytest.raises(LimitReached):
        cast.joined(owner, {medium.id: 1}, now, email="ADA@example.org")
    assert cast.skus(campaign.id)[0].held == 0

    leaving.leave(participation(first), now=now)
    cast.confirmed(owner, {medium.id: 2}, now, email="ada@example.org")


def test_a_slice_is_for_its_link_until_six_hours_before_the_close(clock, now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, variants=cast.shirt(owner, now, ("M",)), sku={"cap": 5},
        supply_mode=SupplyMode.MADE_TO_ORDER, payment_mode=PaymentMode.FULL,
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    slices.keep(sku.id, 7, 4, actor=owner.staff(), now=now)
    with pytest.raises(CapTooLow):
        slices.keep(sku.id, 8, 2, actor=owner.staff(), now=now)

    until = now + timedelta(days=7)
    reserve("checkout:a", [Wanted(sku.id, 3, link_id=7)], until=until, now=now)
    reserve("checkout:b", [Wanted(sku.id, 1)], until=until, now=now)
    with pytest.raises(CampaignFull):
        reserve("checkout:c", [Wanted(sku.id, 1)], until=until, now=now)
    assert cast.skus(campaign.id)[0].held == 5

    clock.advance(days=6, hours=18)
    clockwork.advance()
    reserve("checkout:c", [Wanted(sku.id, 1)], until=until, now=clock.now)
    assert cast.skus(campaign.id)[0].held == 5


def test_units_of_a_slice_that_were_bought_stay_bought(clock, now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, variants=cast.shirt(owner, now, ("M",)), sku={"cap": 5},
        supply_mode=SupplyMode.MADE_TO_ORDER,
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    slices.keep(sku.id, 7, 3, actor=owner.staff(), now=now)
    until = now + timedelta(minutes=15)
    reserve("checkout:a", [Wanted(sku.id, 2, link_id=7)], until=until, now=now)
    cast.confirmed(
        owner, {sku.id: 2}, now, holder="checkout:a", joining=Joining(links={campaign.id: 7})
    )

    clock.advance(days=6, hours=18)
    clockwork.advance()

    row = cast.skus(campaign.id)[0]
    assert (row.committed, row.held) == (2, 0)
