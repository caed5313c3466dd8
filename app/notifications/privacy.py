"""What is known here about a person, found by the address it was sent to.

This module knows addresses, not customers: `customers` registers both functions for an account.
"""

from __future__ import annotations

from sqlalchemy import String, case, cast, delete, literal, select, update

from app.notifications import rules
from app.notifications.models import Message, MessageAttempt, MessageFile, MessageState
from app.platform.db import db
from app.platform.transaction import command

TABLES = frozenset({"message", "message_attempt", "message_file"})


def export(recipient: str) -> list[dict[str, object]]:
    """The mails sent to an address; of those that let their reader in, only that there was one."""
    messages = db.session.scalars(
        select(Message).where(Message.recipient == recipient.lower()).order_by(Message.id)
    )
    return [
        {
            "kind": message.kind,
            "subject": message.subject,
            "text": "" if rules.is_secret(message.kind) else message.text,
            "queued_at": message.queued_at.isoformat(),
            "sent_at": message.sent_at.isoformat() if message.sent_at else None,
        }
        for message in messages
    ]


@command
def erase(recipient: str) -> None:
    """Forget to whom the mails went and what they said; those still waiting are not sent."""
    theirs = select(Message.id).where(Message.recipient == recipient.lower())
    waiting = Message.state == MessageState.QUEUED
    db.session.execute(
        update(MessageAttempt).where(MessageAttempt.message_id.in_(theirs)).values(answer="")
    )
    db.session.execute(delete(MessageFile).where(MessageFile.message_id.in_(theirs)))
    db.session.execute(
        update(Message)
        .where(Message.recipient == recipient.lower())
        .values(
            recipient=literal("erased-") + cast(Message.id, String),
            subject="",
            text="",
            html="",
            state=case((waiting, MessageState.DEAD.value), else_=Message.state),
            lease_token=None,
            lease_until=None,
        )
        .execution_options(synchronize_session=False)
    )
