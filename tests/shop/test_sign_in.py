"""The staff door: passwords, sessions, and what an address gives away."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.platform import passwords
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.transaction import transaction
from app.shop.models import Role, Staff
from app.shop.sign_in import actor_of, check_password, load_staff
from tests.conftest import MONDAY
from tests.shop.people import PASSWORD, house, member, north_window, staff


def dismiss(name: str) -> None:
    with transaction():
        db.session.execute(
            update(Staff).where(Staff.email == f"{name}@example.org").values(active=False)
        )


def test_the_right_password_lets_in_and_is_noted(app: Flask) -> None:
    cleo = staff(house(), "cleo", Role.OWNER)

    entered = check_password(" Cleo@Example.org ", PASSWORD, now=MONDAY)

    assert entered is not None
    assert entered.id == cleo.id
    assert member("cleo").last_seen_at == MONDAY
    noted = db.session.scalars(select(AuditRow).where(AuditRow.verb == "staff.sign_in")).one()
    assert (noted.actor_id, noted.object_id) == (cleo.id, cleo.id)


def test_a_weak_hash_is_renewed_on_the_way_in(app: Flask, slow_passwords: None) -> None:
    before = staff(house(), "cleo", Role.OWNER).password_hash

    check_password("cleo@example.org", PASSWORD, now=MONDAY)

    after = member("cleo").password_hash
    assert after != before
    assert passwords.verified(PASSWORD, after) == (True, None)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("cleo@example.org", "a long winter coat "),
        ("cleo@example.org", ""),
        ("cleo@example.org", "x" * 100_000),
        ("cleo@example.org", "a\0b"),
        ("nobody@example.org", PASSWORD),
        ("", PASSWORD),
    ],
    ids=["wrong", "empty", "huge", "zero byte", "unknown address", "no address"],
)
def test_anything_else_does_not(app: Flask, email: str, password: str) -> None:
    staff(house(), "cleo", Role.OWNER)

    assert check_password(email, password, now=MONDAY) is None
    assert member("cleo").last_seen_at is None


def test_the_dismissed_stay_outside(app: Flask) -> None:
    cleo = staff(house(), "cleo", Role.OWNER)
    dismiss("cleo")

    assert check_password("cleo@example.org", PASSWORD, now=MONDAY) is None
    assert load_staff(cleo.get_id()) is None


def test_an_unknown_address_costs_one_hash_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    staff(house(), "cleo", Role.OWNER)
    asked: list[str | None] = []
    real = passwords.verified

    def counting(password: str, stored: str | None) -> tuple[bool, str | None]:
        asked.append(stored)
        return real(password, stored)

    monkeypatch.setattr(passwords, "verified", counting)

    check_password("cleo@example.org", "wrong password", now=MONDAY)
    check_password("nobody@example.org", "wrong password", now=MONDAY)

    assert asked == [member("cleo").password_hash, None]


def test_a_session_names_its_staff_until_the_epoch_moves(app: Flask) -> None:
    cleo = staff(house(), "cleo", Role.OWNER)
    session = cleo.get_id()

    found = load_staff(session)
    assert found is not None
    assert found.id == cleo.id
    with transaction():
        db.session.execute(update(Staff).values(session_epoch=Staff.session_epoch + 1))
    assert load_staff(session) is None


@pytest.mark.parametrize(
    "session_id",
    ["", "staff", "staff:1", "staff:1:", "staff:x:1", "customer:1:1", "staff:-1:1", "staff:1:1\n",
     "staff:" + "9" * 30 + ":1", "staff:１:1"],
)  # fmt: skip
def test_a_forged_session_names_nobody(app: Flask, session_id: str) -> None:
    staff(house(), "cleo", Role.OWNER)

    assert load_staff(session_id) is None


def test_an_actor_carries_merchant_and_permissions(app: Flask) -> None:
    cleo, nora = staff(house(), "cleo", Role.OWNER), staff(north_window(), "nora", Role.OWNER)

    assert actor_of(cleo).may("settings.edit")
    assert not actor_of(nora).may("settings.edit")
    assert actor_of(nora).may("orders.refund")
    assert (actor_of(nora).kind, actor_of(nora).merchant_id) == ("staff", nora.merchant_id)
