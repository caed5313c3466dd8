"""A word for each part of the content; it is another one after every change."""

from __future__ import annotations

from app.platform.db import Mapped, Model, mapped_column


class ContentStamp(Model):
    """`tag` names a part, one of its shards (`lists+3`) or one thing in it (`stock/17`).

    `stamp` is random: a database that was put back says what it said before. No row is 0.
    """

    __tablename__ = "content_stamp"

    tag: Mapped[str] = mapped_column(primary_key=True)
    stamp: Mapped[int]
