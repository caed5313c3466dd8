"""What must be true of every campaign at every moment (§3.8); told as sentences where it is not.

Reads with the database's own words, apart from the code under test. `tests.faults.books` says the
same of orders and money.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select, text

from app.platform.db import db
from app.platform.outbox.models import OutboxFact
from app.presale.events import Notice

PAID = """('confirmed', 'balance_due', 'balance_paid', 'waived', 'short_supplied', 'substituted',
    'cancel_requested', 'allocated', 'packed', 'shipped', 'ready_for_pickup', 'delivered',
    'picked_up', 'closed', 'committed')"""
GONE = "('hold_expired', 'cancelled', 'forfeited', 'refunded')"

SENTENCES = {
    "more is promised than there is": """
        SELECT id FROM campaign_sku WHERE committed < 0 OR held < 0 OR committed + held > cap""",
    "committed is not what was paid for": f"""
        SELECT s.id FROM campaign_sku s LEFT JOIN commitment c
            ON c.sku_id = s.id AND c.state IN {PAID}
        GROUP BY s.id, s.committed
        HAVING coalesce(sum(c.quantity + c.tolerance - c.cut), 0) <> s.committed""",
    "held is not what is held": """
        SELECT s.id FROM campaign_sku s WHERE s.held <>
            (SELECT coalesce(sum(h.quantity), 0) FROM campaign_hold h
              WHERE h.sku_id = s.id AND h.state = 'live')
          + (SELECT coalesce(sum(q.quota - q.used), 0) FROM quota_slice q
              WHERE q.sku_id = s.id AND q.returned_at IS NULL)""",
    "a slice is used by more than its quota, or by nobody": """
        SELECT q.id FROM quota_slice q LEFT JOIN campaign_hold h
            ON h.slice_id = q.id AND h.state IN ('live', 'taken')
        WHERE q.returned_at IS NULL GROUP BY q.id, q.quota, q.used
        HAVING q.used < 0 OR q.used > q.quota OR coalesce(sum(h.from_slice), 0) < q.used""",
    "somebody holds units of a SKU twice": """
        SELECT h.owner FROM campaign_hold h WHERE h.state = 'live'
        GROUP BY h.owner, h.sku_id HAVING count(*) > 1""",
    "a person has more than is counted, or less": f"""
        SELECT p.person FROM campaign_person p WHERE p.units <> (
            SELECT coalesce(sum(c.quantity + c.tolerance), 0) FROM commitment c
            JOIN participation a ON a.id = c.participation_id
            WHERE a.campaign_id = p.campaign_id AND c.state NOT IN {GONE}
            AND a.person LIKE '%' || p.person || '%')""",
    "a person has more than one may have": """
        SELECT p.person FROM campaign_person p JOIN campaign c ON c.id = p.campaign_id
        WHERE p.units > c.per_person_limit OR p.units < 0""",
    "numbers are not 1, 2, 3": """
        SELECT c.id FROM campaign c LEFT JOIN participation p
            ON p.campaign_id = c.id AND p.number IS NOT NULL
        GROUP BY c.id, c.last_number
        HAVING count(DISTINCT p.number) <> c.last_number OR count(p.number) <> c.last_number
            OR coalesce(max(p.number), 0) <> c.last_number""",
    "a number without a confirmation, or the reverse": """
        SELECT id FROM participation WHERE (number IS NULL) <> (confirmed_at IS NULL)""",
    "an offer without its units, or units offered to nobody": """
        SELECT w.id FROM waiting_entry w LEFT JOIN campaign_hold h
            ON h.owner = 'waiting:' || w.id AND h.state = 'live'
        GROUP BY w.id, w.state, w.quantity
        HAVING coalesce(sum(h.quantity), 0)
            <> CASE w.state WHEN 'offered' THEN w.quantity ELSE 0 END""",
    "a commitment and its line disagree on what is left": f"""
        SELECT c.id FROM commitment c JOIN order_line l ON l.id = c.line_id
        WHERE c.state NOT IN {GONE} AND c.quantity + c.tolerance - c.cut <> l.quantity - l.cancelled
           OR c.state IN {GONE} AND l.cancelled <> l.quantity""",
    "goods on their way of which the price is open": """
        SELECT l.id FROM order_line l JOIN order_due d
            ON d.order_id = l.order_id AND d.subject = l.subject AND d.purpose = 'balance'
        WHERE l.shipped > 0 AND d.settled_at IS NULL AND d.ended_at IS NULL""",
    "production numbers are not the sum of their movements": """
        SELECT s.id FROM campaign_sku s LEFT JOIN production_movement m ON m.sku_id = s.id
        GROUP BY s.id, s.ordered, s.received, s.passed, s.packed
        HAVING s.ordered + s.received + s.passed + s.packed <> coalesce(sum(m.change), 0)""",
}


def faults() -> list[str]:
    """Every sentence that holds of something, with its ids; empty when all is well."""
    db.session.rollback()
    try:
        found = []
        for sentence, query in SENTENCES.items():
            ids = list(db.session.scalars(text(query)))
            if ids:
                found.append(f"{sentence}: {ids}")
        return found + _told_twice()
    finally:
        db.session.rollback()


def _told_twice() -> list[str]:
    told = Counter(
        (payload["participation_id"], payload["word"], payload["key"])
        for payload in db.session.scalars(
            select(OutboxFact.payload).where(OutboxFact.name == Notice.name)
        )
    )
    twice = [notice for notice, times in told.items() if times > 1]
    return [f"somebody was told the same twice: {twice}"] if twice else []
