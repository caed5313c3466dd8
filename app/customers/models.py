"""Tables of shoppers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, false

from app.platform.actor import Actor
from app.platform.db import Id, JsonObject, Mapped, Model, mapped_column


class Customer(Model):
    """`email`, in lower case, is the person's name to the shop; a password is a choice."""

    __tablename__ = "customer"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    locale: Mapped[str]
    verified_at: Mapped[datetime | None]
    session_epoch: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.id == actor.id if actor.kind == "customer" else false()


class CustomerAddress(Model):
    __tablename__ = "customer_address"

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    recipient: Mapped[str]
    phone: Mapped[str]
    address: Mapped[JsonObject]
    is_default: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.customer_id == actor.id if actor.kind == "customer" else false()


class CustomerMeasures(Model):
    """What a shopper said their own body measures: millimetres by part."""

    __tablename__ = "customer_measures"

    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customer.id"), primary_key=True, autoincrement=False
    )
    sizes: Mapped[JsonObject]
    changed_at: Mapped[datetime]


class SignInCode(Model):
    """A one-time code sent by mail; only its keyed hash is kept."""

    __tablename__ = "sign_in_code"
    __table_args__ = (Index("ix_sign_in_code_email_created", "email", "created_at"),)

    id: Mapped[Id]
    email: Mapped[str]
    code_hash: Mapped[str]
    purpose: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
