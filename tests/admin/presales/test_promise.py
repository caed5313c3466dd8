"""The promise ledger at the counter: every version stays, and buyers are asked as the rules say."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.platform.db import db
from app.presale.models import BuyerQuestion, PromiseVersion
from app.shop.models import Role
from tests.admin.counter import clerk, contents
from tests.cast import house
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def joined(clock):
    owner = house(clock.now)
    campaign = cast.campaign(owner, clock.now)
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, clock.now)
    return owner, campaign


def test_a_later_promise_is_a_new_version_and_asks_everybody(app, joined):
    owner, campaign = joined
    who = clerk(app, owner.merchant_id, "cleo")
    typed = {"earliest": "2027-01-05", "latest": "2027-01-20", "reason-en": "The dyer is ill."}

    answer = who.post(f"/admin/presales/{campaign.id}/promise", typed)

    page = who.read(f"/admin/presales/{campaign.id}/promise")
    question = db.session.scalars(select(BuyerQuestion)).one()
    assert answer.status_code == 303
    assert question.silence == "keep"
    assert "The dyer is ill." in page
    assert "Silence keeps the place." in page
    assert len(db.session.scalars(select(PromiseVersion)).all()) == 2


@pytest.mark.parametrize("latest", ["", "soon", "2028-01-20"])
def test_days_that_cannot_be_promised_are_refused_beside_their_field(app, joined, latest):
    owner, campaign = joined
    who = clerk(app, owner.merchant_id, "cleo")
    before = contents()
    typed = {"earliest": "2027-01-05", "latest": latest, "reason-en": "Late."}

    answer = who.post(f"/admin/presales/{campaign.id}/promise", typed)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="latest-error"' in page
    assert "Late." in page
    assert contents() == before


def test_who_may_only_look_promises_nothing(app, joined):
    owner, campaign = joined
    pan = clerk(app, owner.merchant_id, "pan", Role.FULFILMENT)
    here = f"/admin/presales/{campaign.id}/promise"

    assert "Promise other days" not in pan.read(here)
    assert pan.post(here, {"latest": "2027-01-20"}).status_code == 403
