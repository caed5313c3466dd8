"""To be told when something can be had: confirmed, told once, and nobody learns who else waits."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.catalog.commands import products, stock
from app.catalog.commands.stock import Wanted
from app.catalog.models import MovementReason, Product, ProductState
from app.notifications.models import Message
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.wishes.commands import alerts
from app.wishes.models import StockAlert
from tests.admin.counter import clerk
from tests.cast import house, piece, product_of
from tests.conftest import MONDAY
from tests.customers.people import enter, open_account
from tests.presale.cast import shirt

ADA, BEN = "ada@example.org", "ben@example.org"


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


def sell(variant_id):
    holder = f"order:{variant_id}"
    until = MONDAY + timedelta(days=99)
    stock.reserve(holder, [Wanted(variant_id, 1)], until=until, now=MONDAY)
    stock.sell(holder, reference=f"S-{variant_id}", now=MONDAY)


@pytest.fixture
def sold(owner):
    """A jacket of the seventies, chest 104, that somebody has bought."""
    variant_id = piece(owner, MONDAY)
    sell(variant_id)
    return variant_id


def come_back(owner, variant_id, now, units=1):
    stock.count(
        variant_id, owner.store_id, units, reason=MovementReason.RETURNED, actor=SYSTEM, now=now
    )


def mails(kind):
    while drain():
        pass
    alerts.tell_due()
    while drain():
        pass
    db.session.rollback()
    return db.session.scalars(
        select(Message).where(Message.kind == f"wishes.{kind}").order_by(Message.id)
    ).all()


def ask(client, variant_id, email=ADA):
    return client.post(f"/tell-me/{variant_id}", data={"email": email})


def confirmed(client, variant_id, email=ADA):
    """Ask, follow the link of the mail, and press its button; returns where that was."""
    ask(client, variant_id, email)
    path = re.findall(r"/told/[\w-]+", mails("asked")[-1].text)[0]
    assert client.post(f"{path}/confirmation").status_code == 303
    return path


def kept():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(StockAlert))


def test_who_confirmed_is_told_once_when_it_is_back(client, owner, sold, clock):
    path = confirmed(client, sold)
    assert mails("due") == []

    clock.advance(hours=1)
    come_back(owner, sold, clock.now)

    (told,) = mails("due")
    assert told.recipient == ADA
    assert f"/i/{db.session.get_one(Product, product_of(sold)).number:04d}" in told.text
    assert path in told.text
    sell(sold)
    come_back(owner, sold, clock.now)
    assert len(mails("due")) == 1


def test_something_like_it_is_told_with_what_is_alike(client, owner, sold, clock):
    confirmed(client, sold)
    assert (
        "Like it is: Tops and jackets, 1970s, Chest 100–108 cm."
        in client.get(f"/tell-me/{sold}?lang=en").text
    )

    arrived = piece(owner, clock.now)

    (told,) = mails("due")
    assert "Tops and jackets" in told.text or "上衣" in told.text
    assert f"/i/{db.session.get_one(Product, product_of(arrived)).number:04d}" in told.text
    piece(owner, clock.now)
    assert len(mails("due")) == 1


def test_what_was_sold_before_morning_is_waited_for_again(client, owner, sold, clock):
    confirmed(client, sold)
    clock.advance(hours=14)  # midnight at the shop
    first = piece(owner, clock.now)
    assert mails("due") == []
    sell(first)

    clock.advance(hours=10)

    assert mails("due") == []
    second = piece(owner, clock.now)
    (told,) = mails("due")
    assert f"/i/{db.session.get_one(Product, product_of(second)).number:04d}" in told.text


def test_a_product_shown_again_is_no_arrival(client, owner, sold, clock):
    other = piece(owner, MONDAY)
    confirmed(client, sold)
    product_id = product_of(other)

    products.withdraw(product_id, ProductState.DRAFT, actor=SYSTEM, now=clock.now)
    products.publish_product(product_id, actor=SYSTEM, now=clock.now)

    assert mails("due") == []


def test_an_address_nobody_confirmed_is_never_told(client, owner, sold, clock):
    ask(client, sold)
    ask(client, sold)
    come_back(owner, sold, clock.now)

    assert len(mails("asked")) == 1
    assert mails("due") == []
    clock.advance(days=7)
    assert alerts.forget_old() == 1
    assert kept() == 0


def test_the_answer_does_not_say_who_else_waits(client, visit, sold):
    confirmed(client, sold, BEN)

    known, unknown = ask(visit(), sold, BEN), ask(visit(), sold, ADA)
    page = visit().get(f"/tell-me/{sold}?lang=en").text

    assert known.location == unknown.location
    assert BEN not in page
    assert "1 person" not in page


def test_one_button_forgets_the_address(client, owner, sold, clock):
    path = confirmed(client, sold)

    answer = client.post(f"{path}/withdrawal")

    assert "The address is forgotten" in client.get(f"{answer.location}&lang=en").text
    assert client.get(path).status_code == 404
    come_back(owner, sold, clock.now)
    assert mails("due") == []


def test_an_address_is_not_pestered_however_much_is_asked_for(client, owner, clock):
    for _each in range(7):
        variant_id = piece(owner, MONDAY)
        sell(variant_id)
        assert ask(client, variant_id).status_code == 303

    assert len(mails("asked")) == 5


def test_the_own_address_of_an_account_needs_no_confirmation(client, sold, owner, clock):
    open_account(ADA, MONDAY)
    enter(client, ADA)
    ask(client, sold)

    come_back(owner, sold, clock.now)

    assert [told.recipient for told in mails("due")] == [ADA]
    assert mails("asked") == []


def test_nobody_waits_for_what_can_be_bought(client, owner):
    variant_id = piece(owner, MONDAY)

    answer = ask(client, variant_id)

    assert answer.status_code == 409
    assert kept() == 0
    assert client.get("/tell-me/999999").status_code == 404
    assert client.post("/tell-me/999999", data={"email": ADA}).status_code == 404


@pytest.mark.parametrize("email", ["", "ada", "x" * 300 + "@example.org"])
def test_an_address_that_cannot_be_one_is_refused_beside_its_field(client, sold, email):
    answer = ask(client, sold, email)

    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


def test_a_sold_out_size_and_a_sold_piece_offer_to_tell(client, owner, sold):
    medium, large = shirt(owner, MONDAY)
    come_back(owner, large, MONDAY, units=3)
    address = {}
    for variant_id in (sold, medium):
        product = db.session.get_one(Product, product_of(variant_id))
        address[variant_id] = f"/i/{product.number:04d}-{product.slug}"

    assert f"/tell-me/{sold}" in client.get(address[sold]).text
    sizes = client.get(address[medium]).text
    assert f"/tell-me/{medium}" in sizes
    assert f"/tell-me/{large}" not in sizes


def test_merchants_see_how_many_wait_for_their_own_and_never_who(app, client, owner, sold, clock):
    confirmed(client, sold)
    neighbour = house(MONDAY, "north", is_house=False)
    cleo = clerk(app, owner.merchant_id, "cleo")
    nora = clerk(app, neighbour.merchant_id, "nora")

    page = cleo.read("/admin/demand")

    assert f"/admin/items/{product_of(sold)}" in page
    assert ADA not in page
    assert "/admin/items/" not in nora.read("/admin/demand").partition("<main")[2]


def test_every_one_of_many_is_told_in_turns(client, owner, sold, clock):
    for number in range(5):
        confirmed(client, sold, f"buyer-{number}@example.org")
    arrived = piece(owner, clock.now)

    assert alerts.match(product_of(arrived), now=clock.now, limit=2) == 2
    while drain():
        pass
    assert alerts.tell_due(limit=3) == 3
    assert len(mails("due")) == 5
