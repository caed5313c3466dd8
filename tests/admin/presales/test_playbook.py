"""Below the threshold: every way with its effect beforehand, and then exactly that."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.admin.queries.presales.playbook import effect
from app.orders.commands.cancel import RefundRequest, refund
from app.orders.commands.place import NewLine, place
from app.orders.models import OrderLine, OrderRefund
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import clockwork, joining
from app.presale.commands.joining import Joining
from app.presale.models import BuyerQuestion, Campaign, CampaignTask
from app.shop.models import Role
from tests import cast as goods
from tests.admin.counter import clerk, contents
from tests.cast import House, house
from tests.community import cast as community
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def owner(clock) -> House:
    return house(clock.now)


@pytest.fixture
def missed(owner, clock) -> Campaign:
    """Ten were needed, eight are there: three people, one of them with a shelf piece beside."""
    campaign = cast.campaign(owner, clock.now, threshold=10, decide_within_hours=48)
    medium, large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 3, large.id: 2}, clock.now)
    cast.confirmed(owner, {large.id: 1}, clock.now, fee=0)
    with transaction():
        order = cast.wanted(owner, {medium.id: 2}, clock.now)
        mixed = place(with_a_jacket(owner, order, clock.now), actor=GUEST, now=clock.now)
        joining.join(mixed, Joining(), now=clock.now)
    cast.paid(mixed, clock.now)
    clock.advance(days=7)
    clockwork.advance()
    return cast.fresh(campaign.id)


def with_a_jacket(owner, order, now):
    variant = goods.piece(owner, now)
    jacket = NewLine(
        merchant_id=owner.merchant_id, product_id=goods.product_of(variant), variant_id=variant,
        number=variant, title={"en": "Test jacket"}, options={"values": []}, sku="T",
        product={"grade": "B", "faults": [], "path": "/i/1", "picture": ""}, unit_price=128000,
        quantity=1, discount=0, total=128000, weight_g=700,
    )  # fmt: skip
    return replace(order, lines=(*order.lines, jacket))


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def paid_back() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.coalesce(func.sum(OrderRefund.amount), 0))) or 0


def test_every_way_shows_its_money_before_it_is_chosen(app, owner, missed):
    page = clerk(app, owner.merchant_id, "cleo").read(f"/admin/presales/{missed.id}/decision")

    # eight deposits of ¥100, and the delivery of ¥12 of the one order that would hold nothing else
    assert "Pay ¥812 back to 3 people" in page
    assert "Make 8 units" in page
    assert "<dd>¥2,384</dd>" in page  # eight balances of ¥298
    assert "Ask 3 people" in page
    assert "If nobody decides until Wed 2 Dec 2026, 10:00:" in page
    assert "8 of 10 units" in page


def test_the_messages_are_drafted_in_both_languages(app, owner, missed):
    page = clerk(app, owner.merchant_id, "cleo").read(f"/admin/presales/{missed.id}/decision")

    assert "“Kyoto shirt” does not take place: 8 of 10 joined." in page
    assert "「京都衬衫」未成团：8 / 10 件。" in page
    assert f"/pre/{missed.slug}" in page


def test_paying_everybody_back_costs_what_was_shown(app, owner, missed):
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{missed.id}/decision"
    shown = effect(missed)
    page = who.read(here)

    answer = who.post(here, {"decision": "refund", "seen": seen_on(page)})
    clockwork.advance()

    assert answer.status_code == 303
    assert cast.fresh(missed.id).state == "refunding"
    assert paid_back() == shown.refund.minor == 81200
    jacket = db.session.scalars(select(OrderLine).where(OrderLine.supply == "stock")).one()
    assert jacket.cancelled == 0


def test_what_was_paid_back_before_is_not_counted_twice(app, owner, missed, clock):
    first = db.session.scalars(
        select(OrderLine).where(OrderLine.subject == missed.subject).order_by(OrderLine.id)
    ).first()
    assert first is not None
    request = RefundRequest(cancel={first.id: 1}, shipping=500)
    refund(first.order_id, request, actor=owner.staff(), idempotency_key="early", now=clock.now)
    before = paid_back()
    shown = effect(cast.fresh(missed.id))
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{missed.id}/decision"

    who.post(here, {"decision": "refund", "seen": seen_on(who.read(here))})
    clockwork.advance()

    assert paid_back() - before == shown.refund.minor == 81200 - 10000 - 500


def test_making_it_all_the_same_asks_for_the_balances_that_were_shown(app, owner, missed):
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{missed.id}/decision"

    answer = who.post(here, {"decision": "run", "seen": seen_on(who.read(here))})

    left = db.session.scalar(
        select(func.sum(OrderLine.balance - OrderLine.balance_paid)).where(
            OrderLine.subject == missed.subject
        )
    )
    assert answer.status_code == 303
    assert cast.fresh(missed.id).state == "succeeded"
    assert left == effect(cast.fresh(missed.id)).balances.minor == 238400
    assert paid_back() == 0


def test_an_extension_opens_the_window_until_then(app, owner, missed, clock):
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{missed.id}/decision"
    typed = {"decision": "extend", "seen": seen_on(who.read(here)), "until": "2026-12-03T21:00"}

    answer = who.post(here, typed)

    campaign = cast.fresh(missed.id)
    assert answer.status_code == 303
    assert campaign.state == "extended"
    assert campaign.closes_at.isoformat() == "2026-12-03T13:00:00+00:00"


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("", "Please say when it closes."),
        ("2026-12-20T10:00", "At most seven days after the close that was planned."),
        ("2026-11-30T09:00", "This close has passed already."),
        ("soon", "A day and an hour"),
    ],
)
def test_an_extension_that_may_not_be_is_refused_beside_its_field(
    app, owner, missed, until, sentence
):
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{missed.id}/decision"
    seen = seen_on(who.read(here))
    before = contents()

    answer = who.post(here, {"decision": "extend", "seen": seen, "until": until})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="until-error"' in page
    assert sentence in page
    assert contents() == before


def test_too_few_may_not_extend_and_are_told_why(app, owner, clock):
    campaign = cast.campaign(owner, clock.now, threshold=10)
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 5}, clock.now)
    clock.advance(days=7)
    clockwork.advance()

    page = clerk(app, owner.merchant_id, "cleo").read(f"/admin/presales/{campaign.id}/decision")

    assert "Possible from 60 % of the threshold on" in page
    assert 'name="until"' not in page


def test_buyers_are_asked_and_the_campaign_waits_for_them(app, owner, missed):
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{missed.id}/decision"

    answer = who.post(here, {"decision": "ask", "seen": seen_on(who.read(here))})

    question = db.session.scalars(select(BuyerQuestion)).one()
    assert answer.status_code == 303
    assert (question.kind, question.silence) == ("threshold", "refund")
    assert who.get(here).status_code == 409


def test_a_decision_on_figures_that_have_moved_is_not_taken(app, owner, missed, clock):
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{missed.id}/decision"
    seen = seen_on(who.read(here))
    line = db.session.scalars(select(OrderLine).where(OrderLine.subject == missed.subject)).first()
    assert line is not None
    refund(
        line.order_id, RefundRequest(cancel={line.id: 1}), actor=owner.staff(),
        idempotency_key="meanwhile", now=clock.now,
    )  # fmt: skip
    before = contents()

    answer = who.post(here, {"decision": "refund", "seen": seen})

    assert answer.status_code == 409
    assert "Somebody paid or left meanwhile." in answer.get_data(as_text=True)
    assert contents() == before


def test_pressing_twice_decides_once(app, owner, missed):
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{missed.id}/decision"
    seen = seen_on(who.read(here))

    states = who.all_at_once(here, [{"decision": "refund", "seen": seen}] * 3)

    assert states == [303, 409, 409]
    tasks = select(func.count()).select_from(CampaignTask).where(CampaignTask.kind == "refund")
    assert db.session.scalar(tasks) == 1


def test_who_may_only_look_sees_the_ways_and_decides_nothing(app, owner, missed):
    rui = clerk(app, owner.merchant_id, "rui", Role.READONLY)
    here = f"/admin/presales/{missed.id}/decision"

    page = rui.read(here)

    assert "Your role may look, not decide." in page
    assert 'name="decision"' not in page
    assert rui.post(here, {"decision": "refund"}).status_code == 403


def test_there_is_nothing_to_decide_while_it_runs(app, owner, clock):
    campaign = cast.campaign(owner, clock.now)
    who = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    looked = who.get(f"/admin/presales/{campaign.id}/decision")
    answer = who.post(f"/admin/presales/{campaign.id}/decision", {"decision": "run", "seen": "0"})

    assert (looked.status_code, answer.status_code) == (409, 409)
    assert contents() == before


def test_the_default_applies_when_nobody_chooses(app, owner, missed, clock):
    clock.advance(hours=48)
    clockwork.advance()
    clockwork.advance()

    page = clerk(app, owner.merchant_id, "cleo").read(f"/admin/presales/{missed.id}")

    assert "Paying everybody back" in page
    assert "below the threshold" in page
    assert cast.fresh(missed.id).state == "refunding"


def test_the_commission_that_would_be_taken_back_is_shown(app, owner, clock):
    campaign = community.campaign(owner, clock.now, threshold=10)
    link = community.link(community.leader(owner), campaign.id, clock.now)
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 7}, clock.now, joining=community.through(link))
    clock.advance(days=7)
    clockwork.advance()
    who = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{campaign.id}/decision"

    page = who.read(here)  # five percent of seven deposits of ¥100

    assert "<dt>Commission taken back</dt><dd>-¥35</dd>" in page
    who.post(here, {"decision": "refund", "seen": seen_on(page)})
    clockwork.advance()
    assert sum(entry.amount for entry in community.entries(link.id)) == 0
