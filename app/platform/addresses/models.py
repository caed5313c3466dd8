"""The addresses something had before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index

from app.platform.db import Mapped, Model, mapped_column


class FormerAddress(Model):
    """`path` led to the `kind` with `target_id` until `left_at`.

    It names the thing, not another address: however often that moves, one step leads there.
    """

    __tablename__ = "former_address"
    __table_args__ = (Index("ix_former_address_target", "kind", "target_id"),)

    path: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    target_id: Mapped[int]
    left_at: Mapped[datetime]
