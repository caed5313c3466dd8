"""Give money back: to one who leaves, to all when a campaign does not take place.

Each participation is paid back once, whoever asks and how often: the refund's key is the
participation.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from app.orders.commands import cancel as orders
from app.orders.commands.pay import end_time
from app.orders.locks import lock_order
from app.platform.actor import SYSTEM, Actor
from app.platform.db import db
from app.platform.facts import publish
from app.platform.transaction import command
from app.presale.commands import holding, tasks
from app.presale.commands.compensation import may_be_owed, propose
from app.presale.commands.lifecycle import REFUND, fail, succeed
from app.presale.commands.questions import answer_of
from app.presale.commands.standing import count_person
from app.presale.events import JoinChanged, StandingChanged
from app.presale.locks import lock_campaign, lock_participation, move
from app.presale.models import (
    Answer,
    BuyerQuestion,
    Campaign,
    CampaignState,
    CampaignTask,
    Commitment,
    CommitmentState,
    Participation,
    QuestionKind,
)
from app.presale.queries.counting import confirmed
from app.presale.rules.moves import GONE, SENT

ANSWERS = "answers"
_SETTLED = [CommitmentState.REFUNDED, CommitmentState.HOLD_EXPIRED, CommitmentState.FORFEITED]


@command
def pay_back(participation_id: int, *, cause: str, now: datetime, actor: Actor = SYSTEM) -> None:
    """Take everything of a campaign off an order and pay back what was paid on it.

    Delivery is paid back as well when nothing else is left to deliver. An order that waits for its
    first payment is ended instead; registered interest is simply given up. What the order says is
    read under its lock: a payment may be arriving at this moment.
    """
    participation = lock_participation(participation_id, SYSTEM)
    if participation.order_id is None:
        _give_up_interest(participation, now=now)
        return
    campaign = db.session.get_one(Campaign, participation.campaign_id)
    order = lock_order(participation.order_id, SYSTEM)
    if order.paid_at is None:
        end_time(order.id, now=now)
        return
    for commitment in _commitments(participation.id) if may_be_owed(campaign, cause) else ():
        if commitment.state not in GONE | SENT:
            units = commitment.quantity + commitment.tolerance - commitment.cut
            propose(campaign, participation, commitment, units=units, cause=cause, now=now)
    orders.take_off_subject(
        order.id,
        campaign.subject,
        cause=cause,
        idempotency_key=f"participation:{participation.id}:back",
        actor=actor,
        now=now,
    )


@tasks.does(REFUND)
def _refund_one(
    _campaign: Campaign, participation: Participation, task: CampaignTask, now: datetime
) -> None:
    pay_back(participation.id, cause=str(task.facts["cause"]), now=now)


@command
def finish_refunding(campaign_id: int, *, now: datetime) -> bool:
    """Go to refunded once every refund has arrived and every unpaid order is closed."""
    campaign = lock_campaign(campaign_id, SYSTEM)
    if campaign.state != CampaignState.REFUNDING:
        return False
    unfinished = db.session.scalar(
        select(func.count()).where(
            CampaignTask.campaign_id == campaign_id,
            CampaignTask.kind == REFUND,
            CampaignTask.finished_at.is_(None),
        )
    )
    waiting = db.session.scalar(
        select(func.count()).where(
            Commitment.campaign_id == campaign_id,
            Commitment.line_id.is_not(None),
            Commitment.state.not_in(_SETTLED),
        )
    )
    if unfinished or waiting:
        return False
    move(campaign, CampaignState.REFUNDED, actor=SYSTEM, now=now)
    return True


@command
def close_question(question_id: int, *, now: datetime) -> bool:
    """End a question whose time is over; who wants their money gets it, batch by batch."""
    question = db.session.get_one(
        BuyerQuestion, question_id, with_for_update=True, populate_existing=True
    )
    if question.closed_at is not None or question.answer_until > now:
        return False
    tasks.call_for(
        question.campaign_id, ANSWERS, key=str(question.id), now=now,
        facts={"question": question.id},
    )  # fmt: skip
    return True


@tasks.does(ANSWERS)
def _do_as_answered(
    _campaign: Campaign, participation: Participation, task: CampaignTask, now: datetime
) -> None:
    question = db.session.get_one(BuyerQuestion, int(task.facts["question"]))
    if question.closed_at is None and answer_of(question, participation.id) is Answer.REFUND:
        pay_back(participation.id, cause=f"{question.kind}_refused", now=now)


@tasks.ends(ANSWERS)
def _go_on(campaign: Campaign, task: CampaignTask, now: datetime) -> None:
    question = db.session.get_one(
        BuyerQuestion, int(task.facts["question"]), populate_existing=True
    )
    if question.closed_at is not None:
        return
    question.closed_at = now
    campaign = lock_campaign(campaign.id, SYSTEM)
    if question.kind == QuestionKind.THRESHOLD and campaign.state == CampaignState.CLOSING:
        if confirmed(campaign.id).quantity:
            succeed(campaign, actor=SYSTEM, now=now)
        else:
            fail(campaign, actor=SYSTEM, now=now, cause="nobody_stayed")
    publish(StandingChanged(campaign.id, now))


def _give_up_interest(participation: Participation, *, now: datetime) -> None:
    if participation.left_at is not None:
        return
    for commitment in _commitments(participation.id):
        if commitment.state in GONE:
            continue
        commitment.state = CommitmentState.CANCELLED
        holding.give_up(commitment.sku_id, commitment.quantity)
        count_person(participation, -commitment.quantity)
    participation.left_at = now
    db.session.flush()
    publish(JoinChanged(participation.id, now))


def _commitments(participation_id: int) -> list[Commitment]:
    statement = select(Commitment).where(Commitment.participation_id == participation_id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))
