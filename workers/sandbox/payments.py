"""What can happen to a payment."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from workers.sandbox import events
from workers.sandbox import switches as switchboard
from workers.sandbox.errors import Refused
from workers.sandbox.records import Payment
from workers.sandbox.session import Session

_SELECT = (
    "SELECT payments.*, (SELECT coalesce(sum(refunds.amount), 0) FROM refunds"
    " WHERE refunds.payment = payments.id AND refunds.status <> 'failed') AS amount_refunded"
    " FROM payments"
)


@dataclass(frozen=True)
class NewPayment:
    merchant_reference: str
    amount: int
    currency: str
    description: str
    return_url: str
    notify_url: str
    expires_at: int
    locale: str | None


def create(session: Session, new: NewPayment) -> Payment:
    """Open a payment; Refused when its time is over or its reference is in use."""
    if new.expires_at <= session.at:
        raise Refused("expired", "expires_at has passed")
    if by_reference(session, new.merchant_reference):
        raise Refused("reference_in_use", "there is a payment with this merchant_reference")
    payment_id = f"pay_{secrets.token_hex(16)}"
    session.connection.execute(
        "INSERT INTO payments (id, merchant_reference, status, amount_requested, amount, currency,"
        " description, return_url, notify_url, locale, created, expires_at, updated)"
        " VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (payment_id, new.merchant_reference, new.amount, new.amount, new.currency, new.description,
         new.return_url, new.notify_url, new.locale, session.second, new.expires_at,
         session.second),
    )  # fmt: skip
    session.store.ring_after_commit()  # the senders also watch for the next expiry
    return get(session, payment_id)


def get(session: Session, payment_id: str) -> Payment:
    """A payment as it stands at this moment; Refused with 404 when there is none."""
    expire_overdue(session)
    row = session.connection.execute(f"{_SELECT} WHERE id = ?", (payment_id,)).fetchone()
    if row is None:
        raise Refused("not_found", "there is no such payment", 404)
    return Payment.from_row(row)


def by_reference(session: Session, merchant_reference: str) -> Payment | None:
    expire_overdue(session)
    row = session.connection.execute(
        f"{_SELECT} WHERE merchant_reference = ?", (merchant_reference,)
    ).fetchone()
    return Payment.from_row(row) if row else None


def capture(session: Session, payment_id: str) -> Payment:
    """Take the money; a second time changes nothing. Refused when it cannot be paid any more."""
    payment = get(session, payment_id)
    if payment.status == "captured":
        return payment
    switches = switchboard.current(session.connection)
    payable = {"pending", "expired", "cancelled"} if switches.late_capture else {"pending"}
    if payment.status not in payable:
        raise Refused("not_payable", f"the payment is {payment.status}", 409)
    session.connection.execute(
        "UPDATE payments SET amount = ?, transaction_id = ?, captured_at = ? WHERE id = ?",
        (
            max(1, payment.amount_requested + switches.capture_difference),
            f"txn_{secrets.token_hex(12)}",
            session.second,
            payment_id,
        ),
    )
    return _reach(session, payment_id, "captured")


def decline(session: Session, payment_id: str) -> Payment:
    """The payer's bank said no; a payment that is over stays as it is."""
    payment = get(session, payment_id)
    return _reach(session, payment_id, "failed") if payment.status == "pending" else payment


def expire(session: Session, payment_id: str) -> Payment:
    payment = get(session, payment_id)
    return _reach(session, payment_id, "expired") if payment.status == "pending" else payment


def cancel(session: Session, payment_id: str) -> Payment:
    """Close an unpaid payment for its merchant, who is told nothing he did not order."""
    payment = get(session, payment_id)
    if payment.status == "captured":
        raise Refused("payment_captured", "the payment has been captured")
    if payment.status == "pending":
        _set_status(session, payment_id, "cancelled")
    return get(session, payment_id)


def expire_overdue(session: Session) -> None:
    overdue = session.connection.execute(
        "SELECT id FROM payments WHERE status = 'pending' AND expires_at <= ?", (session.at,)
    ).fetchall()
    for row in overdue:
        _set_status(session, row["id"], "expired")
        expired = session.connection.execute(f"{_SELECT} WHERE id = ?", (row["id"],)).fetchone()
        events.announce_payment(session, Payment.from_row(expired))


def _reach(session: Session, payment_id: str, status: str) -> Payment:
    _set_status(session, payment_id, status)
    payment = get(session, payment_id)
    events.announce_payment(session, payment)
    return payment


def _set_status(session: Session, payment_id: str, status: str) -> None:
    session.connection.execute(
        "UPDATE payments SET status = ?, updated = ? WHERE id = ?",
        (status, session.second, payment_id),
    )
