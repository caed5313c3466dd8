"""Units kept for one group: given back, kept again, never lost to who holds them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.presale.commands import clockwork, lifecycle, slices
from app.presale.commands.holding import Wanted, release, reserve
from app.presale.errors import CapTooLow
from app.presale.models import PaymentMode, SupplyMode
from app.presale.queries.offers import Asked, offers
from app.presale.rules.slicing import returns_at
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")
GROUP = 7


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def five(now) -> tuple[House, int, int]:
    """A campaign with five places of one SKU: owner, campaign, SKU."""
    owner = house(now)
    campaign = cast.campaign(
        owner, now, variants=cast.shirt(owner, now, ("M",)), sku={"cap": 5},
        supply_mode=SupplyMode.MADE_TO_ORDER, payment_mode=PaymentMode.FULL,
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    return owner, campaign.id, sku.id


def held(campaign_id: int) -> int:
    return cast.skus(campaign_id)[0].held


def test_what_was_given_back_can_be_kept_again(five, now):
    owner, campaign_id, sku_id = five
    slices.keep(sku_id, GROUP, 3, actor=owner.staff(), now=now)
    slices.keep(sku_id, GROUP, 0, actor=owner.staff(), now=now)
    slices.keep(sku_id, GROUP, 0, actor=owner.staff(), now=now)
    assert held(campaign_id) == 0

    slices.keep(sku_id, GROUP, 2, actor=owner.staff(), now=now)

    assert held(campaign_id) == 2


def test_giving_back_leaves_those_in_somebodys_hands(five, now):
    owner, campaign_id, sku_id = five
    slices.keep(sku_id, GROUP, 4, actor=owner.staff(), now=now)
    until = now + timedelta(minutes=15)
    reserve("checkout:a", [Wanted(sku_id, 2, GROUP)], until=until, now=now)

    with pytest.raises(CapTooLow):
        slices.keep(sku_id, GROUP, 1, actor=owner.staff(), now=now)
    slices.keep(sku_id, GROUP, 0, actor=owner.staff(), now=now)
    assert held(campaign_id) == 2
    slices.keep(sku_id, GROUP, 3, actor=owner.staff(), now=now)
    assert held(campaign_id) == 5

    release("checkout:a")
    assert held(campaign_id) == 3


def test_who_holds_units_of_a_slice_can_order_them_after_it_went_back(five, clock, now):
    owner, _campaign_id, sku_id = five
    slices.keep(sku_id, GROUP, 5, actor=owner.staff(), now=now)
    clock.advance(days=6, hours=17, minutes=59)
    until = clock.now + timedelta(minutes=15)
    reserve("checkout:a", [Wanted(sku_id, 2, GROUP)], until=until, now=clock.now)
    clock.advance(minutes=1)
    clockwork.advance()
    reserve("checkout:b", [Wanted(sku_id, 3)], until=until, now=clock.now)

    seen = offers([Asked(sku_id, GROUP)], now=clock.now, sparing="checkout:a")

    assert seen[sku_id].free == 2


def test_an_early_close_gives_slices_back(five, clock, now):
    owner, campaign_id, sku_id = five
    slices.keep(sku_id, GROUP, 4, actor=owner.staff(), now=now)
    clock.advance(hours=1)

    lifecycle.close_early(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    assert held(campaign_id) == 0


@pytest.mark.parametrize(
    ("lasts", "returns_before"),
    [
        (timedelta(days=7), timedelta(hours=6)),
        (timedelta(days=1), timedelta(hours=6)),
        (timedelta(hours=1), timedelta(minutes=15)),
        (timedelta(minutes=20), timedelta(minutes=5)),
    ],
)
def test_a_short_drop_keeps_units_for_groups_as_well(now, lasts, returns_before):
    assert returns_at(now, now + lasts) == now + lasts - returns_before


def test_units_are_kept_in_a_drop_of_an_hour_until_its_last_quarter(now, clock):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, variants=cast.shirt(owner, now, ("M",)), sku={"cap": 5},
        supply_mode=SupplyMode.MADE_TO_ORDER, payment_mode=PaymentMode.FULL,
        closes_at=now + timedelta(hours=1),
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)

    slices.keep(sku.id, GROUP, 4, actor=owner.staff(), now=now)
    clock.advance(minutes=44)
    early = slices.return_due()
    clock.advance(minutes=1)

    assert (early, slices.return_due()) == (0, 1)
    assert held(campaign.id) == 0
