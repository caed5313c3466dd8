"""Where an old address leads, and which ones a thing had."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select

from app.platform.addresses.models import FormerAddress
from app.platform.db import db


def now_at(path: str, kind: str) -> int | None:
    """The id of the thing that was at `path`; ask only when nothing is there any more."""
    return db.session.scalar(_NOW_AT, {"path": path, "kind": kind})


def moved(kind: str) -> dict[str, int]:
    """Every old address of a kind, and the id of what was there."""
    rows = db.session.execute(
        select(FormerAddress.path, FormerAddress.target_id).where(FormerAddress.kind == kind)
    )
    return dict(rows.all())


def former(kind: str, target_id: int) -> Sequence[FormerAddress]:
    """The addresses a thing had before, the last one first."""
    statement = (
        select(FormerAddress)
        .where(FormerAddress.kind == kind, FormerAddress.target_id == target_id)
        .order_by(FormerAddress.left_at.desc(), FormerAddress.path)
    )
    return db.session.scalars(statement).all()


_NOW_AT: Final = select(FormerAddress.target_id).where(
    FormerAddress.path == bindparam("path"), FormerAddress.kind == bindparam("kind")
)
