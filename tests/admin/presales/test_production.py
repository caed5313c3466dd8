"""From ordering to sending at the counter: counted, shared out as shown, balances asked for."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.orders.models import OrderRefund
from app.platform.db import db
from app.presale.commands import clockwork
from app.presale.models import Campaign, Commitment, Participation
from app.shop.models import Role
from tests.admin.counter import Clerk, clerk, contents
from tests.cast import House, house
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def owner(clock) -> House:
    return house(clock.now)


@pytest.fixture
def agreed(owner, clock) -> Campaign:
    """A presale of one size that takes place: two people, three units."""
    variants = cast.shirt(owner, clock.now, sizes=("M",))
    campaign = cast.campaign(owner, clock.now, variants=variants)
    (medium,) = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, clock.now)
    cast.confirmed(owner, {medium.id: 2}, clock.now)
    clock.advance(days=7)
    clockwork.advance()
    return cast.fresh(campaign.id)


def first_order(campaign: Campaign) -> int:
    found = select(Participation.order_id).where(Participation.campaign_id == campaign.id)
    return db.session.scalars(found.order_by(Participation.id)).first() or 0


@pytest.fixture
def who(app, owner) -> Clerk:
    return clerk(app, owner.merchant_id, "cleo")


def count(who: Clerk, campaign: Campaign, stage: str, units: str, seen: int = 0):
    sku = cast.skus(campaign.id)[0]
    typed = {"sku": sku.id, "stage": stage, "units": units, f"seen-{stage}": seen}
    return who.post(f"/admin/presales/{campaign.id}/counts", typed)


def arrived(who: Clerk, campaign: Campaign, passed: str) -> None:
    here = f"/admin/presales/{campaign.id}"
    who.post(f"{here}/production")
    count(who, campaign, "received", "3")
    count(who, campaign, "passed", passed)
    who.post(f"{here}/arrival")


def states(campaign: Campaign) -> list[str]:
    db.session.rollback()
    rows = select(Commitment.state).where(Commitment.campaign_id == campaign.id)
    return list(db.session.scalars(rows.order_by(Commitment.id)))


def test_a_presale_is_led_from_production_to_sending(who, agreed, owner, clock):
    here = f"/admin/presales/{agreed.id}"
    arrived(who, agreed, "3")
    assert "Ask for the balances" in who.read(f"{here}/balances")

    who.post(f"{here}/balances")
    clockwork.advance()
    page = who.read(f"{here}/balances")
    assert "¥894" in page  # three balances of ¥298
    assert states(agreed) == ["balance_due", "balance_due"]
    assert "owes ¥298" in who.read(f"{here}/joins?view=owing")
    clock.advance(days=3)
    clockwork.advance()
    who.post(f"{here}/fulfilment")

    assert cast.fresh(agreed.id).state == "fulfilling"


def test_units_are_counted_on_to_their_stage(who, agreed):
    who.post(f"/admin/presales/{agreed.id}/production")

    answer = count(who, agreed, "received", "2")

    (sku,) = cast.skus(agreed.id)
    assert answer.status_code == 303
    assert (sku.ordered, sku.received) == (3, 2)


def test_the_same_count_sent_twice_counts_once(who, agreed):
    who.post(f"/admin/presales/{agreed.id}/production")

    answers = [count(who, agreed, "received", "2").status_code for _ in range(2)]

    assert answers == [303, 409]
    assert cast.skus(agreed.id)[0].received == 2


@pytest.mark.parametrize(("where", "units"), [("passed", "1"), ("received", "many"), ("x", "1")])
def test_a_count_that_cannot_be_is_refused_beside_its_field(who, agreed, where, units):
    who.post(f"/admin/presales/{agreed.id}/production")
    (sku,) = cast.skus(agreed.id)
    before = contents()

    answer = count(who, agreed, where, units)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="units-{sku.id}-error"' in page
    assert f'value="{units}"' in page
    assert contents() == before


def test_too_few_are_shared_out_as_it_was_shown(who, agreed):
    here = f"/admin/presales/{agreed.id}"
    arrived(who, agreed, "2")

    page = who.read(f"{here}/production")
    answer = who.post(f"{here}/split")
    clockwork.advance()

    assert "2 for 3" in page
    assert "¥100 goes back" in page
    assert answer.status_code == 303
    assert db.session.scalar(select(func.sum(OrderRefund.amount))) == 10000
    rows = db.session.scalars(select(Commitment).order_by(Commitment.id)).all()
    assert [row.cut for row in rows] == [0, 1]
    assert "Too few for everybody" not in who.read(f"{here}/production")


def test_a_balance_is_given_up_for_one_person(who, agreed):
    here = f"/admin/presales/{agreed.id}"
    arrived(who, agreed, "3")
    who.post(f"{here}/balances")
    clockwork.advance()
    row = db.session.scalars(select(Commitment).order_by(Commitment.id)).first()
    assert row is not None

    answer = who.post(f"/admin/presales/joins/{row.participation_id}/waiver")

    assert answer.status_code == 303
    assert states(agreed) == ["waived", "balance_due"]
    assert who.post(f"/admin/presales/joins/{row.participation_id}/waiver").status_code == 409


def test_a_packer_counts_but_shares_nothing_out(app, owner, agreed):
    pan = clerk(app, owner.merchant_id, "pan", Role.FULFILMENT)
    here = f"/admin/presales/{agreed.id}"
    arrived(pan, agreed, "2")

    assert "Share it out like this" not in pan.read(f"{here}/production")
    assert pan.post(f"{here}/split").status_code == 403
    assert pan.post(f"{here}/balances").status_code == 403


def test_nothing_that_is_still_to_come_is_offered_for_shipping(agreed, who):
    order_id = first_order(agreed)

    page = who.read(f"/admin/orders/{order_id}")

    assert ">Ship<" not in page
    assert "In Test Store" not in page
    assert who.get(f"/admin/orders/{order_id}/parcels/new").status_code == 409
