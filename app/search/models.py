"""Words the shop's staff look after, and what nothing was found for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Index

from app.platform.db import Id, Mapped, Model, mapped_column


class SearchSynonym(Model):
    """Words and phrases that mean the same: whoever searches for one also finds the others."""

    __tablename__ = "search_synonym"

    id: Mapped[Id]
    words: Mapped[list[str]] = mapped_column(JSON)
    changed_at: Mapped[datetime]


class SearchHotWord(Model):
    """A search that is offered before anybody types, in the order of `position`."""

    __tablename__ = "search_hot_word"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    word: Mapped[str]


class SearchMiss(Model):
    """A search that found nothing, and how often. Nobody's: no person, address or device."""

    __tablename__ = "search_miss"
    __table_args__ = (Index("ix_search_miss_last_at", "last_at"),)

    id: Mapped[Id]
    text: Mapped[str] = mapped_column(unique=True)
    count: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
