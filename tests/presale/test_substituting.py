"""Another variant where too few came: with consent alone, for the same money, counted once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from app.notifications.models import Message
from app.orders.models import OrderLine
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.presale.commands import (
    balances,
    clockwork,
    editing,
    leaving,
    production,
    substituting,
    waiting,
)
from app.presale.commands.production import Count
from app.presale.commands.substituting import Pair
from app.presale.commands.waiting import NewWish
from app.presale.errors import AnsweredTooLate, NotNow, SubstituteGone
from app.presale.models import Commitment, PaymentMode, Stage, Substitution
from tests.cast import house
from tests.platform.together import together
from tests.presale import cast, stages

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def owner(clock):
    return house(clock.now)


@pytest.fixture
def short(owner, clock):
    """Three want M, of which one came; four L came, and one is owed."""

    def bring(**facts):
        facts = {"payment_mode": PaymentMode.FULL, **facts}
        campaign = cast.campaign(owner, clock.now, **facts)
        medium, large = cast.skus(campaign.id)
        people = [
            cast.confirmed(owner, {medium.id: 1}, clock.now, email=f"{name}@example.org")
            for name in ("ada", "ben", "cleo")
        ]
        cast.confirmed(owner, {large.id: 1}, clock.now)
        stages.closed(clock)
        production.start_production(campaign.id, actor=owner.staff(), now=clock.now)
        for sku, units in ((medium, 1), (large, 3)):
            for stage in (Stage.RECEIVED, Stage.PASSED):
                counted = Count(sku.id, stage, units)
                production.record_production(
                    campaign.id, counted, actor=owner.staff(), now=clock.now
                )
        production.mark_arriving(campaign.id, actor=owner.staff(), now=clock.now)
        return campaign.id, Pair(medium.id, large.id), people

    return bring


@pytest.fixture
def offered(owner, clock, short):
    campaign_id, pair, people = short()
    substituting.offer(campaign_id, pair, actor=owner.staff(), now=clock.now)
    clockwork.advance()
    db.session.rollback()
    return campaign_id, pair, people, db.session.scalars(select(Substitution.id)).one()


def sku_of(order_id):
    db.session.rollback()
    mine = select(Commitment.sku_id, Commitment.state, OrderLine.source_id, OrderLine.sku).join(
        OrderLine, OrderLine.id == Commitment.line_id
    )
    return db.session.execute(mine.where(OrderLine.order_id == order_id)).one()


def committed(campaign_id):
    db.session.rollback()
    return [sku.committed for sku in cast.skus(campaign_id)]


def test_a_yes_exchanges_the_goods_and_no_money(clock, offered):
    campaign_id, pair, (ada, *_others), offer = offered
    before = cast.order(ada).total

    for _twice in range(2):
        substituting.accept(offer, cast.participation(ada), now=clock.now)

    sku_id, state, source_id, code = sku_of(ada)
    assert (sku_id, source_id, state) == (pair.instead_id, pair.instead_id, "substituted")
    assert code.endswith("-L")
    assert committed(campaign_id) == [2, 2]
    assert cast.order(ada).total == before


def test_silence_and_a_no_change_nothing_and_the_shortage_is_shared(owner, clock, offered):
    campaign_id, pair, (ada, ben, cleo), offer = offered
    substituting.refuse(offer, cast.participation(ben), now=clock.now)
    substituting.accept(offer, cast.participation(ada), now=clock.now)

    production.split_shortage(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()
    waiting = [sku_of(each).state for each in (ben, cleo)]
    clock.advance(days=3)
    production.split_shortage(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    assert waiting == ["confirmed", "confirmed"]
    assert sku_of(ada).sku_id == pair.instead_id
    assert sku_of(ben).state == "confirmed"
    assert sku_of(cleo).state in {"cancelled", "refunded"}


def test_who_has_the_goods_in_question_is_asked_once_by_mail(offered):
    clockwork.advance()
    while drain():
        pass

    db.session.rollback()
    asked = db.session.scalars(
        select(Message.recipient).where(Message.kind == "presale.substitute")
    ).all()
    assert sorted(asked) == ["ada@example.org", "ben@example.org", "cleo@example.org"]


def test_no_more_say_yes_than_there_are_spare_however_quick(app, clock, offered):
    campaign_id, _pair, people, offer = offered
    places = [cast.participation(each) for each in people]

    def accept(place):
        try:
            substituting.accept(offer, place, now=clock.now)
        except SubstituteGone:
            return "gone"
        return "exchanged"

    ends = together(app, [partial(accept, place) for place in places])

    assert sorted(ends) == ["exchanged", "exchanged", "gone"]
    assert committed(campaign_id) == [1, 3]


def test_an_answer_after_its_time_changes_nothing(clock, offered):
    campaign_id, _pair, (ada, *_others), offer = offered
    clock.advance(days=3)

    for decide in (substituting.accept, substituting.refuse):
        with pytest.raises(AnsweredTooLate):
            decide(offer, cast.participation(ada), now=clock.now)

    assert committed(campaign_id) == [3, 1]


def test_only_what_costs_the_same_is_short_and_is_spare_can_be_offered(owner, clock, short):
    campaign_id, pair, _people = short()
    backwards = Pair(pair.instead_id, pair.sku_id)

    with pytest.raises(NotNow):
        substituting.offer(campaign_id, backwards, actor=owner.staff(), now=clock.now)
    substituting.offer(campaign_id, pair, actor=owner.staff(), now=clock.now)
    with pytest.raises(NotNow):
        substituting.offer(campaign_id, pair, actor=owner.staff(), now=clock.now)

    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Substitution)) == 1


def test_what_was_exchanged_owes_its_balance_as_before(owner, clock, short):
    campaign_id, pair, (ada, ben, cleo) = short(payment_mode=PaymentMode.DEPOSIT)
    substituting.offer(campaign_id, pair, actor=owner.staff(), now=clock.now)
    db.session.rollback()
    offer = db.session.scalars(select(Substitution.id)).one()
    for order_id in (ada, ben):
        substituting.accept(offer, cast.participation(order_id), now=clock.now)

    balances.open_balance(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    assert cast.balance_of(ada).amount == cast.balance_of(cleo).amount
    assert sku_of(ada).state == "balance_due"
    cast.paid(ada, clock.now, cast.balance_of(ada).id)
    assert sku_of(ada).state == "balance_paid"


def test_it_cannot_be_offered_before_the_goods_are_here(owner, clock):
    campaign = cast.campaign(owner, clock.now)
    medium, large = cast.skus(campaign.id)

    with pytest.raises(NotNow):
        substituting.offer(
            campaign.id, Pair(medium.id, large.id), actor=owner.staff(),
            now=clock.now + timedelta(days=1),
        )  # fmt: skip


def test_a_place_offered_to_who_waits_is_not_spare(owner, clock):
    campaign = cast.campaign(
        owner, clock.now, payment_mode=PaymentMode.FULL, sku={"cap": 2},
    )  # fmt: skip
    medium, large = (sku.id for sku in cast.skus(campaign.id))
    cast.confirmed(owner, {medium: 2}, clock.now)
    cast.confirmed(owner, {large: 1}, clock.now)
    leaver = cast.confirmed(owner, {large: 1}, clock.now)
    wish = NewWish(large, 1, "wanda@example.org", "en", "Wanda")
    waiting.wish(campaign.id, wish, actor=GUEST, now=clock.now)
    stages.closed(clock)
    production.start_production(campaign.id, actor=owner.staff(), now=clock.now)
    for sku, units in ((medium, 1), (large, 2)):
        for stage in (Stage.RECEIVED, Stage.PASSED):
            counted = Count(sku, stage, units)
            production.record_production(campaign.id, counted, actor=owner.staff(), now=clock.now)
    production.mark_arriving(campaign.id, actor=owner.staff(), now=clock.now)
    editing.set_cap(campaign.id, large, 9, actor=owner.staff(), now=clock.now)
    leaving.leave(cast.participation(leaver), now=clock.now)
    leaving.grant(cast.participation(leaver), actor=owner.staff(), now=clock.now)
    offered = cast.skus(campaign.id)[1]

    with pytest.raises(NotNow):
        substituting.offer(
            campaign.id, Pair(medium, large), actor=owner.staff(), now=clock.now
        )  # fmt: skip

    assert (offered.passed, offered.committed, offered.held) == (2, 1, 1)
