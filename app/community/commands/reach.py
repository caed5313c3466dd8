"""A goal that a group's link may reach: then a code opens for everybody who comes through it.

It rewards nobody for sharing: there is no goal for a person, and what opens is the same for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update

from app.community.commands.links import lock_link
from app.community.errors import GoalStands
from app.community.models import ReachCounts, ReachGoal, ShareLink
from app.community.queries.reach import count_of
from app.marketing.commands import promotions
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.rbac import ensure, found
from app.platform.transaction import command

LEAST = 2
MOST = 100_000


@dataclass(frozen=True, slots=True)
class NewGoal:
    """What is counted, how much of it, and which promotion opens then."""

    promotion_id: int
    counts: ReachCounts
    target: int


@command
def set_goal(code: str, goal: NewGoal, *, actor: Actor, now: datetime) -> None:
    """Give a link its goal; what people were told is not changed afterwards.

    Raises NotFound, GoalStands, or Invalid for a promotion that could not be had by everybody.
    """
    ensure(actor, "promotions.edit")
    link = lock_link(code, actor)
    if db.session.get(ReachGoal, link.id) is not None:
        raise GoalStands
    if not LEAST <= goal.target <= MOST:
        raise Invalid({"target": _("From %(least)s to %(most)s.", least=LEAST, most=MOST)})
    code_id = promotions.add_closed_code(
        goal.promotion_id, label=f"/g/{link.code}", people=goal.target, actor=actor, now=now
    )
    db.session.add(
        ReachGoal(
            link_id=link.id, code_id=code_id, counts=goal.counts, target=goal.target,
            created_at=now,
        )
    )  # fmt: skip
    db.session.flush()
    after = {"promotion": goal.promotion_id, "counts": str(goal.counts), "target": goal.target}
    record(actor, "community.set_goal", "share_link", link.id, now=now, after=after)


@command
def withdraw_goal(code: str, *, actor: Actor, now: datetime) -> None:
    """Take a goal back that was not reached; what has opened stays open. Raises GoalStands."""
    ensure(actor, "promotions.edit")
    link = lock_link(code, actor)
    goal = found(db.session.get(ReachGoal, link.id))
    if goal.reached_at is not None:
        raise GoalStands
    db.session.execute(delete(ReachGoal).where(ReachGoal.link_id == link.id))
    record(actor, "community.withdraw_goal", "share_link", link.id, now=now)


@command
def open_if_reached(link_id: int, *, now: datetime) -> bool:
    """Open the code of a goal that is reached, once; returns whether it has just opened."""
    goal = db.session.get(ReachGoal, link_id)
    link = db.session.get(ShareLink, link_id)
    is_over = goal is None or goal.reached_at is not None or link is None or link.revoked_at
    if is_over or goal is None or count_of(link_id, ReachCounts(goal.counts)) < goal.target:
        return False
    opened = db.session.scalar(
        update(ReachGoal)
        .where(ReachGoal.link_id == link_id, ReachGoal.reached_at.is_(None))
        .values(reached_at=now)
        .returning(ReachGoal.link_id)
    )
    if opened is None:
        return False
    promotions.open_code(goal.code_id)
    return True
