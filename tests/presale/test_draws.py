"""A draw with a goal: its seed stays sealed until nothing can open again, and a loser can check."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.notifications.models import Message
from app.orders.models import OrderRefund
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.presale.commands import clockwork, lifecycle, waiting
from app.presale.commands.holding import Wanted, reserve
from app.presale.commands.joining import Joining
from app.presale.commands.waiting import NewWish
from app.presale.errors import OfferGone
from app.presale.models import Campaign, Decision, PaymentMode, WaitingEntry
from app.presale.rules.shortage import ticket
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.presale import cast

GOAL, PLACES = 3, 4


@pytest.fixture
def owner(app, clock: StoppedClock) -> House:
    return house(clock.now)


@pytest.fixture
def drawn(owner: House, clock: StoppedClock) -> Campaign:
    """Six entered a draw of four places that takes place from three on; its window is over."""
    campaign = cast.campaign(
        owner, clock.now, variants=cast.shirt(owner, clock.now, ("M",)), is_draw=True,
        payment_mode=PaymentMode.FULL, threshold=GOAL, sku={"cap": PLACES},
    )  # fmt: skip
    for number in range(6):
        enter(campaign, f"p{number}", clock.now)
    clock.advance(days=7)
    clockwork.advance()
    return cast.fresh(campaign.id)


def enter(campaign: Campaign, who: str, now: datetime) -> None:
    sku_id = cast.skus(campaign.id)[0].id
    wish = NewWish(sku_id, 1, f"{who}@example.org", "en", who)
    waiting.wish(campaign.id, wish, actor=GUEST, now=now)


def entries(campaign: Campaign) -> list[WaitingEntry]:
    db.session.rollback()
    mine = select(WaitingEntry).where(WaitingEntry.campaign_id == campaign.id)
    statement = mine.order_by(WaitingEntry.draw_place, WaitingEntry.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def take(owner: House, campaign: Campaign, entry: WaitingEntry, now: datetime) -> int:
    """Somebody who was drawn takes their place and pays."""
    (sku,) = cast.skus(campaign.id)
    holder = f"checkout:{entry.code}"
    offer = Wanted(sku.id, 1, waiting_id=entry.id)
    reserve(holder, [offer], until=now + timedelta(minutes=15), now=now)
    joining = Joining(offered=frozenset({campaign.id}))
    return cast.confirmed(owner, {sku.id: 1}, now, holder=holder, joining=joining)


def lots(client: FlaskClient, campaign: Campaign) -> str:
    page: str = client.get(f"/pre/{campaign.slug}/lots?lang=en").text
    return page + client.get(f"/pre/{campaign.slug}/lots.csv").text


def paid_back(order_id: int) -> int:
    decided = select(func.sum(OrderRefund.amount)).where(OrderRefund.order_id == order_id)
    return db.session.scalar(decided) or 0


def test_the_seed_stays_sealed_until_the_goal_is_decided_and_who_paid_is_paid_back(
    client, clock, owner, drawn
):
    order_id = take(owner, drawn, entries(drawn)[0], clock.now)
    undecided = lots(client, drawn)

    clock.advance(hours=25)
    clockwork.advance()
    asked = lots(client, drawn)
    clock.advance(hours=3)
    for _ in range(3):
        clockwork.advance()
    decided = lots(client, drawn)

    assert drawn.seed not in undecided + asked
    assert "once it is decided whether the presale takes place" in asked
    again = sorted((one.code for one in entries(drawn)), key=lambda code: ticket(drawn.seed, code))
    assert [one.code for one in entries(drawn)] == again
    assert drawn.seed in decided
    assert [decided.rindex(code) for code in again] == sorted(map(decided.rindex, again))
    assert cast.fresh(drawn.id).state == "refunding"
    assert paid_back(order_id) == cast.PRICE + 1200


def test_who_had_not_taken_their_place_is_told_that_it_came_to_nothing(client, clock, drawn):
    for hours in (25, 3, 25):
        clock.advance(hours=hours)
        clockwork.advance()
    offered = entries(drawn)[PLACES]

    place = client.get(f"/w/{offered.token}?lang=en").text
    refused = client.post(f"/w/{offered.token}/acceptance")
    while drain():
        pass

    assert "It does not take place" in place
    assert "You have paid nothing" in place
    assert refused.status_code == 409
    told = select(Message.subject).where(
        Message.recipient == offered.email, Message.kind == "presale.place_lost"
    )
    assert db.session.scalars(told).all() == ["It does not take place: Kyoto shirt"]


def test_who_enters_an_extended_draw_is_drawn_behind_everybody_drawn_before(
    client, clock, owner, drawn
):
    first = entries(drawn)
    for entry in first[:2]:
        take(owner, drawn, entry, clock.now)
    for entry in first[2:]:
        with suppress(OfferGone):
            waiting.decline(entry.token, now=clock.now)
    clock.advance(hours=1)
    clockwork.advance()
    until = clock.now + timedelta(days=2)
    staff = owner.staff()
    lifecycle.decide(drawn.id, Decision.EXTEND, actor=staff, now=clock.now, until=until)
    for number in range(4):
        enter(drawn, f"late{number}", clock.now)
    sealed = lots(client, drawn)

    clock.advance(days=2)
    clockwork.advance()

    late = entries(drawn)[len(first) :]
    assert drawn.seed not in sealed
    assert [one.code for one in entries(drawn)][: len(first)] == [one.code for one in first]
    assert [one.draw_place for one in late] == [7, 8, 9, 10]
    tickets = [ticket(drawn.seed, one.code) for one in late]
    assert tickets == sorted(tickets)
    assert [one.state for one in late] == ["offered"] * 2 + ["waiting"] * 2
    assert "was drawn behind everybody of it" in lots(client, drawn)
