"""What the shop does with reviews of its own goods: show, not show and say why, answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish as tell
from app.platform.locks import lock_row
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.reviews.errors import ChangedMeanwhile
from app.reviews.events import ReviewAnswered, ReviewRejected
from app.reviews.models import Reason, Review, ReviewReport, ReviewState


@command
def publish(review_id: int, *, seen: str, actor: Actor, now: datetime) -> None:
    """Show it, or let it be shown on although it was reported.

    `seen` names the version that was looked at; raises ChangedMeanwhile when that is not the
    present one.
    """
    review = _locked(review_id, actor)
    if review.version != seen:
        raise ChangedMeanwhile
    _see_reports(review_id, now)
    if review.state != ReviewState.PUBLISHED:
        _decide(review, ReviewState.PUBLISHED, None, actor=actor, now=now)


@command
def reject(review_id: int, reason: Reason, *, actor: Actor, now: datetime) -> None:
    """Do not show it. It is kept with the reason, and its author is told."""
    review = _locked(review_id, actor)
    _see_reports(review_id, now)
    if review.state != ReviewState.REJECTED or review.reason != reason:
        _decide(review, ReviewState.REJECTED, reason, actor=actor, now=now)
        tell(ReviewRejected(review_id, now))


@command
def reply(review_id: int, text: str, *, actor: Actor, now: datetime) -> None:
    """Answer below it; an empty text takes the answer away."""
    review = _locked(review_id, actor)
    if review.reply == text:
        return
    is_first = review.replied_at is None
    review.reply, review.replied_at = text, now
    record(actor, "review.reply", "review", review_id, now=now)
    if is_first:
        tell(ReviewAnswered(review_id, now))


def _locked(review_id: int, actor: Actor) -> Review:
    ensure(actor, "reviews.moderate")
    return lock_row(Review, review_id, actor)


def _see_reports(review_id: int, now: datetime) -> None:
    db.session.execute(
        update(ReviewReport)
        .where(ReviewReport.review_id == review_id, ReviewReport.seen_at.is_(None))
        .values(seen_at=now)
    )


def _decide(
    review: Review, state: ReviewState, reason: Reason | None, *, actor: Actor, now: datetime
) -> None:
    before = review.state
    review.state, review.reason, review.decided_at = state, reason, now
    record(
        actor, f"review.{state.value}", "review", review.id, now=now, before={"state": before},
        after={"state": state.value, "reason": reason.value if reason else None},
    )  # fmt: skip
