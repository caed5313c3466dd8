"""Settings of the house: what is typed is kept or refused beside its field."""

from __future__ import annotations

import pytest

from app.platform.db import db
from app.shop.models import Role
from app.shop.queries import taxes
from tests import cast
from tests.admin.counter import clerk
from tests.admin.items import text_of

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
    table = taxes()
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
        ({"rate-0-place": "Guangdong"}, "a country such as CN"),
        ({"rate-0-class": "shoes"}, "Name a class first"),
    ],
)
def test_what_is_wrong_with_a_rate_is_said_and_what_was_typed_stays(cleo, typed, said):
    answer = cleo.post(TAXES, TYPED | RATE | typed)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "衣服" in text_of(answer)
    assert taxes().classes == ()


def test_only_the_house_sets_what_counts_for_all(app, house, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)

    for merchant, role in ((neighbour.merchant_id, Role.OWNER), (house.merchant_id, Role.EDITOR)):
        somebody = clerk(app, merchant, f"nora{merchant}{role}", role)
        assert somebody.post(TAXES, TYPED).status_code in {403, 404}
    assert taxes().classes == ()
