"""What staff see of the mails: the list, one mail with every try, and the mails of one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.notifications import rules
from app.notifications.models import Message, MessageAttempt, MessageState
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.rbac import found

PAGE = 50


@dataclass(frozen=True, slots=True)
class MessageRow:
    """`due_at` is the time of the next try and means something only while the state is queued."""

    id: int
    kind: str
    recipient: str
    subject: str
    reference: str
    state: str
    attempts: int
    queued_at: datetime
    due_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessagePage:
    """`before` is what to ask the next page with, None on the last."""

    rows: tuple[MessageRow, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class Attempt:
    tried_at: datetime
    succeeded: bool
    answer: str


@dataclass(frozen=True, slots=True)
class MessageDetail:
    """`is_hidden` when the text lets its reader in: staff are shown neither text nor html."""

    row: MessageRow
    locale: str
    message_id: str
    text: str
    html: str
    is_hidden: bool
    attempts: tuple[Attempt, ...]


def waiting(now: datetime) -> tuple[int, datetime | None]:
    """How many mails are due, and since when the one that waits longest."""
    due = (Message.state == MessageState.QUEUED, Message.due_at <= now)
    count, oldest = db.session.execute(
        select(func.count(), func.min(Message.due_at)).where(*due)
    ).one()
    return count, oldest


def given_up() -> int:
    """How many mails no try will be made for any more."""
    dead = select(func.count()).select_from(Message).where(Message.state == MessageState.DEAD)
    return db.session.scalar(dead) or 0


def listed(
    *,
    state: str = "",
    kind: str = "",
    search: str = "",
    finds_people: bool = True,
    before: int | None = None,
    limit: int = PAGE,
) -> MessagePage:
    """Newest first. `search` looks into subject and reference, and into recipients if it may."""
    statement = _rows().where(*_filters(state, kind, search, finds_people=finds_people))
    if before is not None:
        statement = statement.where(Message.id < before)
    rows = _read(statement.order_by(Message.id.desc()).limit(limit + 1))
    return MessagePage(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)


def for_reference(reference: str) -> tuple[MessageRow, ...]:
    """The mails about one thing, such as an order's code, in the order they were queued."""
    return _read(_rows().where(Message.reference == reference).order_by(Message.id))


def detail(message_id: int) -> MessageDetail:
    """One mail with every try; raises NotFound."""
    message = found(db.session.scalar(select(Message).where(Message.id == message_id)))
    attempts = db.session.scalars(
        select(MessageAttempt)
        .where(MessageAttempt.message_id == message_id)
        .order_by(MessageAttempt.id)
    )
    # In the folder of a shop without a mail server it can be read anyway, and nowhere else.
    is_hidden = rules.is_secret(message.kind) and settings().smtp_url is not None
    return MessageDetail(
        row=_read(_rows().where(Message.id == message_id))[0],
        locale=message.locale,
        message_id=message.message_id,
        text="" if is_hidden else message.text,
        html="" if is_hidden else message.html,
        is_hidden=is_hidden,
        attempts=tuple(Attempt(each.tried_at, each.succeeded, each.answer) for each in attempts),
    )


def counts() -> dict[str, int]:
    """How many mails there are in each state."""
    rows = db.session.execute(
        select(Message.state, func.count().label("number")).group_by(Message.state)
    )
    return dict.fromkeys((state.value for state in MessageState), 0) | {
        row.state: row.number for row in rows
    }


def kinds() -> Sequence[str]:
    """The kinds there are mails of, for the list's filter."""
    return db.session.scalars(select(Message.kind).distinct().order_by(Message.kind)).all()


def _rows() -> Select[tuple[object, ...]]:
    columns = (getattr(Message, name) for name in MessageRow.__slots__)
    return select(*columns)


def _read(statement: Select[tuple[object, ...]]) -> tuple[MessageRow, ...]:
    return tuple(MessageRow(**row._asdict()) for row in db.session.execute(statement))


def _filters(
    state: str, kind: str, search: str, *, finds_people: bool
) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if state:
        filters.append(Message.state == state)
    if kind:
        filters.append(Message.kind == kind)
    if words := search.strip():
        columns = [Message.subject, Message.reference]
        if finds_people:
            columns.append(Message.recipient)
        filters.append(or_(*(column.icontains(words, autoescape=True) for column in columns)))
    return filters
