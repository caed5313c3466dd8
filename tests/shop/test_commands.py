"""Merchants, staff, stores, rates, settings and numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from app.platform import passwords
from app.platform.actor import SYSTEM
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.errors import DomainError, Forbidden, Invalid, NotFound
from app.platform.outbox.models import OutboxFact
from app.platform.transaction import command
from app.shop import commands as shop
from app.shop import queries
from app.shop.errors import LastOwner
from app.shop.models import LocationKind, Role
from app.shop.rules import Rate
from tests.conftest import MONDAY
from tests.shop.people import PASSWORD, actor_of, house, member, north_window, staff

NEWCOMER = shop.NewStaff("Emil@example.org", " Emil ", Role.SUPPORT, "three wool skirts")
RATES = (Rate("mainland", 1000, 1200), Rate("mainland", 5000, 2400), Rate("remote", 5000, 4000))


def verbs() -> list[str]:
    return list(db.session.scalars(select(AuditRow.verb).order_by(AuditRow.id)))


def test_a_merchant_is_created_once(app: Flask) -> None:
    house_id = house()

    with pytest.raises(Invalid) as refused:
        house()

    assert set(refused.value.errors) == {"key"}
    assert [merchant.id for merchant in queries.merchants()] == [house_id]
    assert verbs() == ["merchant.create"]


def test_only_the_house_lets_merchants_in(app: Flask) -> None:
    house()
    nora = actor_of(staff(north_window(), "nora", Role.OWNER))

    with pytest.raises(Forbidden):
        shop.create_merchant("mine", name={}, email="mine@example.org", actor=nora, now=MONDAY)

    assert [merchant.key for merchant in queries.merchants()] == ["house", "north-window"]


def test_an_owner_takes_on_staff(app: Flask) -> None:
    house_id = house()
    cleo = actor_of(staff(house_id, "cleo", Role.OWNER))

    shop.create_staff(house_id, NEWCOMER, actor=cleo, now=MONDAY)

    emil = member("emil")
    assert (emil.name, emil.role, emil.merchant_id) == ("Emil", "support", house_id)
    assert passwords.verified(NEWCOMER.password, emil.password_hash) == (True, None)
    assert "three wool skirts" not in repr(NEWCOMER)


def test_an_address_belongs_to_one_member_of_staff(app: Flask) -> None:
    house_id = house()
    shop.create_staff(house_id, NEWCOMER, actor=SYSTEM, now=MONDAY)

    with pytest.raises(Invalid) as refused:
        shop.create_staff(north_window(), NEWCOMER, actor=SYSTEM, now=MONDAY)

    assert set(refused.value.errors) == {"email"}
    assert len(queries.staff(SYSTEM)) == 1


def test_nobody_takes_on_staff_for_another_merchant(app: Flask) -> None:
    house_id = house()
    nora = actor_of(staff(north_window(), "nora", Role.OWNER))

    with pytest.raises(NotFound):
        shop.create_staff(house_id, NEWCOMER, actor=nora, now=MONDAY)

    assert [person.name for person in queries.staff(SYSTEM)] == ["Nora"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_only_owners_manage_staff(app: Flask, role: Role) -> None:
    house_id = house()
    dora = staff(house_id, "dora", role)

    with pytest.raises(Forbidden):
        shop.create_staff(house_id, NEWCOMER, actor=actor_of(dora), now=MONDAY)
    with pytest.raises(Forbidden):
        shop.change_role(dora.id, Role.OWNER, actor=actor_of(dora), now=MONDAY)

    assert member("dora").role == role
    assert len(queries.staff(SYSTEM)) == 1


def test_a_role_changes_and_says_from_what(app: Flask) -> None:
    house_id = house()
    cleo, dora = staff(house_id, "cleo", Role.OWNER), staff(house_id, "dora", Role.EDITOR)

    shop.change_role(dora.id, Role.SUPPORT, actor=actor_of(cleo), now=MONDAY)

    row = db.session.scalars(select(AuditRow).where(AuditRow.verb == "staff.change_role")).one()
    assert (row.actor_id, row.before, row.after) == (
        cleo.id,
        {"role": "editor"},
        {"role": "support"},
    )
    assert "orders.cancel" in actor_of(member("dora")).permissions


def test_the_last_owner_stays_owner(app: Flask) -> None:
    cleo = staff(house(), "cleo", Role.OWNER)

    with pytest.raises(LastOwner):
        shop.change_role(cleo.id, Role.EDITOR, actor=actor_of(cleo), now=MONDAY)

    assert member("cleo").role == Role.OWNER


def test_two_owners_cannot_demote_each_other_at_once(app: Flask) -> None:
    house_id = house()
    cleo, dora = staff(house_id, "cleo", Role.OWNER), staff(house_id, "dora", Role.OWNER)
    first = partial(shop.change_role, dora.id, Role.EDITOR, actor=actor_of(cleo), now=MONDAY)
    second = partial(shop.change_role, cleo.id, Role.EDITOR, actor=actor_of(dora), now=MONDAY)
    db.session.rollback()

    outcomes = at_once(app, [first, second])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LastOwner", "NoneType"]
    assert sorted([member("cleo").role, member("dora").role]) == ["editor", "owner"]


def test_a_new_password_signs_out_everywhere(app: Flask) -> None:
    dora = staff(house(), "dora", Role.SUPPORT)
    session = dora.get_id()

    shop.set_password(dora.id, "another long coat", actor=actor_of(dora), now=MONDAY)

    changed = member("dora")
    assert changed.get_id() != session
    assert passwords.verified("another long coat", changed.password_hash)[0]
    assert not passwords.verified(PASSWORD, changed.password_hash)[0]


def test_nobody_sets_a_strangers_password(app: Flask) -> None:
    house_id = house()
    cleo, dora = staff(house_id, "cleo", Role.OWNER), staff(house_id, "dora", Role.SUPPORT)
    nora = staff(north_window(), "nora", Role.OWNER)

    with pytest.raises(Forbidden):
        shop.set_password(cleo.id, "another long coat", actor=actor_of(dora), now=MONDAY)
    with pytest.raises(NotFound):
        shop.set_password(cleo.id, "another long coat", actor=actor_of(nora), now=MONDAY)

    assert passwords.verified(PASSWORD, member("cleo").password_hash)[0]


def test_a_store_is_opened_and_told(app: Flask) -> None:
    house_id = house()
    new = shop.NewLocation(
        "hangzhou",
        LocationKind.STORE,
        {"en": "Hangzhou"},
        {"en": "17 Lamplight Lane"},
        offers_pickup=True,
    )

    location_id = shop.create_location(house_id, new, actor=SYSTEM, now=MONDAY)

    assert [place.id for place in queries.pickup_locations()] == [location_id]
    fact = db.session.scalars(select(OutboxFact)).one()
    assert fact.name == "shop.location_created.v1"
    with pytest.raises(Invalid):
        shop.create_location(house_id, new, actor=SYSTEM, now=MONDAY)


def test_rates_are_replaced_as_a_whole(app: Flask) -> None:
    shop.replace_shipping_rates(RATES, actor=SYSTEM, now=MONDAY)
    shop.replace_shipping_rates(RATES[:2], actor=SYSTEM, now=MONDAY)

    assert queries.shipping_rates() == RATES[:2]
    with pytest.raises(Invalid):
        shop.replace_shipping_rates([], actor=SYSTEM, now=MONDAY)
    assert queries.shipping_rates() == RATES[:2]


def test_a_setting_is_kept_and_every_change_audited(app: Flask) -> None:
    shop.set_setting("free_over", 50000, actor=SYSTEM, now=MONDAY)
    shop.set_setting("free_over", 80000, actor=SYSTEM, now=MONDAY)

    assert queries.setting("free_over", 0) == 80000
    rows = db.session.execute(select(AuditRow.before, AuditRow.after).order_by(AuditRow.id)).all()
    assert rows == [(None, {"free_over": 50000}), ({"free_over": 50000}, {"free_over": 80000})]


def test_a_setting_of_the_wrong_type_is_not_passed_on(app: Flask) -> None:
    shop.set_setting("free_over", "a lot", actor=SYSTEM, now=MONDAY)

    with pytest.raises(TypeError, match="free_over"):
        queries.setting("free_over", 0)
    assert queries.setting("unknown", 7) == 7


def test_settings_are_for_the_house(app: Flask) -> None:
    nora = actor_of(staff(north_window(), "nora", Role.OWNER))

    with pytest.raises(Forbidden):
        shop.set_setting("free_over", 0, actor=nora, now=MONDAY)
    with pytest.raises(Forbidden):
        shop.replace_shipping_rates(RATES, actor=nora, now=MONDAY)

    assert queries.setting("free_over", None) is None
    assert queries.shipping_rates() == ()


def test_numbers_count_from_one_by_name(app: Flask) -> None:
    assert [shop.next_number("piece"), shop.next_number("piece")] == [1, 2]
    assert shop.next_number("order") == 1


def test_an_undone_command_gives_its_number_back(app: Flask) -> None:
    @command
    def take_and_fail() -> None:
        shop.next_number("piece")
        raise LookupError

    with pytest.raises(LookupError):
        take_and_fail()

    assert shop.next_number("piece") == 1


def test_many_at_once_get_different_numbers(app: Flask) -> None:
    def take_five() -> list[int]:
        return [shop.next_number("piece") for _ in range(5)]

    outcomes = at_once(app, [take_five] * 8)

    taken = [number for numbers in outcomes if isinstance(numbers, list) for number in numbers]
    assert sorted(taken) == list(range(1, 41))


def at_once(app: Flask, calls: Sequence[Callable[[], object]]) -> list[object]:
    """What each call returned or was refused with, begun together, on connections of their own."""
    start = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        with app.app_context():
            start.wait()
            try:
                return call()
            except DomainError as error:
                return error

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))
