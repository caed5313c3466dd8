"""Tables of the audit log; triggers in the migration refuse UPDATE and DELETE on both."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index

from app.platform.db import Id, JsonObject, Mapped, Model, mapped_column


class AuditRow(Model):
    __tablename__ = "audit_row"
    __table_args__ = (Index("ix_audit_row_object", "object_kind", "object_id"),)

    id: Mapped[Id]
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]
    merchant_id: Mapped[int | None]
    verb: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[int | None]
    before: Mapped[JsonObject | None]
    after: Mapped[JsonObject | None]
    request_id: Mapped[str | None]


class AuditSeal(Model):
    """`hash` = SHA-256 over the previous seal's hash and the canonical form of the sealed row."""

    __tablename__ = "audit_seal"

    sequence: Mapped[Id]
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit_row.id"), unique=True)
    hash: Mapped[str]
