"""Tick on a sheet who has been handed their goods, and take a tick back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from app.community.models import HandedOut
from app.community.queries.handing import own_participation
from app.platform.actor import Actor
from app.platform.db import db, insert_if_new
from app.platform.rbac import ensure
from app.platform.transaction import command


@command
def tick(code: str, number: int, *, actor: Actor, now: datetime) -> None:
    """Once; the first time counts."""
    ensure(actor, "groups.share")
    participation_id = own_participation(code, number, actor)
    insert_if_new(HandedOut, participation_id=participation_id, at=now)


@command
def untick(code: str, number: int, *, actor: Actor) -> None:
    """Once."""
    ensure(actor, "groups.share")
    participation_id = own_participation(code, number, actor)
    db.session.execute(delete(HandedOut).where(HandedOut.participation_id == participation_id))
