"""Tell everybody who is in: one fact each, in batches, never twice for the same occasion."""

from __future__ import annotations

from datetime import datetime

from app.platform.facts import publish
from app.presale.commands import tasks
from app.presale.commands.lifecycle import NOTICE
from app.presale.events import Notice
from app.presale.models import Campaign, CampaignTask, Participation


@tasks.does(NOTICE)
def _tell_one(
    _campaign: Campaign, participation: Participation, task: CampaignTask, now: datetime
) -> None:
    """`key` is the word, and what tells this occasion from another of the same word."""
    word, _, occasion = task.key.partition(":")
    if participation.confirmed_at is not None and participation.left_at is None:
        publish(Notice(participation.id, word, occasion, now))
