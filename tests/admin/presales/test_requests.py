"""Letting people go, compensation agreed by two, and what Today says of presales."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.platform.db import db
from app.presale.commands import balances, clockwork, leaving, lifecycle, production
from app.presale.commands.production import Count
from app.presale.models import (
    Campaign,
    Commitment,
    Compensation,
    DepositKind,
    Participation,
    Stage,
    SupplyMode,
)
from app.shop.models import Role
from tests.admin.counter import clerk, contents
from tests.cast import House, house
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")
EARNEST = {
    "deposit_kind": DepositKind.EARNEST,
    "supply_mode": SupplyMode.MADE_TO_ORDER,
    "sku": {"cap": 10, "deposit": 5000},
}


@pytest.fixture
def owner(clock) -> House:
    return house(clock.now)


@pytest.fixture
def asked(owner, clock) -> Participation:
    """Grace joined with a 定金, changed her mind and asked to be let go."""
    campaign = cast.campaign(owner, clock.now, **EARNEST)
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, clock.now, name="Grace Hopper")
    person = db.session.scalars(select(Participation)).one()
    leaving.leave(person.id, now=clock.now)
    return person


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Commitment.state)))


def compensation() -> Compensation:
    db.session.rollback()
    statement = select(Compensation).execution_options(populate_existing=True)
    return db.session.scalars(statement).one()


def test_who_wants_to_leave_is_let_go_and_paid_back(app, owner, asked):
    who = clerk(app, owner.merchant_id, "cleo")

    page = who.read("/admin/presales/requests")
    answer = who.post(f"/admin/presales/joins/{asked.id}/leave")

    assert "G**" in page
    assert "Grace" not in page
    assert answer.status_code == 303
    assert states() == ["cancelled"]
    assert "Nobody has asked to leave." in who.read("/admin/presales/requests")


def test_who_wants_to_leave_may_be_kept(app, owner, asked):
    who = clerk(app, owner.merchant_id, "cleo")

    answer = who.post(f"/admin/presales/joins/{asked.id}/stay")

    assert answer.status_code == 303
    assert states() == ["confirmed"]
    assert who.post(f"/admin/presales/joins/{asked.id}/stay").status_code == 409


def test_who_may_only_look_lets_nobody_go(app, owner, asked):
    pan = clerk(app, owner.merchant_id, "pan", Role.FULFILMENT)
    before = contents()

    assert "Let go and pay back" not in pan.read("/admin/presales/requests")
    assert pan.post(f"/admin/presales/joins/{asked.id}/leave").status_code == 403
    assert contents() == before


@pytest.fixture
def owed(owner, clock) -> Campaign:
    """The shop gave up a presale paid by 定金: it owes the second half."""
    campaign = cast.campaign(owner, clock.now, **EARNEST)
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 2}, clock.now)
    lifecycle.cancel(campaign.id, reason="Fire", actor=owner.staff(), now=clock.now)
    clockwork.advance()
    return campaign


def test_compensation_is_agreed_by_two_people_and_then_paid(app, owner, owed):
    cleo, dora = (clerk(app, owner.merchant_id, name) for name in ("cleo", "dora"))
    here = f"/admin/presales/compensations/{compensation().id}"

    assert "Propose to pay it" in cleo.read("/admin/presales/requests")
    cleo.post(f"{here}/approval")
    twice = cleo.post(f"{here}/approval")
    assert twice.status_code == 409
    assert "The second yes has to come from somebody else." in twice.get_data(as_text=True)
    assert compensation().state == "proposed"

    dora.post(f"{here}/approval")
    assert (compensation().state, compensation().amount) == ("approved", 10000)
    unnamed = dora.post(f"{here}/payment", {"reference": ""})
    assert unnamed.status_code == 422
    assert compensation().state == "approved"

    dora.post(f"{here}/payment", {"reference": "BANK-77"})
    assert (compensation().state, compensation().reference) == ("paid", "BANK-77")
    page = cleo.read("/admin/presales/requests")
    assert "BANK-77" in page
    assert "¥100" in page


def test_another_merchants_compensation_is_not_there(app, owner, owed, clock):
    north = house(clock.now, "north", is_house=False)
    nora = clerk(app, north.merchant_id, "nora")
    before = contents()

    answer = nora.post(f"/admin/presales/compensations/{compensation().id}/approval")

    assert answer.status_code == 404
    assert "¥100" not in nora.read("/admin/presales/requests")
    assert contents() == before


def test_today_names_what_presales_wait_for(app, owner, asked, clock):
    who = clerk(app, owner.merchant_id, "cleo")
    missed = cast.campaign(owner, clock.now, decide_within_hours=48)
    medium, _large = cast.skus(missed.id)
    cast.confirmed(owner, {medium.id: 1}, clock.now)
    clock.advance(days=6, hours=23)
    assert "presales that close today" in who.read("/admin/")
    clock.advance(hours=1)
    clockwork.advance()

    page = who.read("/admin/")

    assert "presales to decide about" in page
    assert "in 2 days" in page
    assert "people who want to leave a presale" in page
    assert "presales that close today" not in page
    decide = clerk(app, owner.merchant_id, "pan", Role.FULFILMENT).read("/admin/")
    assert "presales to decide about" not in decide


def test_today_names_balances_that_end_and_promises_that_near(app, owner, clock):
    campaign = cast.campaign(owner, clock.now, threshold=1)
    medium, _large = cast.skus(campaign.id)
    for _ in range(2):
        cast.confirmed(owner, {medium.id: 1}, clock.now)
    clock.advance(days=7)
    clockwork.advance()
    staff = owner.staff()
    production.start_production(campaign.id, actor=staff, now=clock.now)
    for stage in (Stage.RECEIVED, Stage.PASSED):
        production.record_production(
            campaign.id, Count(medium.id, stage, 2), actor=staff, now=clock.now
        )
    production.mark_arriving(campaign.id, actor=staff, now=clock.now)
    balances.open_balance(campaign.id, actor=staff, now=clock.now)
    clockwork.advance()
    who = clerk(app, owner.merchant_id, "cleo")
    assert "balances not paid" not in who.read("/admin/")
    clock.advance(hours=60)

    page = who.read("/admin/")

    assert '<span class="n">2</span><span class="min-w-0">balances not paid' in page
    assert "promised day is near" not in page
    clock.advance(days=33)
    assert "promised day is near" in who.read("/admin/")
