"""Ask every buyer the same: keep waiting, or have the money back (R10). One tap answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.platform.actor import Actor
from app.platform.db import db, insert_if_new
from app.platform.rbac import found
from app.platform.transaction import command
from app.presale.errors import AnsweredTooLate
from app.presale.locks import note
from app.presale.models import (
    Answer,
    BuyerAnswer,
    BuyerQuestion,
    Campaign,
    Participation,
    QuestionKind,
)
from app.presale.rules import promise


def ask_buyers(
    campaign: Campaign,
    kind: QuestionKind,
    *,
    silence: Answer,
    actor: Actor,
    now: datetime,
    version_id: int | None = None,
) -> int:
    """Ask, in the caller's transaction; returns the question.

    A question that is still open is closed by the new one: its answers count no more.
    """
    before = open_question(campaign.id)
    if before is not None:
        before.closed_at = now
    question = BuyerQuestion(
        campaign_id=campaign.id, kind=kind, version_id=version_id, silence=silence, asked_at=now,
        answer_until=promise.answer_until(now),
    )  # fmt: skip
    db.session.add(question)
    db.session.flush()
    note(campaign.id, "asked", {"kind": kind.value}, actor=actor, now=now)
    return question.id


@command
def answer(question_id: int, participation_id: int, choice: Answer, *, now: datetime) -> None:
    """Keep what somebody answered; they may change their mind until `answer_until`.

    The caller has shown that the participation is theirs. Raises AnsweredTooLate.
    """
    question = found(
        db.session.get(BuyerQuestion, question_id, with_for_update=True, populate_existing=True)
    )
    participation = found(db.session.get(Participation, participation_id))
    if participation.campaign_id != question.campaign_id or participation.left_at is not None:
        raise AnsweredTooLate
    if question.closed_at is not None or now >= question.answer_until:
        raise AnsweredTooLate
    is_new = insert_if_new(
        BuyerAnswer, question_id=question_id, participation_id=participation_id, answer=choice,
        answered_at=now,
    )  # fmt: skip
    if not is_new:
        row = db.session.get_one(
            BuyerAnswer, (question_id, participation_id), populate_existing=True
        )
        row.answer, row.answered_at = choice, now


def open_question(campaign_id: int) -> BuyerQuestion | None:
    """What the buyers are being asked, if anything."""
    return db.session.scalar(
        select(BuyerQuestion)
        .where(BuyerQuestion.campaign_id == campaign_id, BuyerQuestion.closed_at.is_(None))
        .order_by(BuyerQuestion.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def answer_of(question: BuyerQuestion, participation_id: int) -> Answer:
    """What somebody answered, or what their silence counts as."""
    row = db.session.get(BuyerAnswer, (question.id, participation_id))
    return Answer(row.answer if row is not None else question.silence)
