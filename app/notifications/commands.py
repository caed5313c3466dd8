"""Queue a mail once, send what is due, and send again what staff want sent again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import NotRequired, TypedDict, Unpack

import structlog
from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.notifications import rules
from app.notifications.channels import Channel, NotDelivered, channel_for
from app.notifications.events import MessageQueued
from app.notifications.mime import File, as_mail
from app.notifications.models import Message, MessageAttempt, MessageFile, MessageState
from app.platform import clock
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.errors import Conflict
from app.platform.facts import publish
from app.platform.i18n import lazy_gettext
from app.platform.rbac import found
from app.platform.transaction import command

LEASE = timedelta(seconds=45)
LONGEST_ANSWER = 500
MAIL = "mail"
log = structlog.get_logger()


class Letter(TypedDict):
    """What is said to whom. `event` is the fact's own key, such as `orders.paid:42`."""

    kind: str
    event: str
    recipient: str
    locale: str
    subject: str
    text: str
    html: str
    reference: NotRequired[str]
    files: NotRequired[Sequence[File]]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A leased message; only the holder of `lease_token` may write down what came of it."""

    id: int
    lease_token: str
    attempts: int
    kind: str
    recipient: str
    locale: str
    subject: str
    text: str
    html: str
    message_id: str
    queued_at: datetime
    files: Sequence[File] = ()


class BeingSent(Conflict):
    code = "message_being_sent"
    default_message = lazy_gettext("This mail is sent already, or is being sent right now.")


@command
def queue(*, now: datetime, **letter: Unpack[Letter]) -> bool:
    """Queue a mail with the change that causes it; False when this event has queued it before."""
    recipient = letter["recipient"].strip().lower()
    domain = parseaddr(settings().mail_from)[1].rpartition("@")[2]
    dialect = sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql
    statement = (
        dialect.insert(Message)
        .values(
            event=letter["event"],
            kind=letter["kind"],
            channel=MAIL,
            recipient=recipient,
            locale=letter["locale"],
            subject=" ".join(letter["subject"].split()),
            text=letter["text"],
            html=letter["html"],
            message_id=rules.message_id(letter["event"], recipient, MAIL, domain),
            reference=letter.get("reference", ""),
            state=MessageState.QUEUED,
            attempts=0,
            queued_at=now,
            due_at=now,
        )
        # Of any kind: a mail whose reader was erased keeps its Message-ID and is not sent anew.
        .on_conflict_do_nothing()
        .returning(Message.id)
    )
    message_id = db.session.execute(statement).scalar_one_or_none()
    if message_id is None:
        return False
    for file in letter.get("files", ()):
        db.session.add(MessageFile(message_id=message_id, **asdict(file)))
    publish(MessageQueued(message_id, now))
    return True


def deliver(message_id: int) -> bool:
    """Send one message if it is due and nobody else is sending it; True when it went out."""
    claimed = _claim(Message.id == message_id, now=clock.now())
    return claimed is not None and _send(claimed, channel_for(settings()))


def deliver_due(limit: int = 20) -> int:
    """Send up to `limit` due messages, one claimed after the other; returns how many were tried."""
    channel = channel_for(settings())
    for tried in range(limit):
        claimed = _claim(now=clock.now())
        if claimed is None:
            return tried
        _send(claimed, channel)
    return limit


@command
def retry(message_id: int, *, actor: Actor, now: datetime) -> None:
    """Begin anew with a message that was given up or waits; raises NotFound or BeingSent."""
    found(db.session.get(Message, message_id))
    begun = db.session.execute(
        update(Message)
        .where(Message.id == message_id, Message.state != MessageState.SENT, _unleased(now))
        .values(
            state=MessageState.QUEUED, attempts=0, due_at=now, lease_token=None, lease_until=None
        )
        .returning(Message.id)
    ).scalar_one_or_none()
    if begun is None:
        raise BeingSent
    record(actor, "notifications.retry", "message", message_id, now=now)
    publish(MessageQueued(message_id, now))


@command
def _claim(*conditions: ColumnElement[bool], now: datetime) -> Claimed | None:
    """Lease the message that waits longest; one whose sender was killed is due after its lease."""
    due = (
        select(Message.id)
        .where(_is_due(now), *conditions)
        .order_by(Message.due_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    token = secrets.token_hex(8)
    row = db.session.execute(
        update(Message)
        .where(Message.id == due)
        .values(lease_token=token, lease_until=now + LEASE, attempts=Message.attempts + 1)
        .returning(
            Message.id, Message.attempts, Message.kind, Message.recipient, Message.locale,
            Message.subject, Message.text, Message.html, Message.message_id, Message.queued_at,
        )
        .execution_options(synchronize_session=False)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    return Claimed(lease_token=token, files=_files_of(row.id), **row._asdict())


def _files_of(message_id: int) -> list[File]:
    rows = db.session.scalars(
        select(MessageFile).where(MessageFile.message_id == message_id).order_by(MessageFile.id)
    )
    return [File(row.name, row.mimetype, row.content) for row in rows]


def _send(claimed: Claimed, channel: Channel) -> bool:
    """Hand over outside any transaction, then note the answer."""
    try:
        answer = _handed_over(claimed, channel)
    except NotDelivered as failure:
        _note_failure(claimed, failure, now=clock.now())
        return False
    _note_sent(claimed, answer, forget=channel.reaches_people, now=clock.now())
    return True


def _handed_over(claimed: Claimed, channel: Channel) -> str:
    """The channel's answer. Whatever is wrong with one message must not hold up the others."""
    try:
        return channel.send(as_mail(claimed, settings().mail_from))
    except NotDelivered:
        raise
    except ValueError as error:
        raise NotDelivered("It cannot be written as a mail", permanent=True) from error
    except Exception as error:
        log.exception("notifications.unexpected", message=claimed.id)
        raise NotDelivered(type(error).__name__) from error


