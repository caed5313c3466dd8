"""A queued message is sent as soon as the change that queued it is committed."""

from __future__ import annotations

from app.notifications import commands
from app.notifications.events import MessageQueued
from app.platform.facts import on


def send_at_once(fact: MessageQueued) -> None:
    """A refusal by the mail server is no failure here: the message knows when it is tried again."""
    commands.deliver(fact.message_id)


SUBSCRIPTIONS = (on(MessageQueued, send_at_once),)
