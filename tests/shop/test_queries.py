"""Reads of the shop, and whose rows each person sees."""

from __future__ import annotations

import pytest
from flask import Flask

from app.platform.actor import GUEST, SYSTEM
from app.platform.errors import NotFound
from app.shop import commands as shop
from app.shop import queries
from app.shop.models import LocationKind, Role
from tests.conftest import MONDAY
from tests.shop.people import actor_of, house, north_window, staff


def store(merchant_id: int, key: str, *, position: int, pickup: bool) -> int:
    new = shop.NewLocation(
        key,
        LocationKind.STORE,
        {"en": key},
        {"en": "somewhere"},
        offers_pickup=pickup,
        position=position,
    )
    return shop.create_location(merchant_id, new, actor=SYSTEM, now=MONDAY)


def test_there_is_no_house_before_the_shop_is_set_up(app: Flask) -> None:
    assert queries.house_merchant() is None
    assert list(queries.merchants()) == []


def test_the_house_comes_first(app: Flask) -> None:
    north_id, house_id = north_window(), house()

    assert [merchant.id for merchant in queries.merchants()] == [house_id, north_id]
    found = queries.house_merchant()
    assert found is not None
    assert found.id == house_id


def test_a_merchant_is_found_by_key(app: Flask) -> None:
    house_id = house()

    assert queries.merchant("house").id == house_id
    with pytest.raises(NotFound):
        queries.merchant("nowhere")


def test_pickup_is_offered_in_the_shopkeepers_order(app: Flask) -> None:
    house_id = house()
    shanghai = store(house_id, "shanghai", position=2, pickup=True)
    hangzhou = store(house_id, "hangzhou", position=1, pickup=True)
    store(house_id, "attic", position=0, pickup=False)

    assert [place.id for place in queries.pickup_locations()] == [hangzhou, shanghai]


def test_staff_and_stores_of_another_merchant_are_not_there(app: Flask) -> None:
    house_id, north_id = house(), north_window()
    cleo, nora = staff(house_id, "cleo", Role.OWNER), staff(north_id, "nora", Role.OWNER)
    attic = store(house_id, "attic", position=0, pickup=False)
    nora_acting = actor_of(nora)

    assert [person.id for person in queries.staff(nora_acting)] == [nora.id]
    assert list(queries.locations(nora_acting)) == []
    with pytest.raises(NotFound):
        queries.staff_member(cleo.id, nora_acting)
    assert queries.staff_member(cleo.id, actor_of(cleo)).id == cleo.id
    assert [place.id for place in queries.locations(actor_of(cleo))] == [attic]


def test_a_guest_sees_no_staff(app: Flask) -> None:
    staff(house(), "cleo", Role.OWNER)

    assert list(queries.staff(GUEST)) == []
