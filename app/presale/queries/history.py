"""What a campaign has promised and told, oldest first: public, append-only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Executable, Row, String, cast, literal, null, or_, select, union_all

from app.platform.db import db
from app.platform.i18n import pick
from app.presale.models import CampaignEvent, CampaignState, PromiseVersion

UPDATE = "update"
"""The kind of event a merchant writes for everybody who joined."""

_STATES = [state.value for state in CampaignState]


@dataclass(frozen=True, slots=True)
class Promised:
    """One version of the promise; the first is what everybody joined on."""

    version: int
    earliest: date
    latest: date
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Something the merchant told everybody; `text` is in the reader's language."""

    kind: str
    text: str
    facts: Mapping[str, object]
    at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """`reached` says when the campaign came to a state, the last time it did."""

    promises: tuple[Promised, ...]
    updates: tuple[Told, ...]
    reached: Mapping[str, datetime]


def history(campaign_id: int) -> History:
    """Versions and public events of a campaign, in one query."""
    versions = select(
        literal("").label("kind"),
        PromiseVersion.version.label("version"),
        PromiseVersion.earliest.label("earliest"),
        PromiseVersion.latest.label("latest"),
        PromiseVersion.reason.label("texts"),
        PromiseVersion.announced_at.label("at"),
        PromiseVersion.id.label("id"),
    ).where(PromiseVersion.campaign_id == campaign_id)
    events = select(
        cast(CampaignEvent.kind, String),
        literal(0),
        cast(null(), Date),
        cast(null(), Date),
        CampaignEvent.facts,
        CampaignEvent.at,
        CampaignEvent.id,
    ).where(
        CampaignEvent.campaign_id == campaign_id,
        or_(CampaignEvent.public, CampaignEvent.kind.in_(_STATES)),
    )
    both: Executable = union_all(versions, events).order_by("at", "id")
    rows: Sequence[Row[Any]] = db.session.execute(both).all()
    told = [row for row in rows if not row.version]
    return History(
        promises=tuple(
            Promised(row.version, row.earliest, row.latest, pick(row.texts), row.at)
            for row in rows
            if row.version
        ),
        updates=tuple(
            Told(row.kind, _said(row.texts), row.texts, row.at)
            for row in told
            if row.kind not in _STATES
        ),
        reached={row.kind: row.at for row in told if row.kind in _STATES},
    )


def _said(facts: Mapping[str, object]) -> str:
    text = facts.get("text")
    return pick(text) if isinstance(text, dict) else str(text or "")
