"""Everything a campaign ever promised, and what its buyers answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.platform.db import db
from app.presale.models import Answer, BuyerAnswer, BuyerQuestion, PromiseVersion


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to everybody, and how many have answered what so far."""

    question: BuyerQuestion
    keep: int
    refund: int


def promised(campaign_id: int) -> Sequence[PromiseVersion]:
    """The newest first."""
    statement = select(PromiseVersion).where(PromiseVersion.campaign_id == campaign_id)
    return db.session.scalars(statement.order_by(PromiseVersion.version.desc())).all()


def asked(campaign_id: int) -> list[Asked]:
    """The newest first."""
    statement = (
        select(
            BuyerQuestion,
            func.count().filter(BuyerAnswer.answer == Answer.KEEP),
            func.count().filter(BuyerAnswer.answer == Answer.REFUND),
        )
        .outerjoin(BuyerAnswer, BuyerAnswer.question_id == BuyerQuestion.id)
        .where(BuyerQuestion.campaign_id == campaign_id)
        .group_by(BuyerQuestion.id)
        .order_by(BuyerQuestion.id.desc())
    )
    rows = db.session.execute(statement).all()
    return [Asked(question, int(keep), int(refund)) for question, keep, refund in rows]
