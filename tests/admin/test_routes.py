"""Every door of the counter: who may open it, for which rows; a refusal changes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from app.admin.frame import ANY_STAFF
from app.admin.queries.machines import callbacks
from app.fulfilment.commands.parcels import NewParcel, ship
from app.notifications import commands as notifications
from app.notifications.queries import listed
from app.orders.commands import cancel, fulfil
from app.orders.queries import for_mail, token_by_id
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.inbox import commands as inbox
from app.presale.commands import clockwork, lifecycle
from app.presale.models import Compensation, DepositKind, Participation
from app.reviews.commands import writing
from app.reviews.commands.writing import Opinion
from app.reviews.models import Review
from app.shop.models import Role
from app.shop.permissions import SHOP_WIDE, permissions_of
from app.shop.sign_in import actor_of
from tests import cast
from tests.admin.counter import (
    Clerk,
    attempt,
    clerk,
    contents,
    lines_of,
    paid_order,
    token_in,
)
from tests.community import cast as community
from tests.conftest import visitor
from tests.presale import cast as presale
from tests.servers.scenes import remembered
from tests.soaking import on_sqlite

pytestmark = pytest.mark.usefixtures("app")

OPEN_DOORS = {"admin_session.new", "admin_session.create", "admin_session.delete"}
"""Signing in and out is for everybody."""


@dataclass(frozen=True)
class Door:
    endpoint: str
    method: str
    rule: str
    permission: str
    arguments: tuple[str, ...]

    def path(self, ids: dict[str, Any]) -> str:
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ids.get(found[1], 1)), self.rule)


def doors(app) -> list[Door]:
    return [
        Door(
            rule.endpoint,
            method,
            rule.rule,
            app.view_functions[rule.endpoint].permission,
            tuple(sorted(rule.arguments)),
        )
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/admin") and rule.endpoint not in OPEN_DOORS
        for method in sorted(rule.methods & {"GET", "POST"})
    ]


def knock(who: Clerk, door: Door, ids: dict[str, Any], token: str) -> int:
    if door.method == "GET":
        return who.client.get(door.path(ids)).status_code
    typed = {
        "csrf_token": token,
        "text": "a note",
        "role": "owner",
        "password": "a long winter coat",
    }
    return who.client.post(door.path(ids), data=typed).status_code


@remembered
def rows_of(owner: cast.House, now, serial: str) -> dict[str, Any]:
    """One row of every kind that an address of the counter can name."""

    order_id = paid_order(owner, now, units=2)
    line = lines_of(order_id)[0]
    ship(
        order_id,
        NewParcel({line.id: 1}, "shunfeng", f"SF-{serial}", "k" * 20),
        actor=owner.staff(),
        now=now,
    )
    cancel.refund(
        order_id,
        cancel.RefundRequest(line_amounts={line.id: 100}),
        actor=owner.staff(),
        idempotency_key=f"refund-{serial}",
        now=now,
    )
    waiting = cast.placed(owner, [cast.piece(owner, now)], now)
    transfer = attempt(waiting, now, "bank_transfer")
    inbox.keep_rejected(
        "payments/sandbox", "BadSignature", headers={}, body=serial.encode(), now=now
    )
    notifications.queue(
        kind="orders.paid",
        event=f"test:{serial}",
        recipient="ada@example.org",
        locale="en",
        subject="Paid",
        text="Paid",
        html="<p>Paid</p>",
        now=now,
    )

    campaign = presale.campaign(owner, now)
    sku = presale.skus(campaign.id)[0]
    presale.confirmed(owner, {sku.id: 1}, now)

    given_up = presale.campaign(
        owner, now, deposit_kind=DepositKind.EARNEST, sku={"cap": 9, "deposit": 5000}
    )
    presale.confirmed(owner, {presale.skus(given_up.id)[0].id: 1}, now)
    lifecycle.cancel(given_up.id, reason="Fire", actor=owner.staff(), now=now)
    clockwork.advance()

    fulfil.mark_delivered(order_id, {line.id: 1}, now=now)
    line = lines_of(order_id)[0]
    writing.write(line, Opinion(2, "Too small.", None, "A**"), locale="en", now=now)
    leader = community.leader(owner, f"leader-{serial}")

    return {
        **led_by(leader, campaign.id, now),
        "compensation_id": db.session.scalar(
            select(Compensation.id).where(Compensation.campaign_id == given_up.id)
        ),
        "campaign_id": campaign.id,
        "sku_id": sku.id,
        "participation_id": db.session.scalar(
            select(Participation.id).where(Participation.campaign_id == campaign.id)
        ),
        "order_id": order_id,
        "review_id": db.session.scalar(select(Review.id).where(Review.order_id == order_id)),
        "token": token_by_id(order_id),
        "payment_id": transfer.id,
        "refund_id": for_mail(order_id).refunds[0].id,
        "proof_id": 1,
        "event_id": callbacks().rows[0].id,
        "message_id": listed().rows[0].id,
        "delivery_id": 1,
        "product_id": line.product_id,
        "variant_id": line.variant_id,
    }


@remembered
def led_by(leader: Actor, campaign_id: int, now) -> dict[str, Any]:
    """A presale shared in a leader's own group, with somebody on its chat list."""
    shared = community.link(leader, campaign_id, now)
    entry_id = community.listed(shared, now)
    own = {"code": shared.code, "chat_group_id": shared.group_id, "entry_id": entry_id}
    return own | {"number": 1, "sheet": "pickup", "file": "pdf"}


