"""Where parcels go and what decides their fee: the tables of docs/pricing.md."""

from __future__ import annotations

import pytest

from app.orders.pricing import Basket, Line, quote
from app.platform.errors import Invalid
from app.shop.places import Place
from app.shop.rules import Rate
from app.shop.zones import FIRST_ZONES, Basis, Zone, fit_zones, zone_of
from tests.orders.test_pricing_document import examples, yuan

NAME = {"en": "Zone", "zh-Hans": "区"}


def rate_of(text, basis):
    up_to, fee = text.split(": ")
    return Rate("zone", yuan(up_to).minor if basis == "amount" else int(up_to), yuan(fee).minor)


@examples("Worked: what a zone counts")
def test_worked_steps(row):
    basis = row["zone counts"]
    lines = tuple(
        Line(variant_id=n, merchant_id=1, unit_price=yuan("100.00"), quantity=n, weight_g=400)
        for n in (1, 2)
    )

    priced = quote(
        Basket(
            currency="CNY",
            lines=lines,
            rates=tuple(rate_of(text, basis) for text in row["steps (up to: fee)"].split(", ")),
            zone="zone",
            basis=Basis(basis),
        )
    )

    assert priced.shipping_total == yuan(row["expected fee"])


@examples("Worked: which zone an address belongs to")
def test_worked_zones(row):
    zones = [
        Zone(name, NAME, tuple(places.split()))
        for name, places in (each.split(": ") for each in row["zones"].split("; "))
    ]
    country, _hyphen, code = row["address"].partition("-")

    found = zone_of(zones, Place(country, code))

    assert (found.key if found else "none") == row["expected"]


@pytest.mark.parametrize(
    ("code", "zone"),
    [("330106", "mainland"), ("650100", "remote"), ("81", "hong_kong_macau_taiwan")],
)
def test_a_shop_begins_with_three_zones(code, zone):
    found = zone_of(FIRST_ZONES, Place(region_code=code))

    assert found is not None
    assert found.key == zone


@pytest.mark.parametrize(
    ("zones", "rates", "field"),
    [
        ([], [], "zones"),
        ([Zone("a", {}, ("CN",))], [], "zones"),
        ([Zone("a", NAME, ("somewhere",))], [], "zones"),
        ([Zone("a", NAME, ("CN",)), Zone("b", NAME, ("CN",))], [], "zones"),
        ([Zone("a", NAME, ("CN",))], [Rate("a", 0, 5)], "rates"),
        ([Zone("a", NAME, ("CN",))], [Rate("a", 5, 5), Rate("a", 5, 6)], "rates"),
        ([Zone("a", NAME, ("CN",))], [Rate("b", 5, 5)], "rates"),
    ],
)
def test_senseless_zones_are_refused(zones, rates, field):
    with pytest.raises(Invalid) as refused:
        fit_zones(zones, rates)

    assert list(refused.value.errors) == [field]
