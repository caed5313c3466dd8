"""Ship from the counter: whole, in part, once, and with every mistake said beside its field."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.fulfilment.models import Parcel
from app.orders.models import Order
from app.platform.db import db
from app.shop.models import Role
from tests import cast
from tests.admin.counter import clerk, contents, lines_of, paid_order

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def now(clock):
    return clock.now


def parcels() -> list[Parcel]:
    db.session.rollback()
    return list(db.session.scalars(select(Parcel).order_by(Parcel.id)))


def standing(order_id: int) -> str:
    db.session.rollback()
    return db.session.scalars(select(Order.headline).where(Order.id == order_id)).one()


def test_a_whole_order_leaves_in_one_parcel(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now, units=3)
    packer = clerk(app, owner.merchant_id, "dora", Role.FULFILMENT)
    line = lines_of(order_id)[0].id
    key = packer.key_of(f"/admin/orders/{order_id}/parcels/new")

    typed = {"key": key, f"units-{line}": "3", "carrier": "shunfeng", "number": " sf 123 456 "}
    response = packer.post(f"/admin/orders/{order_id}/parcels", typed)

    assert response.headers["Location"] == f"/admin/orders/{order_id}"
    assert [(each.carrier, each.tracking_number) for each in parcels()] == [
        ("shunfeng", "SF123456")
    ]
    assert standing(order_id) == "shipped"
    assert "SF123456" in packer.read(f"/admin/orders/{order_id}")


def test_the_rest_can_follow_in_another_parcel(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now, units=3)
    who = clerk(app, owner.merchant_id, "cleo")
    line = lines_of(order_id)[0].id
    address = f"/admin/orders/{order_id}/parcels"

    for units, number, then in (("1", "SF00001", "partly_shipped"), ("2", "SF00002", "shipped")):
        typed = {"key": who.key_of(f"{address}/new"), f"units-{line}": units, "number": number}
        assert who.post(address, {**typed, "carrier": "ems"}).status_code == 303
        assert standing(order_id) == then

    assert who.get(f"{address}/new").status_code == 409


def test_a_form_sent_twice_ships_once(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now, units=2)
    who = clerk(app, owner.merchant_id, "cleo")
    line = lines_of(order_id)[0].id
    typed = {
        "key": who.key_of(f"/admin/orders/{order_id}/parcels/new"),
        f"units-{line}": "1",
        "carrier": "shunfeng",
        "number": "SF00001",
    }

    answers = [who.post(f"/admin/orders/{order_id}/parcels", typed).status_code for _ in range(3)]

    assert answers == [303, 303, 303]
    assert len(parcels()) == 1
    assert lines_of(order_id)[0].shipped == 1


def test_twenty_clicks_at_once_ship_once(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now, units=30)
    who = clerk(app, owner.merchant_id, "cleo")
    line = lines_of(order_id)[0].id
    typed = {
        "key": who.key_of(f"/admin/orders/{order_id}/parcels/new"),
        f"units-{line}": "1",
        "carrier": "shunfeng",
        "number": "SF00001",
    }

    answers = who.all_at_once(f"/admin/orders/{order_id}/parcels", [typed] * 20)

    assert answers == [303] * 20
    assert len(parcels()) == 1
    assert lines_of(order_id)[0].shipped == 1


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"number": ""}, "number", "5 to 40 letters"),
        ({"number": "<script>"}, "number", "5 to 40 letters"),
        ({"number": "X" * 200}, "number", "5 to 40 letters"),
        ({"carrier": "owls"}, "carrier", "Choose the carrier."),
        ({"carrier": ""}, "carrier", "Choose the carrier."),
        ({"units": "0"}, "units", "Choose at least one piece."),
        ({"units": "3"}, None, "A whole number up to 2."),
        ({"units": "-1"}, None, "A whole number up to 2."),
        ({"units": "two"}, None, "A whole number up to 2."),
        ({"units": "9" * 40}, None, "A whole number up to 2."),
    ],
)
def test_what_cannot_be_shipped_says_why_and_keeps_what_was_typed(app, now, changes, field, said):
    owner = cast.house(now)
    order_id = paid_order(owner, now, units=2)
    who = clerk(app, owner.merchant_id, "cleo")
    line = lines_of(order_id)[0].id
    typed = {"units": "1", "carrier": "shunfeng", "number": "SF00001", **changes}
    typed[f"units-{line}"] = typed.pop("units")
    before = contents()

    for htmx in (False, True):
        response = who.post(f"/admin/orders/{order_id}/parcels", typed, htmx=htmx)

        text = response.get_data(as_text=True)
        assert response.status_code == 422
        assert said in text
        assert field in {None, "units"} or f'id="{field}-error"' in text
        assert ("<html" in text) is not htmx
        if changes.keys() == {"carrier"}:
            assert 'value="SF00001"' in text
    assert contents() == before


def test_a_number_of_another_parcel_is_refused_beside_the_field(app, now):
    owner = cast.house(now)
    first, second = (paid_order(owner, now) for _ in range(2))
    who = clerk(app, owner.merchant_id, "cleo")

    taken, refused = (
        who.post(
            f"/admin/orders/{order_id}/parcels",
            {f"units-{lines_of(order_id)[0].id}": "1", "carrier": "ems", "number": "EM00001"},
        )
        for order_id in (first, second)
    )

    assert (taken.status_code, refused.status_code) == (303, 422)
    assert b"already belongs to another parcel" in refused.data
    assert lines_of(second)[0].shipped == 0


def test_an_unpaid_order_and_one_to_be_collected_are_not_shipped(app, now):
    owner = cast.house(now)
    unpaid = cast.placed(owner, [cast.piece(owner, now)], now)
    collected = paid_order(owner, now, method="pickup", fee=0)
    who = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    for order_id in (unpaid, collected):
        line = lines_of(order_id)[0].id
        typed = {f"units-{line}": "1", "carrier": "ems", "number": "EM00001"}
        assert who.post(f"/admin/orders/{order_id}/parcels", typed).status_code == 409

    assert contents() == before


def test_another_merchants_lines_are_not_shipped(app, now):
    house, other = cast.house(now), cast.house(now, "north", is_house=False)
    mine, theirs = paid_order(house, now), paid_order(other, now)
    who = clerk(app, house.merchant_id, "cleo")
    before = contents()

    typed = {f"units-{lines_of(theirs)[0].id}": "1", "carrier": "ems", "number": "EM00001"}
    response = who.post(f"/admin/orders/{mine}/parcels", typed)

    assert response.status_code == 422
    assert contents() == before


def test_with_htmx_the_changed_order_comes_back_with_a_toast(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    who = clerk(app, owner.merchant_id, "cleo")
    typed = {f"units-{lines_of(order_id)[0].id}": "1", "carrier": "ems", "number": "EM00001"}

    response = who.post(f"/admin/orders/{order_id}/parcels", typed, htmx=True)

    assert response.status_code == 200
    assert response.get_data(as_text=True).lstrip().startswith('<div id="order"')
    assert '"work:done"' in response.headers["HX-Trigger"]
    assert db.session.scalar(select(func.count()).select_from(Parcel)) == 1
