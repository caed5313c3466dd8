"""Campaigns and commitments go where docs/states.md says, and nowhere else."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import func, select

from app.orders.models import LineState
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.outbox.models import OutboxFact
from app.platform.transaction import transaction
from app.presale.errors import NotNow
from app.presale.locks import lock_campaign, move
from app.presale.models import (
    CampaignEvent,
    CampaignState,
    CommitmentState,
    WaitingState,
)
from app.presale.rules.moves import (
    CAMPAIGN_MOVES,
    COMMITMENT_MOVES,
    ENDED,
    GONE,
    PAID,
    commitment_may_go,
    may_go,
)
from app.presale.rules.standing import LineStanding, commitment_state
from tests.cast import house
from tests.conftest import StoppedClock
from tests.presale import cast
from tests.states_document import moves, section, states_in

CAMPAIGN = moves("A campaign")
COMMITMENT = moves("A commitment")


@pytest.mark.parametrize(
    ("in_code", "documented", "states"),
    [(CAMPAIGN_MOVES, CAMPAIGN, CampaignState), (COMMITMENT_MOVES, COMMITMENT, CommitmentState)],
    ids=["campaign", "commitment"],
)
def test_the_document_and_the_code_have_the_same_moves(in_code, documented, states):
    written = {
        before.value: frozenset(after.value for after in afters)
        for before, afters in in_code.items()
    }

    assert written == documented
    assert set(written) == {state.value for state in states}


@pytest.mark.parametrize(("before", "after"), list(product(CampaignState, repeat=2)))
def test_a_campaign_moves_as_documented_and_not_otherwise(before, after):
    assert may_go(before, after) is (after.value in CAMPAIGN[before.value])


@pytest.mark.parametrize(("before", "after"), list(product(CommitmentState, repeat=2)))
def test_a_commitment_moves_as_documented_and_not_otherwise(before, after):
    stays_or_moves = before is after or after.value in COMMITMENT[before.value]

    assert commitment_may_go(before, after) is stays_or_moves


def test_every_campaign_can_come_to_an_end():
    for state in CampaignState:
        reached, seen = {state}, set[CampaignState]()
        while reached - seen:
            seen |= reached
            reached = reached | {after for one in reached for after in CAMPAIGN_MOVES[one]}
        assert reached & ENDED, state


def test_who_paid_and_who_is_gone_are_different_people():
    assert not PAID & GONE
    assert set(CommitmentState) - PAID - GONE == {CommitmentState.HOLD, CommitmentState.COMMITTED}


def test_the_document_names_every_state_of_a_wish():
    words = states_in(section("An entry of a waiting list"))

    assert {state.value for state in WaitingState} - words == set()


@pytest.mark.usefixtures("app")
def test_a_move_that_is_not_documented_changes_and_tells_nothing(clock: StoppedClock):
    now = clock.now
    campaign = cast.campaign(house(now), now)
    events, facts = counted(CampaignEvent), counted(OutboxFact)

    with transaction():
        row = lock_campaign(campaign.id, SYSTEM)
        for before, after in product(CampaignState, repeat=2):
            if not may_go(before, after):
                row.state = before
                with pytest.raises(NotNow):
                    move(row, after, actor=SYSTEM, now=now)
                assert row.state == before

    assert (counted(CampaignEvent), counted(OutboxFact)) == (events, facts)


def counted(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


FLAGS = (
    "was_paid", "balance_open", "balance_paid", "waived", "forfeited", "paid_back", "cut", "packed",
    "asked_to_cancel", "is_over",
)  # fmt: skip


def test_every_line_has_a_state_whatever_its_flags():
    """Nothing an order can say of a line is without an answer."""
    for state in LineState:
        for flags in product([False, True], repeat=len(FLAGS)):
            line = LineStanding(state=state, **dict(zip(FLAGS, flags, strict=True)))
            assert commitment_state(line) in set(CommitmentState)
