"""`flask shop …` as an operator uses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextvars import Context

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import insert, select

from app.platform.actor import SYSTEM
from app.platform.audit.commands import record, seal
from app.platform.db import db
from app.platform.outbox.models import DeliveryState, OutboxDelivery, OutboxFact
from app.platform.transaction import transaction
from app.shop import queries
from app.shop.cli.settings import masked
from app.shop.models import Role
from app.shop.sign_in import check_password
from tests.conftest import MONDAY
from tests.shop.people import PASSWORD, house, member, staff

Shop = Callable[..., Result]


@pytest.fixture
def shop(app: Flask) -> Shop:
    """`shop("init")`, run outside of the test's context as a process of its own is."""

    def run(*words: str, typed: str | None = None, by: Flask = app) -> Result:
        db.session.rollback()
        invoke = by.test_cli_runner().invoke
        return Context().run(invoke, args=["shop", *words], input=typed)

    return run


def test_init_sets_an_empty_shop_up_once(shop: Shop) -> None:
    first, second = shop("init"), shop("init")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "nothing was changed" in second.output
    assert [merchant.key for merchant in queries.merchants()] == ["house"]
    assert len(queries.shipping_rates()) == 6
    assert [place.key for place in queries.locations(SYSTEM)] == ["storeroom"]


def test_an_admin_can_sign_in_afterwards(shop: Shop) -> None:
    shop("init")

    done = shop("create-admin", "Cleo@example.org", "--password-stdin", typed=f"{PASSWORD}\n")

    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    cleo = check_password("cleo@example.org", PASSWORD, now=MONDAY)
    assert cleo is not None
    assert (cleo.role, cleo.name) == (Role.OWNER, "Cleo")


def test_the_password_is_asked_for_twice(shop: Shop) -> None:
    shop("init")

    done = shop("create-admin", "cleo@example.org", typed=f"{PASSWORD}\n{PASSWORD}\n")

    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["cleo@example.org"], "at least 10 characters"),
        (["cleo"], "name@example.org"),
        (["cleo@example.org", "--merchant", "nobody"], "nothing here"),
        (["cleo@example.org", "--role", "emperor"], "emperor"),
    ],
)
def test_what_cannot_be_is_one_sentence(shop: Shop, words: list[str], sentence: str) -> None:
    shop("init")

    done = shop("create-admin", *words, "--password-stdin", typed="short\n")

    assert done.exit_code in {1, 2}
    assert sentence in done.output
    assert "Traceback" not in done.output
    assert list(queries.staff(SYSTEM)) == []


def test_a_forgotten_password_is_replaced(shop: Shop) -> None:
    before = staff(house(), "cleo", Role.OWNER).get_id()

    done = shop("set-password", "cleo@example.org", "--password-stdin", typed="three wool skirts\n")

    assert done.exit_code == 0, done.output
    assert check_password("cleo@example.org", "three wool skirts", now=MONDAY) is not None
    assert member("cleo").get_id() != before


def audited(count: int) -> None:
    for number in range(count):
        with transaction():
            record(SYSTEM, "test", "test", number, now=MONDAY)


def test_a_whole_audit_chain_is_confirmed(shop: Shop) -> None:
    audited(2)
    seal()
    audited(1)

    done = shop("audit", "verify")
    head = shop("audit", "head").output.strip()

    assert (done.exit_code, len(head)) == (0, 64)
    assert "2 rows sealed, 1 waiting" in done.output
    assert shop("audit", "verify", "--head", head).exit_code == 0
    answer = json.loads(shop("audit", "verify", "--json").output)
    assert (answer["holds"], answer["head"], answer["sealed"]) == (True, head, 2)
    assert json.loads(shop("audit", "head", "--json").output) == {"sealed": 2, "head": head}


def test_a_broken_audit_chain_is_an_error(shop: Shop) -> None:
    audited(1)
    seal()

    done = shop("audit", "verify", "--head", "f" * 64)

    assert done.exit_code == 1
    assert "broken at seal 2" in done.output
    answer = json.loads(shop("audit", "verify", "--json", "--head", "f" * 64).output)
    assert (answer["holds"], answer["first_bad"]) == (False, 2)


def given_up(count: int) -> list[int]:
    """Deliveries that were tried often enough."""
    with transaction():
        fact_id = db.session.scalar(
            insert(OutboxFact)
            .values(name="test.v1", payload={}, published_at=MONDAY)
            .returning(OutboxFact.id)
        )
        rows = [
            {
                "fact_id": fact_id, "handler": f"test:{number}", "state": DeliveryState.DEAD,
                "attempts": 12, "due_at": MONDAY, "last_error": "LookupError",
            }
            for number in range(count)
        ]  # fmt: skip
        ids = db.session.scalars(insert(OutboxDelivery).returning(OutboxDelivery.id), rows)
        return list(ids)


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxDelivery.state).order_by(OutboxDelivery.id)))


def test_deliveries_given_up_are_listed(shop: Shop) -> None:
    given_up(2)

    listed = shop("outbox", "dead").output

    assert listed.count("test.v1") == 2
    assert "LookupError" in listed
    assert len(json.loads(shop("outbox", "dead", "--json").output)) == 2


def test_deliveries_are_replayed_one_or_all(shop: Shop) -> None:
    first, _second, _third = given_up(3)

    assert shop("outbox", "replay", str(first)).exit_code == 0
    assert states() == ["pending", "dead", "dead"]
    assert shop("outbox", "replay", "--all").exit_code == 0
    assert states() == ["pending"] * 3


@pytest.mark.parametrize("words", [[], ["1", "--all"], ["one"]])
def test_a_replay_says_what_it_wants(shop: Shop, words: list[str]) -> None:
    given_up(1)

    assert shop("outbox", "replay", *words).exit_code == 2
    assert states() == ["dead"]


def test_the_settings_are_shown_without_secrets(shop: Shop, app: Flask) -> None:
    shown = json.loads(shop("config", "--json").output)

    assert shown["VITRINE_ENV"] == "testing"
    assert shown["VITRINE_SECRET_KEY"] == "(set)"
    assert shown["SMTP_URL"] == "(none)"
    assert "VITRINE_PUBLIC_URL" in shop("config").output


def test_addresses_are_shown_without_their_passwords(make_app: Callable[..., Flask]) -> None:
    from app.platform.configuration import KEY

    app = make_app(smtp_url="smtps://shop:hidden@mail.example:465", redis_url="redis://:hidden@q/0")

    shown = masked(app.extensions[KEY])

    assert shown["SMTP_URL"] == "smtps://…@mail.example:465"
    assert shown["REDIS_URL"] == "redis://…@q/0"
    assert "hidden" not in str(shown)
