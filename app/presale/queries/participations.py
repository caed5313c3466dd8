"""What an order takes part in, for its buyer: places, promises, questions, and ways out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.orders.models import OrderDue
from app.platform import clock
from app.platform.db import db
from app.presale.models import (
    Answer,
    BuyerAnswer,
    BuyerQuestion,
    Campaign,
    Commitment,
    CommitmentState,
    Participation,
)
from app.presale.queries.orders import balances_of
from app.presale.rules.leaving import Leaving, may_leave


@dataclass(frozen=True, slots=True)
class Joined:
    """One campaign an order takes part in.

    `question` is what its buyers are being asked, `answer` what this one said; `balance` the due
    that was asked for, paid or not.
    """

    participation: Participation
    campaign: Campaign
    commitments: tuple[Commitment, ...]
    question: BuyerQuestion | None
    answer: Answer | None
    balance: OrderDue | None

    @property
    def leaving(self) -> Leaving:
        """What leaving now would mean; `never` for who has left or asked already."""
        if self.participation.left_at is not None or self.has_asked_to_leave:
            return Leaving.NEVER
        if self.participation.confirmed_at is None:
            return Leaving.NEVER
        return may_leave(self.campaign, now=clock.now())

    @property
    def has_asked_to_leave(self) -> bool:
        return any(
            commitment.state == CommitmentState.CANCEL_REQUESTED for commitment in self.commitments
        )

    @property
    def state_of_lines(self) -> dict[int, Commitment]:
        """Commitments by the order line they stand for."""
        return {
            commitment.line_id: commitment
            for commitment in self.commitments
            if commitment.line_id is not None
        }


def of_order(order_id: int) -> list[Joined]:
    """Everything an order takes part in, in a fixed number of queries."""
    rows = db.session.execute(
        select(Participation, Campaign)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(Participation.order_id == order_id)
        .order_by(Participation.id)
        .execution_options(populate_existing=True)
    ).all()
    if not rows:
        return []
    commitments = db.session.scalars(
        select(Commitment)
        .where(Commitment.participation_id.in_([person.id for person, _campaign in rows]))
        .order_by(Commitment.id)
        .execution_options(populate_existing=True)
    ).all()
    questions = _questions([campaign.id for _person, campaign in rows])
    answers = _answers([person.id for person, _campaign in rows])
    dues = balances_of(order_id)
    found = []
    for person, campaign in rows:
        question = questions.get(campaign.id)
        found.append(
            Joined(
                person,
                campaign,
                tuple(row for row in commitments if row.participation_id == person.id),
                question,
                answers.get((question.id, person.id)) if question is not None else None,
                dues.get(campaign.subject),
            )
        )
    return found


def _questions(campaign_ids: list[int]) -> dict[int, BuyerQuestion]:
    """What is being asked, by campaign; the newest where there are several."""
    rows = db.session.scalars(
        select(BuyerQuestion)
        .where(BuyerQuestion.campaign_id.in_(campaign_ids), BuyerQuestion.closed_at.is_(None))
        .order_by(BuyerQuestion.id)
    )
    return {question.campaign_id: question for question in rows}


def _answers(participation_ids: list[int]) -> dict[tuple[int, int], Answer]:
    rows = db.session.scalars(
        select(BuyerAnswer)
        .where(BuyerAnswer.participation_id.in_(participation_ids))
        .execution_options(populate_existing=True)
    )
    return {(row.question_id, row.participation_id): Answer(row.answer) for row in rows}
