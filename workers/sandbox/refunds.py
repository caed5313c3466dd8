"""Giving captured money back, never more than was captured."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from workers.sandbox import events, payments
from workers.sandbox import switches as switchboard
from workers.sandbox.errors import Refused
from workers.sandbox.records import Refund
from workers.sandbox.session import Session


@dataclass(frozen=True)
class NewRefund:
    payment: str
    amount: int
    merchant_reference: str
    notify_url: str


def create(session: Session, new: NewRefund) -> Refund:
    """Start a refund; the answer shows it pending unless it succeeded at once.

    Refused when nothing was captured, when all refunds together would exceed the capture, or when
    the reference is in use.
    """
    payment = payments.get(session, new.payment)
    if payment.status != "captured":
        raise Refused("not_captured", f"the payment is {payment.status}")
    if by_reference(session, new.merchant_reference):
        raise Refused("reference_in_use", "there is a refund with this merchant_reference")
    if payment.amount_refunded + new.amount > payment.amount:
        raise Refused("amount_too_large", "refunds would exceed what was captured")
    refund_id = f"ref_{secrets.token_hex(12)}"
    session.connection.execute(
        "INSERT INTO refunds (id, payment, merchant_reference, status, amount, currency,"
        " notify_url, created, updated) VALUES (?, ?, ?, 'pending', ?, ?, ?, ?, ?)",
        (refund_id, payment.id, new.merchant_reference, new.amount, payment.currency,
         new.notify_url, session.second, session.second),
    )  # fmt: skip
    started = get(session, refund_id)
    outcome = switchboard.current(session.connection).refund_outcome
    if outcome == "succeeded":
        return settle(session, refund_id, "succeeded")
    if outcome == "failed":
        settle(session, refund_id, "failed")
    return started


def settle(session: Session, refund_id: str, outcome: str) -> Refund:
    """End a pending refund as succeeded or failed; one that has ended stays as it is."""
    if get(session, refund_id).status != "pending":
        return get(session, refund_id)
    session.connection.execute(
        "UPDATE refunds SET status = ?, transaction_id = ?, settled_at = ?, updated = ?"
        " WHERE id = ?",
        (
            outcome,
            f"rtx_{secrets.token_hex(12)}" if outcome == "succeeded" else None,
            session.second,
            session.second,
            refund_id,
        ),
    )
    refund = get(session, refund_id)
    events.announce_refund(session, refund)
    return refund


def get(session: Session, refund_id: str) -> Refund:
    row = session.connection.execute("SELECT * FROM refunds WHERE id = ?", (refund_id,)).fetchone()
    if row is None:
        raise Refused("not_found", "there is no such refund", 404)
    return Refund.from_row(row)


def by_reference(session: Session, merchant_reference: str) -> Refund | None:
    row = session.connection.execute(
        "SELECT * FROM refunds WHERE merchant_reference = ?", (merchant_reference,)
    ).fetchone()
    return Refund.from_row(row) if row else None
