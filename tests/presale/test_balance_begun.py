"""A balance window ends only when it is known what became of every payment begun in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.orders.commands import pay
from app.orders.ledger import sums
from app.payments.commands import attempts
from app.payments.models import Payment
from app.platform.actor import GUEST
from app.platform.db import db
from app.presale.commands import clockwork
from app.presale.models import BalanceUnpaid, Campaign, DepositKind
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.presale import cast, stages
from tests.presale.provider import Provider, in_place_of_the_sandbox

pytestmark = pytest.mark.usefixtures("app")
DEPOSIT, FEE = 5000, 1200


@pytest.fixture
def provider() -> Iterator[Provider]:
    with in_place_of_the_sandbox() as provider:
        yield provider


@pytest.fixture
def owner(clock: StoppedClock) -> House:
    return house(clock.now)


@pytest.fixture
def campaign(owner: House, clock: StoppedClock) -> Campaign:
    """Whoever does not pay the rest loses the deposit."""
    return cast.campaign(
        owner, clock.now, threshold=1, deposit_kind=DepositKind.EARNEST,
        balance_unpaid=BalanceUnpaid.FORFEIT, sku={"cap": 10, "deposit": DEPOSIT},
    )  # fmt: skip


@pytest.fixture
def order_id(owner: House, campaign: Campaign, clock: StoppedClock) -> int:
    """Joined, and asked for the rest."""
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 1}, clock.now)
    stages.balance_open(clock, owner, campaign.id)
    return order_id


def begun(order_id: int, clock: StoppedClock, gateway: str = "sandbox") -> str:
    """The buyer was sent to the provider; returns what it knows the payment by."""
    payment_id = pay.open_attempt(order_id, gateway, actor=GUEST, now=clock.now)
    attempts.start(payment_id, description="x", return_path="/o/x", locale="en")
    return db.session.get_one(Payment, payment_id).reference


def over(clock: StoppedClock) -> None:
    clock.advance(hours=72)
    for _ in range(2):
        clockwork.advance()


def test_who_paid_in_time_keeps_the_goods_though_nobody_told_us(
    provider, owner, campaign, order_id, clock
):
    provider.pay(begun(order_id, clock))

    over(clock)

    assert cast.balance_of(order_id).settled_at is not None
    assert cast.order(order_id).headline == "promised"
    assert sums(order_id) == (cast.PRICE + FEE, 0)
    assert cast.fresh(campaign.id).state == "balance_closed"


def test_nobody_loses_a_deposit_while_the_provider_is_silent(
    provider, owner, campaign, order_id, clock
):
    reference = begun(order_id, clock)
    provider.is_silent = True

    over(clock)
    assert cast.fresh(campaign.id).state == "balance_open"
    assert cast.order(order_id).headline == "balance_due"

    provider.pay(reference)
    provider.is_silent = False
    clockwork.advance()
    assert cast.order(order_id).headline == "promised"


def test_what_was_begun_and_not_paid_is_ended_and_the_deposit_lost(
    provider, owner, campaign, order_id, clock
):
    begun(order_id, clock)

    over(clock)

    assert cast.order(order_id).headline == "cancelled"
    assert cast.fresh(campaign.id).state == "balance_closed"


def test_a_transfer_nobody_has_seen_keeps_no_window_open(
    provider, owner, campaign, order_id, clock
):
    begun(order_id, clock, "bank_transfer")

    over(clock)

    assert cast.order(order_id).headline == "cancelled"
    assert cast.fresh(campaign.id).state == "balance_closed"
