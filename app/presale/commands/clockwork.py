"""Everything a campaign does because an instant has come; called every few seconds."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from app.platform import clock
from app.platform.db import db
from app.platform.due import each
from app.presale.commands import (
    balances,
    holding,
    lifecycle,
    paying_back,
    production,
    reminding,
    slices,
    tasks,
    waiting,
)
from app.presale.models import BuyerQuestion, Campaign, CampaignState


def advance() -> int:
    """Take every timed step that is due; returns how many were taken.

    Each is a command of its own, so that one that fails keeps no other from being done; what
    failed is raised when all have had their turn.
    """
    return each(STEPS, lambda step: step())


def _release_expired() -> int:
    return holding.release_expired(100, now=clock.now())


def _close_questions(limit: int = 50) -> int:
    now = clock.now()
    due = db.session.scalars(
        select(BuyerQuestion.id)
        .where(BuyerQuestion.closed_at.is_(None), BuyerQuestion.answer_until <= now)
        .order_by(BuyerQuestion.id)
        .limit(limit)
    ).all()
    db.session.rollback()
    return each(due, lambda question_id: paying_back.close_question(question_id, now=now))


def _finish_refunding(limit: int = 50) -> int:
    now = clock.now()
    due = db.session.scalars(
        select(Campaign.id)
        .where(Campaign.state == CampaignState.REFUNDING)
        .order_by(Campaign.id)
        .limit(limit)
    ).all()
    db.session.rollback()
    return each(due, lambda campaign_id: paying_back.finish_refunding(campaign_id, now=now))


STEPS: tuple[Callable[[], int], ...] = (
    slices.return_due,
    _release_expired,
    waiting.expire_due,
    waiting.serve_all,
    lifecycle.open_due,
    lifecycle.close_due,
    lifecycle.conclude_due,
    _close_questions,
    balances.close_due,
    tasks.run_due,
    _finish_refunding,
    production.complete_due,
    reminding.tell_due,
)