def test_every_address_says_who_may_come_in(app):
    silent = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/admin") and rule.endpoint not in OPEN_DOORS
        if not hasattr(app.view_functions[rule.endpoint], "permission")
    ]

    assert not silent


def test_the_screens_are_all_here(app):
    """So that the tests below cannot pass by finding nothing."""
    found = {(door.method, door.rule) for door in doors(app)}

    assert len(found) > 45
    assert ("POST", "/admin/orders/<row:order_id>/refunds") in found


@on_sqlite
def test_nobody_comes_in_without_signing_in(app, clock):
    cast.house(clock.now)
    client = visitor(app)

    token = token_in(client.get("/admin/login"))
    named = {name for door in doors(app) for name in door.arguments}
    ids = dict.fromkeys(named, 1)
    before = contents()

    answers = {
        (door.method, door.rule): client.open(
            door.path(ids), method=door.method, data={"csrf_token": token}
        )
        for door in doors(app)
    }

    elsewhere = {
        where: answer.headers.get("Location")
        for where, answer in answers.items()
        if answer.status_code != 303 or not answer.headers["Location"].startswith("/admin/login")
    }
    assert not elsewhere
    assert contents() == before


@on_sqlite
@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_permission_is_refused_and_changes_nothing(app, clock, role):
    owner = cast.house(clock.now)
    ids = rows_of(owner, clock.now, "own")
    who = clerk(app, owner.merchant_id, "cleo", role)
    ids["staff_id"] = who.member.id
    granted = permissions_of(role, is_house=True)
    token = who.token
    closed = [door for door in doors(app) if door.permission not in {ANY_STAFF, *granted}]
    before = contents()

    answers = {(door.method, door.rule): knock(who, door, ids, token) for door in closed}

    assert {where: status for where, status in answers.items() if status != 403} == {}
    assert contents() == before
    assert role is Role.OWNER or closed


@on_sqlite
@pytest.mark.parametrize("role", list(Role))
def test_a_role_with_the_permission_is_let_in(app, clock, role):
    owner = cast.house(clock.now)
    ids = rows_of(owner, clock.now, "own") | {"proof_id": 0}
    who = clerk(app, owner.merchant_id, "cleo", role)
    ids["staff_id"] = who.member.id
    if role is Role.LEADER:
        ids |= led_by(actor_of(who.member), ids["campaign_id"], clock.now)
    granted = {ANY_STAFF, *permissions_of(role, is_house=True)}
    token = who.token
    readable = [
        door
        for door in doors(app)
        if door.method == "GET" and door.permission in granted
        if set(door.arguments) <= ids.keys() - {"proof_id"}
    ]

    answers = {door.rule: knock(who, door, ids, token) for door in readable}

    refused = {where: status for where, status in answers.items() if status not in {200, 303, 409}}
    elsewhere = {"/admin/mails/<row:message_id>/html", "/admin/reviews/photos/<file>"}
    assert refused.keys() <= elsewhere  # shown on demand only, and a file of something else


