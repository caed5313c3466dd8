"""Who joined a campaign, with what, and what they owe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select

from app.community.models import ChatGroup, ShareLink
from app.orders.models import DuePurpose, Order, OrderDue
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.ids import heard_code
from app.platform.rbac import found, visible
from app.presale.models import Campaign, Commitment, CommitmentState, Participation
from app.shop.models import Staff

PAGE = 50
LONGEST_NUMBER = 9


class JoinView(StrEnum):
    """What the chips above the list ask for."""

    IN = "in"
    UNPAID = "unpaid"
    OWING = "owing"
    LEAVING = "leaving"
    LEFT = "left"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Join:
    """One participation. `due` is the balance it was asked for; leader and group are those of the
    link it came through.
    """

    participation: Participation
    order: Order | None
    due: OrderDue | None
    commitments: Sequence[Commitment]
    leader: str
    group: str

    @property
    def owes(self) -> bool:
        return self.due is not None and self.due.is_open


@dataclass(frozen=True, slots=True)
class JoinPage:
    """`after` is what to ask the next page with, None on the last."""

    rows: tuple[Join, ...]
    after: int | None


def joins(
    campaign: Campaign,
    view: JoinView,
    actor: Actor,
    *,
    text: str = "",
    after: int | None = None,
    limit: int = PAGE,
) -> JoinPage:
    """The newest first; four queries however many. The caller may see the campaign."""
    statement = _statement(campaign, *_of(view), *_matching(text.strip(), actor))
    if after is not None:
        statement = statement.where(Participation.id < after)
    rows = db.session.execute(statement.order_by(Participation.id.desc()).limit(limit + 1)).all()
    found_joins = _joins(rows[:limit])
    last = found_joins[-1].participation.id if len(rows) > limit else None
    return JoinPage(found_joins, last)


def join_of(participation_id: int, actor: Actor) -> Join:
    """One participation of the actor's merchant; raises NotFound."""
    own = select(Participation.campaign_id).where(
        Participation.id == participation_id, visible(actor, Participation)
    )
    campaign = found(db.session.get(Campaign, found(db.session.scalar(own))))
    statement = _statement(campaign, Participation.id == participation_id)
    return _joins(db.session.execute(statement).all())[0]


def _statement(
    campaign: Campaign, *which: ColumnElement[bool]
) -> Select[Participation, Order, OrderDue, str, str]:
    balance = and_(
        OrderDue.order_id == Participation.order_id,
        OrderDue.purpose == DuePurpose.BALANCE,
        OrderDue.subject == campaign.subject,
    )
    return (
        select(Participation, Order, OrderDue, Staff.name, ChatGroup.name)
        .outerjoin(Order, Order.id == Participation.order_id)
        .outerjoin(OrderDue, balance)
        .outerjoin(ShareLink, ShareLink.id == Participation.link_id)
        .outerjoin(Staff, Staff.id == ShareLink.leader_id)
        .outerjoin(ChatGroup, ChatGroup.id == ShareLink.group_id)
        .where(Participation.campaign_id == campaign.id, *which)
        .execution_options(populate_existing=True)
    )


def _joins(rows: Sequence[Row[Participation, Order, OrderDue, str, str]]) -> tuple[Join, ...]:
    commitments = _commitments([row[0].id for row in rows])
    return tuple(
        Join(
            participation=participation,
            order=order,
            due=due,
            commitments=commitments.get(participation.id, ()),
            leader=leader or "",
            group=group or "",
        )
        for participation, order, due, leader, group in rows
    )


def _commitments(participation_ids: Sequence[int]) -> Mapping[int, list[Commitment]]:
    statement = (
        select(Commitment)
        .where(Commitment.participation_id.in_(participation_ids))
        .order_by(Commitment.id)
        .execution_options(populate_existing=True)
    )
    grouped: defaultdict[int, list[Commitment]] = defaultdict(list)
    for commitment in db.session.scalars(statement):
        grouped[commitment.participation_id].append(commitment)
    return grouped


def _of(view: JoinView) -> list[ColumnElement[bool]]:
    conditions: Mapping[JoinView, list[ColumnElement[bool]]] = {
        JoinView.IN: [Participation.number.is_not(None), Participation.left_at.is_(None)],
        JoinView.UNPAID: [Participation.confirmed_at.is_(None), _has(CommitmentState.HOLD)],
        JoinView.OWING: [
            OrderDue.id.is_not(None),
            OrderDue.settled_at.is_(None),
            OrderDue.ended_at.is_(None),
        ],
        JoinView.LEAVING: [_has(CommitmentState.CANCEL_REQUESTED)],
        JoinView.LEFT: [Participation.left_at.is_not(None)],
        JoinView.ALL: [],
    }
    return conditions[view]


def _has(state: CommitmentState) -> ColumnElement[bool]:
    return exists().where(
        Commitment.participation_id == Participation.id, Commitment.state == state
    )


def _matching(text: str, actor: Actor) -> list[ColumnElement[bool]]:
    """A number, the beginning of an order's code; names for those who may see them."""
    if not text:
        return []
    conditions = [Order.code.startswith(heard_code(text)[:16], autoescape=True)]
    digits = text.lstrip("№# ")
    if digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER:
        conditions.append(Participation.number == int(digits))
    if actor.may("pii.view"):
        conditions.append(Participation.name.icontains(text, autoescape=True))
    return [or_(*conditions)]
