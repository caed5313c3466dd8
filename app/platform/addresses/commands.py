"""Note that a page has moved, inside the command that moves it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from app.platform.addresses.models import FormerAddress
from app.platform.db import db
from app.platform.transaction import command


@command
def leave(path: str, kind: str, target_id: int, *, to: str, now: datetime) -> None:
    """What was at `path` is at `to` now; it may come back, and go again."""
    if path == to:
        return
    take(to)
    former = db.session.get(FormerAddress, path) or FormerAddress(path=path)
    former.kind, former.target_id, former.left_at = kind, target_id, now
    db.session.add(former)
    db.session.flush()


@command
def take(path: str) -> None:
    """Something lives at `path` now, so that it leads nowhere else."""
    db.session.execute(delete(FormerAddress).where(FormerAddress.path == path))