@pytest.mark.parametrize("role", [Role.OWNER, Role.FULFILMENT, Role.SUPPORT, Role.READONLY])
def test_another_merchants_row_is_not_there(app, clock, role):
    cast.house(clock.now)
    theirs = cast.house(clock.now, "north", is_house=False)
    mine = cast.house(clock.now, "south", is_house=False)
    ids = rows_of(theirs, clock.now, "theirs")
    ids["staff_id"] = clerk(app, theirs.merchant_id, "nora").member.id
    who = clerk(app, mine.merchant_id, "sam", role)
    granted = permissions_of(role, is_house=False)
    token = who.token
    reachable = [
        door
        for door in doors(app)
        if door.arguments and set(door.arguments) <= ids.keys() and door.permission in granted
    ]
    before = contents()

    answers = {(door.method, door.rule): knock(who, door, ids, token) for door in reachable}

    assert {where: status for where, status in answers.items() if status not in {303, 404}} == {}
    led_on = {rule for (_method, rule), status in answers.items() if status == 303}
    assert led_on <= {"/admin/pickup/<token>"}
    assert reachable
    assert contents() == before


def test_another_merchants_row_looks_like_one_that_never_was(app, clock):
    cast.house(clock.now)
    theirs = cast.house(clock.now, "north", is_house=False)
    mine = cast.house(clock.now, "south", is_house=False)
    order_id = paid_order(theirs, clock.now)
    who = clerk(app, mine.merchant_id, "sam")

    foreign, absent = (who.get(f"/admin/orders/{number}") for number in (order_id, 999_999))

    def without_names(response):
        text = response.get_data(as_text=True)
        return re.sub(r"[0-9a-f]{16}|/admin/orders/\d+|%2Fadmin[^\"&]*|value=\"[^\"]*\"", "", text)

    assert foreign.status_code == absent.status_code == 404
    assert without_names(foreign) == without_names(absent)


@on_sqlite
@pytest.mark.parametrize("role", list(Role))
def test_what_concerns_the_whole_shop_is_closed_to_other_merchants(app, clock, role):
    theirs = cast.house(clock.now, is_house=True)
    ids = rows_of(theirs, clock.now, "theirs") | {"staff_id": 1}
    mine = cast.house(clock.now, "south", is_house=False)
    who = clerk(app, mine.merchant_id, "sam", role)
    token = who.token
    shop_wide = [door for door in doors(app) if door.permission in SHOP_WIDE]
    before = contents()

    answers = {(door.method, door.rule): knock(who, door, ids, token) for door in shop_wide}

    assert {where: status for where, status in answers.items() if status != 403} == {}
    assert len(answers) > 15
    assert contents() == before


@on_sqlite
def test_a_form_of_the_counter_without_its_token_changes_nothing(app, clock):
    owner = cast.house(clock.now)
    ids = rows_of(owner, clock.now, "own")
    who = clerk(app, owner.merchant_id, "cleo")
    ids["staff_id"] = who.member.id
    before = contents()

    answers = {
        door.rule: who.client.post(door.path(ids), data={"text": "a note"}).status_code
        for door in doors(app)
        if door.method == "POST"
    }

    assert set(answers.values()) == {403}
    assert contents() == before


def test_a_number_beyond_every_column_is_no_address(app, clock):
    owner = cast.house(clock.now)
    who = clerk(app, owner.merchant_id, "cleo")

    for path in (
        f"/admin/orders/{2**63}",
        "/admin/orders/0",
        "/admin/mails/99999999999999999999",
        "/admin/orders/-1",
    ):
        assert who.get(path).status_code == 404
    assert who.get("/admin/orders?after=99999999999999999999999").status_code == 200
    assert who.get("/admin/orders?view=nonsense&q=%00%27%22").status_code == 200
    db.session.rollback()
