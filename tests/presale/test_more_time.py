"""More time for a balance by hand: for all or for one, and the end comes all the same (R6, R7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.notifications.models import Message
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.presale.commands import clockwork, more_time
from app.presale.errors import NotNow
from app.presale.models import BalanceUnpaid, Commitment
from tests.cast import house
from tests.presale import cast, stages

pytestmark = pytest.mark.usefixtures("app")
DAY = timedelta(days=1)


@pytest.fixture
def owner(clock):
    return house(clock.now)


@pytest.fixture
def asked(owner, clock):
    """Ada and Ben are in and owe their balances; ends in 72 hours."""

    def ask(**facts):
        campaign = cast.campaign(owner, clock.now, **facts)
        medium, _large = cast.skus(campaign.id)
        ada = cast.confirmed(owner, {medium.id: 2}, clock.now, email="ada@example.org")
        ben = cast.confirmed(owner, {medium.id: 1}, clock.now, email="ben@example.org")
        stages.balance_open(clock, owner, campaign.id)
        return cast.fresh(campaign.id), ada, ben

    return ask


def come(clock, **ahead):
    """Time passes and the workers do what is due."""
    clock.advance(**ahead)
    clockwork.advance()
    clockwork.advance()
    while drain():
        pass


def state_of(order_id):
    db.session.rollback()
    mine = select(Commitment.state).where(
        Commitment.participation_id == cast.participation(order_id)
    )
    return db.session.scalars(mine).one()


def mails(kind, recipient):
    db.session.rollback()
    statement = select(Message.text).where(Message.kind == kind, Message.recipient == recipient)
    return db.session.scalars(statement.order_by(Message.id)).all()


def test_everybody_gets_the_new_end_its_reminders_and_one_mail(clock, owner, asked):
    campaign, ada, ben = asked()
    until = campaign.balance_closes_at + 2 * DAY

    for _twice in range(2):
        more_time.for_everybody(campaign.id, until, actor=owner.staff(), now=clock.now)
        come(clock, hours=0)

    assert [cast.balance_of(each).closes_at for each in (ada, ben)] == [until, until]
    assert len(mails("presale.balance_extended", "ada@example.org")) == 1
    come(clock, hours=70)
    assert mails("presale.balance_reminder", "ada@example.org") == []
    come(clock, hours=30)
    assert len(mails("presale.balance_reminder", "ada@example.org")) == 1
    come(clock, hours=20)
    assert state_of(ada) == "refunded" or state_of(ada) == "cancelled"
    assert cast.fresh(campaign.id).state == "balance_closed"


def test_one_buyer_is_waited_for_while_the_others_are_dealt_with(clock, owner, asked):
    campaign, ada, ben = asked()
    until = campaign.balance_closes_at + 3 * DAY
    more_time.for_one(cast.participation(ada), until, actor=owner.staff(), now=clock.now)

    come(clock, hours=72)

    assert state_of(ada) == "balance_due"
    assert state_of(ben) != "balance_due"
    assert cast.fresh(campaign.id).state == "balance_open"
    assert cast.fresh(campaign.id).balance_closes_at == until
    assert len(mails("presale.balance_extended", "ada@example.org")) == 1
    assert mails("presale.balance_extended", "ben@example.org") == []
    cast.paid(ada, clock.now)
    come(clock, hours=72)
    assert state_of(ada) == "balance_paid"
    assert cast.fresh(campaign.id).state == "balance_closed"


def test_the_one_extension_of_the_rule_never_shortens_what_was_given_by_hand(clock, owner, asked):
    campaign, ada, ben = asked(balance_unpaid=BalanceUnpaid.EXTEND, balance_grace_days=1)
    until = campaign.balance_closes_at + 7 * DAY
    more_time.for_one(cast.participation(ada), until, actor=owner.staff(), now=clock.now)

    come(clock, hours=96)

    assert cast.balance_of(ada).closes_at == until
    assert cast.balance_of(ben).closes_at == clock.now + timedelta(hours=72 + 24)
    come(clock, hours=96)
    assert state_of(ben) != "balance_due"
    assert state_of(ada) == "balance_due"
    come(clock, hours=48)
    assert state_of(ada) != "balance_due"
    assert cast.fresh(campaign.id).state == "balance_closed"


@pytest.mark.parametrize("days", [-1, 15])
def test_an_end_that_is_earlier_or_too_far_is_refused(clock, owner, asked, days):
    campaign, ada, _ben = asked()
    until = clock.now + days * DAY

    for give in (
        lambda: more_time.for_everybody(campaign.id, until, actor=owner.staff(), now=clock.now),
        lambda: more_time.for_one(
            cast.participation(ada), until, actor=owner.staff(), now=clock.now
        ),
    ):
        with pytest.raises(NotNow):
            give()

    assert cast.balance_of(ada).closes_at == campaign.balance_closes_at


def test_the_window_that_is_over_is_not_opened_again(clock, owner, asked):
    campaign, _ada, _ben = asked()
    until = campaign.balance_closes_at + DAY
    clock.advance(hours=72)

    with pytest.raises(NotNow):
        more_time.for_everybody(campaign.id, until, actor=owner.staff(), now=clock.now)


def test_who_gave_the_time_is_on_record(clock, owner, asked):
    campaign, ada, _ben = asked()
    staff = owner.staff()
    until = campaign.balance_closes_at + DAY

    more_time.for_one(cast.participation(ada), until, actor=staff, now=clock.now)

    row = db.session.scalars(select(AuditRow).where(AuditRow.verb == "presale.more_time")).one()
    assert row.after == {"until": until.isoformat()}
