"""Pictures: originals by content hash, the files derived from them, and their place on a
product.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint

from app.platform.db import Id, JsonObject, Mapped, Model, Texts, mapped_column, one_of


class MediaState(StrEnum):
    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


class Media(Model):
    """`sources` lists the files that exist: {"files": [{"format", "width", "height", "path"},
    …]}.
    """

    __tablename__ = "media"
    __table_args__ = (one_of("state", MediaState),)

    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(unique=True)
    mime: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    dominant: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=MediaState.PENDING)
    reason: Mapped[str | None]
    sources: Mapped[JsonObject]
    created_at: Mapped[datetime]


class ProductImage(Model):
    __tablename__ = "product_image"
    __table_args__ = (UniqueConstraint("product_id", "media_id"),)

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    media_id: Mapped[int] = mapped_column(ForeignKey("media.id"))
    alt: Mapped[Texts]
    position: Mapped[int] = mapped_column(default=0)
