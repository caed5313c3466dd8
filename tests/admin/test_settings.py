"""Settings of the house: what is typed is kept or refused beside its field."""

from __future__ import annotations

import pytest

from app.platform.db import db
from app.shop.facts import selling_terms
from app.shop.models import Role
from app.shop.queries import pickup_locations
from app.shop.rules import FIRST_RATES
from app.shop.zones import FIRST_ZONES
from tests import cast
from tests.admin.counter import clerk
from tests.admin.forms import form_on
from tests.admin.items import text_of
from tests.checkout.buying import ADDRESS, begun, filled, orders

TAXES = "/admin/settings/taxes"
TYPED = {
    "class-0-en": "Clothes", "class-0-zh": "衣服", "class-1-en": "Delivery", "delivery": "1",
}  # fmt: skip
RATE = {
    "rate-0-class": "clothes", "rate-0-place": "cn-44", "rate-0-percent": "7.5",
    "rate-0-how": "added",
}  # fmt: skip


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo")


def test_classes_and_rates_are_written_and_come_back_as_they_were(cleo):
    cleo.post(TAXES, TYPED)

    answer = cleo.post(TAXES, TYPED | {"class-0-key": "clothes"} | RATE)

    db.session.rollback()
    table = selling_terms().taxes
    assert answer.status_code == 303
    assert [each.key for each in table.classes] == ["clothes", "delivery"]
    assert [each.is_of_delivery for each in table.classes] == [False, True]
    ((rate,),) = (table.rates,)
    assert (rate.place, rate.tax.percent, rate.tax.is_included) == ("CN-44", 7500, False)
    assert 'value="7.5"' in cleo.read(TAXES)
    assert "1 rate" in cleo.read("/admin/settings")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"rate-0-percent": "a lot"}, "A percentage from 0 to 100"),
        ({"rate-0-percent": "100.1"}, "A percentage from 0 to 100"),
        ({"rate-0-percent": "1.23456"}, "A percentage from 0 to 100"),
        ({"rate-0-percent": "1e999999999"}, "A percentage from 0 to 100"),
        ({"rate-0-place": "Guangdong"}, "a country such as CN"),
        ({"rate-0-class": "shoes"}, "Name a class first"),
    ],
)
def test_what_is_wrong_with_a_rate_is_said_and_what_was_typed_stays(cleo, typed, said):
    answer = cleo.post(TAXES, TYPED | RATE | typed)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "衣服" in text_of(answer)
    assert selling_terms().taxes.classes == ()


def test_only_the_house_sets_what_counts_for_all(app, house, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)

    for merchant, role in ((neighbour.merchant_id, Role.OWNER), (house.merchant_id, Role.EDITOR)):
        somebody = clerk(app, merchant, f"nora{merchant}{role}", role)
        assert somebody.post(TAXES, TYPED).status_code in {403, 404}
    assert selling_terms().taxes.classes == ()


DELIVERY = "/admin/settings/delivery"
NEAR = {
    "zone-0-en": "Near", "zone-0-zh": "近处", "zone-0-places": "cn-33，CN-31",
    "zone-0-basis": "amount",
    "zone-0-free": "300", "zone-0-0-to": "100", "zone-0-0-fee": "15", "zone-0-1-to": "200",
    "zone-0-1-fee": "0",
}  # fmt: skip


def test_the_first_zones_stand_in_the_form_and_are_kept_by_saving(cleo):
    page = cleo.read(DELIVERY)

    assert "CN-15, CN-54" in page
    assert 'value="20000"' in page
    assert cleo.post(DELIVERY, form_on(page, "zones")).status_code == 303
    db.session.rollback()
    assert [zone.key for zone in selling_terms().zones] == [zone.key for zone in FIRST_ZONES]
    assert set(selling_terms().rates) == set(FIRST_RATES)


def test_zones_of_ones_own_count_what_they_say_and_nothing_goes_elsewhere(
    cleo, visit, house, clock
):
    jacket = cast.piece(house, clock.now, price=10000)

    assert cleo.post(DELIVERY, NEAR).status_code == 303

    shopper = visit()
    begun(shopper, jacket)
    near = shopper.post("/checkout/fields?lang=en", data=ADDRESS).text
    far = shopper.post(
        "/checkout/order?lang=en", data=filled(shopper) | {"region": "广东省深圳市南山区"}
    )
    assert "¥115.00" in near
    assert far.status_code == 409
    assert "We do not deliver to this region yet." in far.text
    assert "广东省深圳市南山区" in far.text
    assert orders() == []
    assert "Near" in shopper.get("/help?lang=en").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"zone-0-places": "Zhejiang"}, "zone-0-places"),
        ({"zone-0-0-to": ""}, "zone-0-0-to"),
        ({"zone-0-0-fee": "much"}, "zone-0-0-fee"),
        ({"zone-0-1-fee": ""}, "zone-0-1-fee"),
        ({"zone-0-free": "never"}, "zone-0-free"),
        ({"zone-0-1-to": "100"}, "rates"),
    ],
)
def test_what_is_wrong_with_a_zone_is_said_and_what_was_typed_stays(cleo, typed, field):
    answer = cleo.post(DELIVERY, NEAR | typed)

    assert answer.status_code == 422
    assert f'href="#{field}"' in text_of(answer)
    assert "近处" in text_of(answer)
    assert len(selling_terms().zones) == len(FIRST_ZONES)


def test_stores_hand_over_where_they_are_ticked(cleo, house):
    cleo.post("/admin/settings/pickup", {})
    db.session.rollback()
    nobody = pickup_locations()
    cleo.post("/admin/settings/pickup", {"store": str(house.store_id)})

    db.session.rollback()
    assert nobody == []
    assert [place.id for place in pickup_locations()] == [house.store_id]
