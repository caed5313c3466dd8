"""Who ships a parcel and who hears of its number, at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Thread

import pytest
from flask import Flask

from app.fulfilment.carriers.base import TrackingStatus
from app.fulfilment.commands import parcels
from app.fulfilment.errors import NumberTaken
from app.fulfilment.models import Parcel
from app.orders import queries
from app.platform.db import db
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.fulfilment.test_callbacks import NUMBER, paid_order, said
from tests.platform.together import together

pytestmark = pytest.mark.parametrize("stage", ["postgresql"], indirect=True)


@pytest.fixture
def now(app: Flask, clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def owner(now: datetime) -> House:
    return house(now)


def parcel_of(order_id: int) -> parcels.NewParcel:
    units = {line.id: 1 for line in queries.for_mail(order_id).lines}
    db.session.rollback()
    return parcels.NewParcel(units, "shunfeng", NUMBER, "first")


def test_what_is_said_while_a_parcel_is_being_shipped_moves_it(app, now, owner, monkeypatch):
    order_id = paid_order(owner, now)
    parcel = parcel_of(order_id)

    def hear() -> None:
        with app.app_context():
            parcels.take_in(
                [said(now, 22, TrackingStatus.DELIVERED)], inbound_event_id=None, now=now
            )

    carrier, advance = Thread(target=hear), parcels.advance

    def advance_while_somebody_speaks(parcel: Parcel, *, now: datetime) -> None:
        advance(parcel, now=now)
        if carrier.ident is None:
            carrier.start()
            carrier.join(0.5)  # it waits for us, or is done by then and has found no parcel

    monkeypatch.setattr(parcels, "advance", advance_while_somebody_speaks)
    parcels.ship(order_id, parcel, actor=owner.staff(), now=now)
    carrier.join()

    db.session.rollback()
    assert queries.for_mail(order_id).order.headline == "delivered"


def test_two_orders_under_one_number_at_once_ship_one(app, now, owner):
    def shipping(order_id: int) -> Callable[[], bool]:
        parcel = parcel_of(order_id)

        def ship() -> bool:
            try:
                parcels.ship(order_id, parcel, actor=owner.staff(), now=now)
            except NumberTaken:
                return False
            return True

        return ship

    calls = [shipping(paid_order(owner, now)) for _ in range(2)]

    assert sorted(together(app, calls)) == [False, True]
