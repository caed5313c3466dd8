"""A wish to be told, for whoever holds its token, and for the mails about it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.platform.db import db
from app.platform.i18n import pick
from app.platform.rbac import found
from app.presale.models import Campaign, CampaignReminder, ReminderOccasion
from app.presale.queries.pages import path_of


@dataclass(frozen=True, slots=True)
class Reminder:
    """`campaign` is the one it was asked for at."""

    row: CampaignReminder
    campaign: Campaign

    @property
    def title(self) -> str:
        return pick(self.campaign.title)

    @property
    def occasion(self) -> ReminderOccasion:
        return ReminderOccasion(self.row.occasion)

    @property
    def path(self) -> str:
        return f"/again/{self.row.token}"

    @property
    def campaign_path(self) -> str:
        return path_of(self.campaign.slug)


def by_token(token: str) -> Reminder:
    """Raises NotFound, also once it was taken back."""
    return _of(db.session.scalar(select(CampaignReminder).where(CampaignReminder.token == token)))


def by_id(reminder_id: int) -> Reminder | None:
    """None once it was taken back."""
    row = db.session.get(CampaignReminder, reminder_id, populate_existing=True)
    return _of(row) if row is not None else None


def _of(row: CampaignReminder | None) -> Reminder:
    known = found(row)
    return Reminder(known, db.session.get_one(Campaign, known.campaign_id))
