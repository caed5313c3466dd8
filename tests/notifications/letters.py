"""A mail to Ada, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.notifications import commands
from app.notifications.models import Message, MessageAttempt
from app.platform.db import db

ADA = "ada@example.com"


def queue_letter(*, now: datetime, **changes: Any) -> bool:
    """Queue a mail to Ada that says her order is paid; `changes` replace parts of it."""
    letter: dict[str, Any] = {
        "kind": "orders.paid",
        "event": "orders.paid:42",
        "recipient": ADA,
        "locale": "en",
        "subject": "Paid: order 7K3M",
        "text": "Thank you.",
        "html": "<p>Thank you.</p>",
        "reference": "7K3M",
    }
    return commands.queue(now=now, **(letter | changes))


def the_message() -> Message:
    """The only message there is, as it is stored now."""
    db.session.rollback()
    return db.session.scalars(select(Message)).one()


def tries() -> list[tuple[bool, str]]:
    """(succeeded, answer) of every try, in order."""
    db.session.rollback()
    attempts = db.session.scalars(select(MessageAttempt).order_by(MessageAttempt.id))
    return [(attempt.succeeded, attempt.answer) for attempt in attempts]
