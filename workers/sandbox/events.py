"""Turns what happened into callbacks, bent by the switches that are on at that moment."""

from __future__ import annotations

import json
import secrets

from workers.sandbox import switches as switchboard
from workers.sandbox.records import JsonObject, Payment, Refund
from workers.sandbox.session import Session

LONGEST_HOLD_SECONDS = 60.0


def announce_payment(session: Session, payment: Payment) -> None:
    """Queue the callback for the status a payment has just reached."""
    kind = f"payment.{payment.status}"
    _announce(session, kind, session.shown(payment), payment.notify_url)


def announce_refund(session: Session, refund: Refund) -> None:
    _announce(session, f"refund.{refund.status}", session.shown(refund), refund.notify_url)


def resend(session: Session, event_id: str) -> bool:
    """Queue one more copy of an event, bent as it was; False when there is no such event."""
    copied = session.connection.execute(
        "INSERT INTO deliveries (event_id, kind, reference, url, body, forged, state, due_at)"
        " SELECT event_id, kind, reference, url, body, forged, 'waiting', ?"
        " FROM deliveries WHERE event_id = ? ORDER BY id LIMIT 1",
        (session.at, event_id),
    )
    session.store.ring_after_commit()
    return copied.rowcount > 0


def release_held(session: Session) -> None:
    """Let go of what was held back to be reordered."""
    session.connection.execute(
        "UPDATE deliveries SET state = 'waiting', due_at = ? WHERE state = 'held'", (session.at,)
    )
    session.store.ring_after_commit()


def _announce(session: Session, kind: str, subject: JsonObject, url: str) -> None:
    switches = switchboard.current(session.connection)
    is_lost = switchboard.use_up(session.connection, "drop")
    is_held = switches.reorder and not is_lost and not _something_is_held(session)
    wait = max(switches.delay_seconds, session.callback_wait)
    event: JsonObject = {
        "id": f"evt_{secrets.token_hex(12)}",
        "type": kind,
        "created": session.second,
        "data": _forged(subject, switches.falsify),
    }
    row: JsonObject = {
        "event_id": event["id"],
        "kind": kind,
        "reference": subject["merchant_reference"],
        "url": url,
        "body": json.dumps(event, ensure_ascii=False, separators=(",", ":")),
        "forged": switches.falsify,
        "state": "dropped" if is_lost else "held" if is_held else "waiting",
        "due_at": session.at + (LONGEST_HOLD_SECONDS if is_held else wait),
    }
    ids = [_queue(session, row) for _ in range(1 + switches.duplicate)]
    if not is_lost and not is_held:
        _let_held_follow(session, ids[0])


def _forged(subject: JsonObject, forgery: str) -> JsonObject:
    """The object with one field made wrong; the signature over it will be genuine."""
    wrong: dict[str, JsonObject] = {
        "amount": {"amount": 1 if subject["amount"] != 1 else 2},
        "currency": {"currency": "XTS"},
        "merchant_account": {"merchant_account": "somebody-else"},
        "reference": {"merchant_reference": f"{subject['merchant_reference']}-other"},
    }
    return {**subject, **wrong.get(forgery, {})}


def _something_is_held(session: Session) -> bool:
    row = session.connection.execute(
        "SELECT 1 FROM deliveries WHERE state = 'held' AND release_after IS NULL LIMIT 1"
    ).fetchone()
    return row is not None


def _queue(session: Session, row: JsonObject) -> int | None:
    inserted = session.connection.execute(
        "INSERT INTO deliveries (event_id, kind, reference, url, body, forged, state, due_at)"
        " VALUES (:event_id, :kind, :reference, :url, :body, :forged, :state, :due_at)",
        row,
    )
    session.store.ring_after_commit()
    return inserted.lastrowid


def _let_held_follow(session: Session, delivery: int | None) -> None:
    session.connection.execute(
        "UPDATE deliveries SET release_after = ? WHERE state = 'held' AND release_after IS NULL",
        (delivery,),
    )
