"""Tables of groups and their links: who shared what, what came of it, what it earned."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    and_,
)

from app.platform.actor import Actor
from app.platform.db import Id, Mapped, Model, mapped_column, one_of
from app.platform.rbac import merchants_rows

EVERY_GROUP = "groups.all"
"""Who holds this permission sees the groups of all leaders of the merchant, others their own."""


def own_groups(
    actor: Actor, merchant_id: Mapped[int], leader_id: Mapped[int]
) -> ColumnElement[bool]:
    """Rows of the actor's merchant, and of the actor alone unless they may see every group."""
    mine = merchants_rows(actor, merchant_id)
    if actor.may(EVERY_GROUP):
        return mine
    return and_(mine, leader_id == (actor.id or 0))


class ChatGroup(Model):
    """A group in some chat app, led by one member of staff."""

    __tablename__ = "chat_group"
    __table_args__ = (UniqueConstraint("merchant_id", "leader_id", "name"),)

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    leader_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Mapped[str]
    app: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return own_groups(actor, cls.merchant_id, cls.leader_id)


class ShareLink(Model):
    """One campaign shared in one group by one leader; `code` is what people copy and type.

    `commission_bp` is the single level of commission there is, in hundredths of a percent, and
    `commission_cap` the most that one order earns; both fixed when the link was made. There is no
    column for who invited whom.
    """

    __tablename__ = "share_link"
    __table_args__ = (
        UniqueConstraint("campaign_id", "group_id", "leader_id"),
        CheckConstraint(
            "commission_bp >= 0 AND commission_bp <= 5000", name="commission_within_half"
        ),
        CheckConstraint(
            "commission_cap IS NULL OR commission_cap > 0", name="commission_cap_positive"
        ),
    )

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("chat_group.id"), index=True)
    leader_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    commission_bp: Mapped[int] = mapped_column(default=0)
    commission_cap: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return own_groups(actor, cls.merchant_id, cls.leader_id)


class LinkHour(Model):
    """How often a link was opened, and its page looked at, in one hour."""

    __tablename__ = "link_hour"

    link_id: Mapped[int] = mapped_column(ForeignKey("share_link.id"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    opened: Mapped[int] = mapped_column(default=0)
    viewed: Mapped[int] = mapped_column(default=0)


class LinkVisitor(Model):
    """Somebody who looked on one day, by a hash made for that day; forgotten when it is over."""

    __tablename__ = "link_visitor"
    __table_args__ = (Index("ix_link_visitor_day", "day"),)

    link_id: Mapped[int] = mapped_column(ForeignKey("share_link.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    visitor: Mapped[str] = mapped_column(primary_key=True)


class ReachCounts(StrEnum):
    """What a goal counts: people who looked, each once a day, or people who joined and are in."""

    VISITORS = "visitors"
    JOINS = "joins"


class ReachGoal(Model):
    """What a link has to reach for a code to open for everybody who comes through it.

    A link has one at most, and it is the link's: there is no column for a person, and a goal of
    one is none. Whoever shares gets nothing by it that others do not get.
    """

    __tablename__ = "reach_goal"
    __table_args__ = (
        one_of("counts", ReachCounts),
        CheckConstraint("target >= 2", name="more_than_one_person"),
    )

    link_id: Mapped[int] = mapped_column(ForeignKey("share_link.id"), primary_key=True)
    code_id: Mapped[int] = mapped_column(ForeignKey("promotion_code.id"), unique=True)
    counts: Mapped[str]
    target: Mapped[int]
    created_at: Mapped[datetime]
    reached_at: Mapped[datetime | None]


class CommissionKind(StrEnum):
    ACCRUED = "accrued"
    REVERSED = "reversed"


class CommissionEntry(Model):
    """Append-only: what a link earned by a commitment, and what was taken back.

    `reference` names the cause (a confirmation, a balance, a refund decision) after the entry's
    place in the sequence, so that each counts once. `base` is what was paid for goods or paid back.
    The entries of an order sum to what `rules.commission.earned` makes of its lines, those of a
    link to `queries.commission.recompute`; they are pending until no return of anything in the
    order can change them (`rules.commission.free_at`).
    """

    __tablename__ = "commission_entry"
    __table_args__ = (
        one_of("kind", CommissionKind),
        UniqueConstraint("commitment_id", "reference"),
        CheckConstraint(
            "(kind = 'accrued' AND base > 0 AND amount >= 0 AND amount <= base) OR "
            "(kind = 'reversed' AND base < 0 AND amount <= 0 AND amount >= base)",
            name="earned_by_payment",
        ),
        Index("ix_commission_entry_link", "link_id", "booked_at"),
    )

    id: Mapped[Id]
    link_id: Mapped[int] = mapped_column(ForeignKey("share_link.id"))
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    kind: Mapped[str]
    base: Mapped[int]
    amount: Mapped[int]
    currency: Mapped[str]
    reference: Mapped[str]
    booked_at: Mapped[datetime]


class ChatList(Model):
    """A chat list as it was pasted and confirmed. Nothing of one is kept before that, and its
    `text` is empty again some days after the close (`commands.lists.forget_lists`).
    """

    __tablename__ = "chat_list"

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    leader_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("share_link.id"), index=True)
    text: Mapped[str]
    created_at: Mapped[datetime]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return own_groups(actor, cls.merchant_id, cls.leader_id)


class ListEntry(Model):
    """Somebody who said in a chat list that they join. It is no order and holds nothing: they join
    and pay by themselves, through the link that `code` makes their own.

    `key` finds the entry again when the list is pasted once more, `said` (a hash) tells whether its
    line is still the same. `participation_id` is what came of it.
    """

    __tablename__ = "list_entry"
    __table_args__ = (UniqueConstraint("link_id", "key"),)

    id: Mapped[Id]
    list_id: Mapped[int] = mapped_column(ForeignKey("chat_list.id"), index=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("share_link.id"))
    code: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str]
    said: Mapped[str]
    position: Mapped[int]
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    participation_id: Mapped[int | None] = mapped_column(ForeignKey("participation.id"), index=True)
    created_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class ListItem(Model):
    """How many of one SKU an entry of a chat list names."""

    __tablename__ = "list_item"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("list_entry.id"), primary_key=True)
    sku_id: Mapped[int] = mapped_column(ForeignKey("campaign_sku.id"), primary_key=True)
    quantity: Mapped[int]


class HandedOut(Model):
    """A tick on a leader's sheet: this person has their goods. The order knows nothing of it."""

    __tablename__ = "handed_out"

    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), primary_key=True)
    at: Mapped[datetime]
