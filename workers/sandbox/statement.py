"""The provider's books: every capture and every refund that succeeded."""

from __future__ import annotations

from workers.sandbox.records import JsonObject
from workers.sandbox.session import Session

_LINES = """
SELECT 'capture' AS kind, transaction_id, id AS payment, merchant_reference, amount, currency,
    captured_at AS at
FROM payments WHERE captured_at >= :start AND captured_at < :end
UNION ALL
SELECT 'refund', transaction_id, payment, merchant_reference, amount, currency, settled_at
FROM refunds WHERE status = 'succeeded' AND settled_at >= :start AND settled_at < :end
ORDER BY at, transaction_id
"""


def lines(session: Session, start: int, end: int) -> list[JsonObject]:
    """Movements in [start, end), unix seconds, oldest first; amounts are positive."""
    rows = session.connection.execute(_LINES, {"start": start, "end": end}).fetchall()
    return [{**dict(row), "merchant_account": session.config.merchant} for row in rows]
