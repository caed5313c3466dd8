"""The addresses a shopper keeps: typed, pasted, changed, removed; one of them is the usual one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.customers import commands, queries
from app.customers.commands import AddressDetails
from app.customers.errors import TooManyAddresses
from app.customers.models import CustomerAddress
from app.customers.rules import MOST_ADDRESSES
from app.platform.actor import GUEST, SYSTEM, Actor
from app.platform.db import db
from app.platform.errors import NotFound
from tests.customers.people import ADA, ADDRESS, BEN, enter, open_account, send

PASTED = "林晓 13800138000 浙江省杭州市西湖区文三路1号2幢301"


@pytest.fixture
def ada(client, clock):
    client.set_cookie("lang", "en", domain="127.0.0.1")
    enter(client, ADA)
    return client


def kept():
    db.session.rollback()
    rows = db.session.scalars(select(CustomerAddress).order_by(CustomerAddress.id))
    return [(row.recipient, row.address["street"], row.is_default) for row in rows]


def test_an_address_is_kept_as_the_checkout_wants_it(ada):
    response = send(ada, "/me/addresses/new", **ADDRESS)

    assert (response.status_code, response.location) == (303, "/me/addresses")
    row = db.session.scalars(select(CustomerAddress)).one()
    assert (row.recipient, row.phone, row.is_default) == ("林晓", "13800138000", True)
    assert row.address == {
        "country": "CN",
        "region_code": "330106",
        "region": "浙江省杭州市西湖区",
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "region_typed": "浙江省杭州市西湖区",
        "street": "文三路 1 号 2 幢 301",
        "pasted": "",
    }
    assert "The address is saved." in ada.get("/me/addresses").text


def test_a_pasted_line_fills_the_form_and_keeps_nothing_yet(ada):
    response = send(ada, "/me/addresses/new", pasted=PASTED, do="read")

    assert response.status_code == 200
    for value in ("林晓", "13800138000", "浙江省杭州市西湖区", "文三路1号2幢301"):
        assert f'value="{value}"' in response.text
    assert kept() == []


def test_a_line_that_is_no_address_leaves_what_was_typed(ada):
    response = send(ada, "/me/addresses/new", **{**ADDRESS, "pasted": "hello", "do": "read"})

    assert f'value="{ADDRESS["street"]}"' in response.text
    assert "as far as it was clear" in response.text


def test_every_missing_field_is_named_and_nothing_typed_is_lost(ada):
    response = send(ada, "/me/addresses/new", name="", phone="", region="Atlantis", street="")

    assert response.status_code == 422
    for fault in (
        "4 things to put right",
        "Please enter the name of the person who receives the parcel.",
        "Please enter a phone number.",
        "No province is named in it.",
        "Please enter street, house number and flat.",
    ):
        assert fault in response.text
    assert 'value="Atlantis"' in response.text
    assert kept() == []


@pytest.mark.parametrize(
    ("region", "is_enough"),
    [("浙江省", False), ("Zhejiang", False), ("上海市", True), ("Zhejiang, Hangzhou, Xihu", True)],
)
def test_a_region_is_enough_here_when_it_is_at_checkout(ada, region, is_enough):
    response = send(ada, "/me/addresses/new", **{**ADDRESS, "region": region})

    assert response.status_code == (303 if is_enough else 422)
    assert ("Please add the city and the district." in response.text) is not is_enough
    assert len(kept()) == is_enough


def test_the_first_address_is_the_usual_one_until_another_is_chosen(ada):
    send(ada, "/me/addresses/new", **ADDRESS)
    send(ada, "/me/addresses/new", **{**ADDRESS, "name": "second"})
    send(ada, "/me/addresses/new", **{**ADDRESS, "name": "third"}, is_default="1")

    assert [usual for _name, _street, usual in kept()] == [False, False, True]


def test_an_address_can_be_changed(ada):
    send(ada, "/me/addresses/new", **ADDRESS)
    form = ada.get("/me/addresses/1").text
    assert 'value="文三路 1 号 2 幢 301"' in form
    assert "checked" in form

    send(ada, "/me/addresses/1", **{**ADDRESS, "street": "文三路 2 号"})

    assert kept() == [("林晓", "文三路 2 号", True)]


def test_a_pasted_line_may_change_an_address_too(ada):
    send(ada, "/me/addresses/new", **ADDRESS)

    response = send(ada, "/me/addresses/1", pasted=PASTED, do="read")

    assert response.status_code == 200
    assert 'value="文三路1号2幢301"' in response.text
    assert kept() == [("林晓", ADDRESS["street"], True)]


def test_when_the_usual_address_goes_the_newest_takes_its_place(ada):
    for name in ("first", "second", "third"):
        send(ada, "/me/addresses/new", **{**ADDRESS, "name": name})

    send(ada, "/me/addresses/1/delete")

    assert [(name, usual) for name, _street, usual in kept()] == [
        ("second", False),
        ("third", True),
    ]
    send(ada, "/me/addresses/2/delete")
    send(ada, "/me/addresses/3/delete")
    assert kept() == []
    assert "No address yet" in ada.get("/me/addresses").text


def _details(name="林晓", *, is_default=False):
    address = {"country": "CN", "region": "浙江省", "street": "文三路"}
    return AddressDetails(name, "13800138000", address, is_default=is_default)


def test_twenty_addresses_are_enough(app, clock):
    actor = Actor("customer", open_account(ADA, clock.now))
    for _each in range(MOST_ADDRESSES):
        commands.add_address(_details(), actor=actor, now=clock.now)

    with pytest.raises(TooManyAddresses):
        commands.add_address(_details(), actor=actor, now=clock.now)

    assert len(queries.addresses(actor)) == MOST_ADDRESSES


def test_too_many_addresses_is_said_on_the_form(ada, clock):
    actor = Actor("customer", 1)
    for _each in range(MOST_ADDRESSES):
        commands.add_address(_details(), actor=actor, now=clock.now)

    response = send(ada, "/me/addresses/new", **ADDRESS)

    assert response.status_code == 409
    assert "Please remove one." in response.text
    assert f'value="{ADDRESS["street"]}"' in response.text


@pytest.mark.parametrize("actor", [GUEST, SYSTEM, Actor("customer", 404), Actor("staff", 1, 1)])
def test_only_a_shopper_keeps_addresses(app, clock, actor):
    open_account(ADA, clock.now)

    with pytest.raises(NotFound):
        commands.add_address(_details(), actor=actor, now=clock.now)

    assert kept() == []


def test_nobody_changes_or_removes_anothers_address(app, clock):
    ada = Actor("customer", open_account(ADA, clock.now))
    ben = Actor("customer", open_account(BEN, clock.now))
    address_id = commands.add_address(_details("Ada"), actor=ada, now=clock.now)

    with pytest.raises(NotFound):
        commands.change_address(address_id, _details("Ben", is_default=True), actor=ben)
    with pytest.raises(NotFound):
        commands.remove_address(address_id, actor=ben)

    assert kept() == [("Ada", "文三路", True)]


def test_two_browsers_at_once_leave_one_usual_address(app, clock):
    actor = Actor("customer", open_account(ADA, clock.now))

    def add(number):
        with app.app_context():
            commands.add_address(_details(str(number), is_default=True), actor=actor, now=clock.now)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(add, range(6)))

    assert sorted(usual for _name, _street, usual in kept()) == [False] * 5 + [True]
