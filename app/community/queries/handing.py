"""Who of a leader's people has been handed their goods."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from app.community.models import HandedOut, ShareLink
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found, visible
from app.presale.models import Participation


def handed_out(link_ids: Collection[int]) -> frozenset[int]:
    """The numbers that are ticked, among those who came through these links of one presale."""
    rows = db.session.scalars(
        select(Participation.number)
        .join(HandedOut, HandedOut.participation_id == Participation.id)
        .where(Participation.link_id.in_(link_ids))
    )
    return frozenset(number for number in rows if number is not None)


def own_participation(code: str, number: int, actor: Actor) -> int:
    """A number of the presale that was shared under this code, if they came through a link of the
    actor's own; raises NotFound.
    """
    campaign = select(ShareLink.campaign_id).where(
        ShareLink.code == code, visible(actor, ShareLink)
    )
    row = db.session.scalar(
        select(Participation.id)
        .join(ShareLink, ShareLink.id == Participation.link_id)
        .where(
            Participation.campaign_id.in_(campaign),
            Participation.number == number,
            visible(actor, ShareLink),
        )
    )
    return found(row)
