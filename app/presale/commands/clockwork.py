"""Everything a campaign does because an instant has come; called every few seconds."""

from __future__ import annotations

from sqlalchemy import select

from app.platform import clock
from app.platform.db import db
from app.presale.commands import (
    balances,
    holding,
    lifecycle,
    paying_back,
    production,
    slices,
    tasks,
    waiting,
)
from app.presale.models import BuyerQuestion, Campaign, CampaignState


def advance() -> int:
    """Take every timed step that is due; returns how many were taken.

    Each is a command of its own, so that one that fails keeps no other from being done.
    """
    return (
        slices.return_due()
        + holding.release_expired(100, now=clock.now())
        + waiting.expire_due()
        + waiting.serve_all()
        + lifecycle.open_due()
        + lifecycle.close_due()
        + _close_questions()
        + balances.close_due()
        + tasks.run_due()
        + _finish_refunding()
        + production.complete_due()
    )


def _close_questions(limit: int = 50) -> int:
    now = clock.now()
    due = db.session.scalars(
        select(BuyerQuestion.id)
        .where(BuyerQuestion.closed_at.is_(None), BuyerQuestion.answer_until <= now)
        .order_by(BuyerQuestion.id)
        .limit(limit)
    ).all()
    db.session.rollback()
    return sum(paying_back.close_question(question_id, now=now) for question_id in due)


def _finish_refunding(limit: int = 50) -> int:
    now = clock.now()
    due = db.session.scalars(
        select(Campaign.id)
        .where(Campaign.state == CampaignState.REFUNDING)
        .order_by(Campaign.id)
        .limit(limit)
    ).all()
    db.session.rollback()
    return sum(paying_back.finish_refunding(campaign_id, now=now) for campaign_id in due)
