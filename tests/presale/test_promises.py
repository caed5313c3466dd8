"""What was promised stays on record; a change asks the buyers as the rules say."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.orders.ledger import sums
from app.payments.models import Refund
from app.platform.db import db
from app.platform.errors import Invalid
from app.presale.commands import clockwork, promises, questions
from app.presale.errors import AnsweredTooLate
from app.presale.models import Answer, BuyerQuestion, Participation, PromiseVersion
from app.presale.rules.promise import Promise
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")
WHY = {"en": "The dyer is late.", "zh-Hans": "染坊晚了。"}


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def running(clock, now) -> tuple[House, int, list[int]]:
    """A campaign that goes ahead, with three who joined."""
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    orders = [cast.confirmed(owner, {medium.id: 1}, now) for _ in range(3)]
    clock.advance(days=7)
    clockwork.advance()
    return owner, campaign.id, orders


def later(campaign_id: int, days: int) -> Promise:
    campaign = cast.fresh(campaign_id)
    return Promise(campaign.promise_earliest, campaign.promise_latest + timedelta(days=days))


def asked(owner: House, campaign_id: int, now: datetime) -> int:
    """A delay everybody has to be asked about."""
    question_id = promises.change(
        campaign_id, later(campaign_id, 40), reason=WHY, actor=owner.staff(), now=now
    )
    assert question_id is not None
    return question_id


def participations(campaign_id: int) -> list[int]:
    rows = select(Participation.id).where(Participation.campaign_id == campaign_id)
    return list(db.session.scalars(rows.order_by(Participation.id)))


def refunds() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Refund)) or 0


def test_every_promise_is_a_version(running, clock):
    owner, campaign_id, _orders = running

    promises.change(
        campaign_id, later(campaign_id, 10), reason=WHY, actor=owner.staff(), now=clock.now
    )

    versions = db.session.scalars(select(PromiseVersion.version).order_by(PromiseVersion.version))
    assert list(versions) == [1, 2]


def test_silence_keeps_a_first_short_delay(running, clock):
    owner, campaign_id, _orders = running
    promises.change(
        campaign_id, later(campaign_id, 30), reason=WHY, actor=owner.staff(), now=clock.now
    )

    clock.advance(days=7)
    clockwork.advance()

    assert refunds() == 0


@pytest.mark.parametrize("days", [[31], [5, 5]])
def test_silence_ends_a_long_or_second_delay(running, clock, days):
    owner, campaign_id, orders = running
    for more in days:
        promises.change(
            campaign_id, later(campaign_id, more), reason=WHY, actor=owner.staff(), now=clock.now
        )
        clock.advance(days=7)
        clockwork.advance()

    assert refunds() == len(orders)


@pytest.mark.parametrize(("after", "refunded"), [(-60, 1), (-30, 1), (-29, 3)])
def test_silence_ends_nothing_when_a_long_delay_is_taken_back(running, clock, after, refunded):
    owner, campaign_id, _orders = running
    promises.change(
        campaign_id, later(campaign_id, 60), reason=WHY, actor=owner.staff(), now=clock.now
    )
    question_id = db.session.scalars(select(BuyerQuestion.id)).one()
    first, *_others = participations(campaign_id)
    questions.answer(question_id, first, Answer.REFUND, now=clock.now)

    promises.change(
        campaign_id, later(campaign_id, after), reason=WHY, actor=owner.staff(), now=clock.now
    )
    clock.advance(days=7)
    clockwork.advance()

    assert refunds() == refunded


def test_who_keeps_stays_and_who_refunds_is_paid_back_once(running, clock):
    owner, campaign_id, orders = running
    question_id = asked(owner, campaign_id, clock.now)
    first, second, _third = participations(campaign_id)
    questions.answer(question_id, first, Answer.REFUND, now=clock.now)
    questions.answer(question_id, first, Answer.KEEP, now=clock.now)
    questions.answer(question_id, second, Answer.REFUND, now=clock.now)

    clock.advance(days=7)
    for _ in range(3):
        clockwork.advance()

    assert refunds() == 2
    assert [cast.order(one).closed_at is None for one in orders] == [True, False, False]
    assert sums(orders[0])[1] == 0


def test_nobody_answers_after_the_end(running, clock):
    owner, campaign_id, _orders = running
    question_id = asked(owner, campaign_id, clock.now)
    clock.advance(days=7)

    with pytest.raises(AnsweredTooLate):
        questions.answer(question_id, participations(campaign_id)[0], Answer.KEEP, now=clock.now)


def test_an_earlier_promise_asks_nobody(running, clock):
    owner, campaign_id, _orders = running

    promises.change(
        campaign_id, later(campaign_id, -3), reason=WHY, actor=owner.staff(), now=clock.now
    )

    assert db.session.scalar(select(func.count()).select_from(BuyerQuestion)) == 0


@pytest.mark.parametrize(("days", "reason", "field"), [(0, WHY, "latest"), (9, {}, "reason"),
                                                       (400, WHY, "latest")])  # fmt: skip
def test_a_promise_that_says_nothing_is_refused(running, clock, days, reason, field):
    owner, campaign_id, _orders = running

    with pytest.raises(Invalid) as refused:
        promises.change(
            campaign_id, later(campaign_id, days), reason=reason, actor=owner.staff(),
            now=clock.now,
        )  # fmt: skip

    assert field in refused.value.errors
