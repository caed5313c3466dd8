"""Payments and refunds as rows, and as the JSON objects that the outside sees."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass
from typing import TypeAlias

JsonValue: TypeAlias = "str | int | float | bool | JsonObject | list[JsonObject] | None"
JsonObject: TypeAlias = "dict[str, JsonValue]"
_PRIVATE = frozenset({"notify_url", "locale", "settled_at"})


@dataclass(frozen=True)
class Payment:
    """`amount` is what was captured once there is a capture, and what was asked for before."""

    id: str
    merchant_reference: str
    status: str
    amount_requested: int
    amount: int
    amount_refunded: int
    currency: str
    description: str
    return_url: str
    notify_url: str
    locale: str | None
    transaction_id: str | None
    created: int
    expires_at: int
    captured_at: int | None
    updated: int

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> Payment:
        return cls(**{name: row[name] for name in cls.__dataclass_fields__})

    def as_object(self, merchant: str, public_url: str) -> JsonObject:
        language = f"?lang={self.locale}" if self.locale else ""
        return {
            "object": "payment",
            "merchant_account": merchant,
            "pay_url": f"{public_url}/pay/{self.id}{language}",
            **_public_fields(asdict(self)),
        }


@dataclass(frozen=True)
class Refund:
    """`payment` is the provider's id of the payment it goes back from."""

    id: str
    payment: str
    merchant_reference: str
    status: str
    amount: int
    currency: str
    notify_url: str
    transaction_id: str | None
    created: int
    settled_at: int | None
    updated: int

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> Refund:
        return cls(**{name: row[name] for name in cls.__dataclass_fields__})

    def as_object(self, merchant: str) -> JsonObject:
        return {
            "object": "refund",
            "merchant_account": merchant,
            **_public_fields(asdict(self)),
        }


def _public_fields(fields: JsonObject) -> JsonObject:
    return {name: value for name, value in fields.items() if name not in _PRIVATE}
