"""What has happened to messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.platform.facts import Fact


@dataclass(frozen=True)
class MessageQueued(Fact):
    """A message waits to be sent, for the first time or once more."""

    name: ClassVar[str] = "notifications.message_queued.v1"

    message_id: int
    at: datetime
