"""The tests' own ground: clean databases, separate requests, servers that fail and come back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.platform import clock as platform_clock
from app.platform.transaction import transaction
from app.shop.models import Merchant
from tests.conftest import MONDAY


def merchant(key):
    return Merchant(key=key, name={"en": key}, email=f"{key}@example.org", created_at=MONDAY)


@pytest.mark.parametrize("round_number", [1, 2])
def test_every_test_finds_the_tables_as_the_migrations_left_them(db_session, round_number):
    assert db_session.scalar(select(func.count()).select_from(Merchant)) == 0

    with transaction():
        ada = merchant("ada")
        db_session.add(ada)

    assert ada.id == 1


def test_a_write_outside_a_command_is_refused(db_session):
    db_session.add(merchant("ada"))

    with pytest.raises(RuntimeError, match="outside a command"):
        db_session.flush()


def test_each_database_is_the_kind_it_says(request, settings, db_session):
    kind = db_session.get_bind().dialect.name

    assert kind in request.node.callspec.id
    assert settings.database_url.startswith(kind)


def test_a_request_shares_nothing_with_the_test_around_it(app, client):
    from flask import g

    g.actor = "somebody of the test"

    assert client.get("/healthz").status_code == 200
    assert g.actor == "somebody of the test"


def test_another_shop_on_the_same_database_has_other_settings(settings, make_app):
    other = make_app(payment_methods=("bank_transfer",))

    assert other.test_client().get("/healthz", base_url=settings.public_url).status_code == 200


def test_the_clock_moves_only_when_told(clock):
    clock.advance(hours=1, minutes=30)

    assert platform_clock.now() == clock.now == MONDAY + timedelta(minutes=90)


def test_the_queue_survives_a_crash_and_can_be_emptied(valkey):
    with valkey.client as client:
        client.set("kept", "1")
    valkey.stop()
    valkey.start()
    with valkey.client as client:
        assert client.get("kept") == b"1"

    valkey.empty()
    valkey.kill()
    valkey.start()

    with valkey.client as client:
        assert client.get("kept") is None


def test_the_shop_answers_a_real_browser(page):
    response = page.goto("/healthz")

    assert response.status == 200