@command
def _note_sent(claimed: Claimed, answer: str, *, forget: bool, now: datetime) -> None:
    changes: dict[str, object] = {"state": MessageState.SENT, "sent_at": now}
    if forget and rules.is_secret(claimed.kind):
        changes |= {"text": "", "html": ""}
    _end_lease(claimed, changes)
    if claimed.files:
        db.session.execute(delete(MessageFile).where(MessageFile.message_id == claimed.id))
    _note_attempt(claimed, answer, succeeded=True, now=now)


@command
def _note_failure(claimed: Claimed, failure: NotDelivered, *, now: datetime) -> None:
    wait = None if failure.permanent else rules.wait_after(claimed.attempts)
    if wait is None:
        _end_lease(claimed, {"state": MessageState.DEAD})
    else:
        _end_lease(claimed, {"due_at": now + wait})
    _note_attempt(claimed, failure.reason, succeeded=False, now=now)
    if failure.unusable:
        _let_the_others_wait(now)


def _end_lease(claimed: Claimed, changes: dict[str, object]) -> None:
    db.session.execute(
        update(Message)
        .where(Message.id == claimed.id, Message.lease_token == claimed.lease_token)
        .values(lease_token=None, lease_until=None, **changes)
    )


def _note_attempt(claimed: Claimed, answer: str, *, succeeded: bool, now: datetime) -> None:
    db.session.execute(
        insert(MessageAttempt).values(
            message_id=claimed.id, tried_at=now, succeeded=succeeded, answer=answer[:LONGEST_ANSWER]
        )
    )


def _let_the_others_wait(now: datetime) -> None:
    """While the server is away a try each would only cost time; none of their tries is used."""
    db.session.execute(update(Message).where(_is_due(now)).values(due_at=now + rules.FIRST_WAIT))


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(Message.state == MessageState.QUEUED, Message.due_at <= now, _unleased(now))


def _unleased(now: datetime) -> ColumnElement[bool]:
    return or_(Message.lease_until.is_(None), Message.lease_until < now)
