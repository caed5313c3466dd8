"""Interest without money: one of each person, taken back and given again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.platform.actor import GUEST
from app.platform.db import db
from app.presale.commands import joining, leaving
from app.presale.commands.joining import Interest
from app.presale.errors import NotOpen
from app.presale.models import Participation, PaymentMode, SupplyMode
from tests.cast import house
from tests.conftest import StoppedClock
from tests.platform.together import together
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def campaign_and_sku(now) -> tuple[int, int]:
    owner = house(now)
    campaign = cast.campaign(
        owner, now, payment_mode=PaymentMode.INTEREST, supply_mode=SupplyMode.MADE_TO_ORDER,
        variants=cast.shirt(owner, now, ("M",)), per_person_limit=2, sku={"cap": 4},
    )  # fmt: skip
    return campaign.id, cast.skus(campaign.id)[0].id


def interest(campaign_id: int, sku_id: int, now: datetime, who: str = "ada", units: int = 2) -> int:
    wanted = Interest(sku_id, units, who, f"{who}@example.org", "en")
    return joining.express_interest(campaign_id, wanted, actor=GUEST, now=now)


def test_who_takes_it_back_may_come_again(campaign_and_sku, now):
    campaign_id, sku_id = campaign_and_sku
    first = interest(campaign_id, sku_id, now)
    leaving.leave(first, now=now)

    again = interest(campaign_id, sku_id, now)

    numbers = select(Participation.number).order_by(Participation.id)
    assert again != first
    assert db.session.scalars(numbers).all() == [1, 2]
    assert cast.skus(campaign_id)[0].committed == 2


def test_two_taps_at_once_are_one_interest(app: Flask, campaign_and_sku, now):
    campaign_id, sku_id = campaign_and_sku
    db.session.rollback()

    taps = together(app, [lambda: interest(campaign_id, sku_id, now, units=1)] * 4)

    assert len(set(taps)) == 1
    assert cast.skus(campaign_id)[0].committed == 1


def test_another_campaigns_sku_is_refused(campaign_and_sku, now):
    campaign_id, _sku_id = campaign_and_sku
    other = cast.campaign(
        house(now, "other", is_house=False), now, supply_mode=SupplyMode.MADE_TO_ORDER
    )
    foreign = cast.skus(other.id)[0].id

    with pytest.raises(NotOpen):
        interest(campaign_id, foreign, now)

    assert cast.skus(other.id)[0].committed == 0


@pytest.mark.parametrize(("seconds", "is_open"), [(-1, True), (0, False), (1, False)])
def test_interest_ends_with_the_window(campaign_and_sku, now, seconds, is_open):
    campaign_id, sku_id = campaign_and_sku
    at = now + timedelta(days=7, seconds=seconds)

    if is_open:
        assert interest(campaign_id, sku_id, at)
    else:
        with pytest.raises(NotOpen):
            interest(campaign_id, sku_id, at)
