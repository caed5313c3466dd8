"""A secret is replaced while the shop runs: what the old one signed counts until it is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask, session
from flask_wtf.csrf import CSRFError, generate_csrf, validate_csrf
from sqlalchemy import select

from app.config import SettingsError, load_settings
from app.fulfilment.carriers import kuaidi100, standard
from app.fulfilment.carriers.base import BadSignature
from app.fulfilment.carriers.registry import listening
from app.orders import queries as orders
from app.orders.models import Order
from app.payments.gateways import signature
from app.payments.gateways.base import BadSignature as BadPaymentSignature
from app.platform.configuration import settings
from app.platform.db import db
from app.presale.commands.joining import person_key
from tests.cast import house, piece, placed
from tests.conftest import MONDAY, StoppedClock, visitor

NEW = "n" * 16 + "ew-" + "key" * 10
Shops = tuple[Flask, Flask, Flask]


@pytest.fixture
def shops(app: Flask, make_app: Callable[..., Flask]) -> Shops:
    """The same shop before, while and after its key is replaced."""
    old = settings().secret_key
    return app, make_app(secret_key=NEW, secret_key_fallbacks=(old,)), make_app(secret_key=NEW)


def order_link(shop: Flask) -> str:
    with shop.app_context():
        return orders.token_of(db.session.scalars(select(Order)).one())


def status(shop: Flask, address: str) -> int:
    with shop.app_context():
        return visitor(shop).get(address).status_code


def test_links_in_mails_lead_where_they_led(shops: Shops, clock: StoppedClock) -> None:
    before, meanwhile, _after = shops
    owner = house(clock.now)
    placed(owner, [piece(owner, clock.now)], clock.now)
    old, new = order_link(before), order_link(meanwhile)

    assert old != new
    assert [status(shop, f"/o/{old}") for shop in shops] == [200, 200, 404]
    assert [status(shop, f"/o/{new}") for shop in shops] == [404, 200, 200]


def test_nobody_is_signed_out(shops: Shops) -> None:
    client = visitor(shops[0])
    with client.session_transaction() as kept:
        kept["known"] = "Cleo"
    cookie = client.get_cookie("session")
    assert cookie is not None

    def known_to(shop: Flask) -> object:
        with shop.test_request_context(headers={"Cookie": f"session={cookie.value}"}):
            return session.get("known")

    assert [known_to(shop) for shop in shops] == ["Cleo", "Cleo", None]


def test_forms_that_are_open_can_be_sent(shops: Shops) -> None:
    with shops[0].test_request_context():
        token, secret = generate_csrf(), session["csrf_token"]

    def refuses(shop: Flask) -> bool:
        with shop.test_request_context():
            session["csrf_token"] = secret
            try:
                validate_csrf(token)
            except (CSRFError, ValueError) as error:
                return error is not None
            return False

    assert [refuses(shop) for shop in shops] == [False, False, True]


def test_limits_per_person_go_on_counting(shops: Shops) -> None:
    def person(shop: Flask) -> str:
        with shop.app_context():
            return person_key(1, "ada@example.org")

    before, meanwhile, after = map(person, shops)
    assert before == meanwhile != after


@pytest.mark.parametrize("signed_with", ["old-salt", "new-salt"])
def test_either_salt_of_kuaidi100_counts(app: Flask, make_app: Any, signed_with: str) -> None:
    shop = make_app(kuaidi100_salt="new-salt old-salt")
    body = f"param=%7B%7D&sign={kuaidi100.sign('{}', signed_with)}".encode()
    with shop.app_context():
        carrier = listening(settings())["kuaidi100"]

        carrier.verify({}, body, MONDAY)
        with pytest.raises(BadSignature):
            carrier.verify({}, body.replace(b"sign=", b"sign=0"), MONDAY)


def test_either_secret_of_a_standard_carrier_counts(make_app: Any) -> None:
    old, new = "whsec_" + "b2xk" * 10, "whsec_" + "bmV3" * 10
    shop = make_app(standard_carrier_secret=f"{new} {old}")
    with shop.app_context():
        carrier = listening(settings())["standard"]

        for secret in (old, new):
            carrier.verify(standard.sign(secret, "msg_1", MONDAY, b"{}"), b"{}", MONDAY)


def test_either_secret_of_a_payment_provider_counts() -> None:
    stamp = int(MONDAY.timestamp())

    def call(signed_with: str, known: str, at: datetime = MONDAY) -> None:
        header = f"t={stamp},v1={signature.sign(signed_with, stamp, b'{}')}"
        signature.verify(header, b"{}", known, at)

    call("old", "new old")
    call("new", "new old")
    with pytest.raises(BadPaymentSignature):
        call("old", "new")


def test_either_word_opens_the_figures(make_app: Any) -> None:
    shop = make_app(metrics_token="new-word old-word")
    with shop.app_context():
        client = visitor(shop)
        answers = [
            client.get("/metrics", headers={"Authorization": f"Bearer {word}"}).status_code
            for word in ("old-word", "new-word", "new-word old-word", "")
        ]

    assert answers == [200, 200, 404, 404]


def test_a_weak_fallback_stops_the_start(tmp_path) -> None:
    told = {"DATA_DIR": str(tmp_path), "VITRINE_SECRET_KEY": NEW}

    kept = load_settings({**told, "VITRINE_SECRET_KEY_FALLBACKS": f"{'o' * 32},{'p' * 32}"})
    assert kept.secret_keys == (NEW, "o" * 32, "p" * 32)
    assert kept.person_key == "p" * 32
    with pytest.raises(SettingsError, match="fallback"):
        load_settings({**told, "VITRINE_SECRET_KEY_FALLBACKS": "short"})
