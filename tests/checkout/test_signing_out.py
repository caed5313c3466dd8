"""Whoever signs out of a browser others use leaves neither a form nor an order behind."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.checkout.models import Checkout
from app.platform.db import db
from tests.cast import house, piece
from tests.checkout.buying import ADDRESS, begun, filled, orders
from tests.conftest import MONDAY
from tests.customers.people import enter, open_account, send

ADA = "ada@example.org"


@pytest.fixture
def jacket(app, clock):
    return piece(house(MONDAY), MONDAY)


@pytest.fixture
def ada(client, jacket):
    """Ada's browser, signed in and at checkout, her address filled in."""
    open_account(ADA, MONDAY)
    enter(client, ADA)
    begun(client, jacket)
    client.post("/checkout/fields", data=ADDRESS)
    assert ADDRESS["street"] in client.get("/checkout").text
    return client


def typed():
    db.session.rollback()
    return db.session.scalars(select(Checkout.typed)).all()


def test_what_was_typed_is_gone(ada):
    ada.post("/logout")

    text = ada.get("/checkout").text
    assert [ADDRESS[name] in text for name in ("name", "phone", "street")] == [False] * 3
    assert typed() == [{}]


def test_an_order_that_waits_is_not_opened_for_whoever_comes_next(ada):
    ada.post("/checkout/order", data=filled(ada))
    assert ada.get("/checkout").location.startswith("/o/")

    ada.post("/logout")

    assert ada.get("/checkout").location is None
    assert len(orders()) == 1


def test_leaving_for_good_leaves_no_form_either(ada):
    send(ada, "/me/delete", sure="1")

    assert typed() == [{}]


def test_who_was_never_signed_in_keeps_the_bag(client, jacket):
    begun(client, jacket)
    client.post("/checkout/fields", data=ADDRESS)

    assert ADDRESS["street"] in client.get("/checkout").text
