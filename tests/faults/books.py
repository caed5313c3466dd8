"""What must be true of stock, orders and money at every moment; told as sentences where it is not.

Reads with the database's own words, apart from the code under test; the rules of an order's state
are the published ones (docs/states.md).
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import text

from app.orders.models import LineState
from app.orders.rules import LineFacts, headline, line_state
from app.platform.db import db

SENTENCES = {
    "stock out of bounds": "SELECT id FROM stock WHERE held < 0 OR held > on_hand",
    "movements do not add up to what is on hand": """
        SELECT s.id FROM stock s LEFT JOIN stock_movement m ON m.stock_id = s.id
        GROUP BY s.id, s.on_hand HAVING coalesce(sum(m.change), 0) <> s.on_hand""",
    "live holds do not add up to what is held": """
        SELECT s.id FROM stock s LEFT JOIN hold h ON h.stock_id = s.id AND h.state = 'live'
        GROUP BY s.id, s.held HAVING coalesce(sum(h.quantity), 0) <> s.held""",
    "an order's sums do not add up": """
        SELECT o.id FROM "order" o JOIN order_line l ON l.order_id = o.id
        GROUP BY o.id, o.goods_total, o.discount_total, o.shipping_total, o.total
        HAVING sum(l.unit_price * l.quantity) <> o.goods_total
            OR sum(l.discount) <> o.discount_total
            OR sum(l.total) <> o.goods_total - o.discount_total
            OR o.total <> o.goods_total - o.discount_total + o.shipping_total""",
    "more went back than came in": """
        SELECT order_id FROM ledger_entry GROUP BY order_id HAVING sum(amount) < 0""",
    "a payment gave back more than it captured": """
        SELECT p.id FROM payment p JOIN refund r ON r.payment_id = p.id AND r.state <> 'failed'
        GROUP BY p.id, p.captured_amount HAVING sum(r.amount) > coalesce(p.captured_amount, 0)""",
    "a capture that the ledger does not have": """
        SELECT p.id FROM payment p LEFT JOIN ledger_entry e
            ON e.payment_id = p.id AND e.kind = 'capture'
        WHERE p.state IN ('captured', 'questioned')
        GROUP BY p.id, p.captured_amount HAVING coalesce(sum(e.amount), 0) < p.captured_amount""",
    "a refund that succeeded and the ledger disagree": """
        SELECT r.id FROM refund r LEFT JOIN ledger_entry e
            ON e.refund_id = r.id AND e.kind = 'refund'
        GROUP BY r.id, r.amount, r.state
        HAVING coalesce(-sum(e.amount), 0) <> CASE r.state WHEN 'succeeded' THEN r.amount ELSE 0 END
        """,
    "paid with less than was asked": """
        SELECT o.id FROM "order" o
        WHERE o.attention IS NULL AND NOT EXISTS (
            SELECT 1 FROM order_event v WHERE v.order_id = o.id AND v.kind = 'payment_questioned')
        AND (SELECT coalesce(sum(e.amount), 0) FROM ledger_entry e
              WHERE e.order_id = o.id AND e.kind = 'capture')
          < (SELECT coalesce(sum(d.amount), 0) FROM order_due d
              WHERE d.order_id = o.id AND d.settled_at IS NOT NULL)""",
    "paid and not settled, or settled and not paid": """
        SELECT o.id FROM "order" o JOIN order_due d ON d.order_id = o.id AND d.purpose <> 'balance'
        WHERE (o.paid_at IS NULL) <> (d.settled_at IS NULL)""",
    "more was lost or paid back than was paid": """
        SELECT l.id FROM order_line l
        LEFT JOIN order_refund_line r ON r.line_id = l.id
        GROUP BY l.id, l.total, l.balance, l.balance_paid, l.forfeited
        HAVING coalesce(sum(r.amount), 0) > l.total - l.balance + l.balance_paid - l.forfeited""",
    "an open order without its goods": """
        SELECT o.id FROM "order" o JOIN order_line l ON l.order_id = o.id
        WHERE o.closed_at IS NOT NULL AND o.paid_at IS NULL AND l.cancelled <> l.quantity""",
    "sold more often than received": """
        SELECT m.stock_id FROM stock_movement m GROUP BY m.stock_id
        HAVING -sum(CASE WHEN m.reason IN ('sold', 'returned') THEN m.change ELSE 0 END)
             > sum(CASE WHEN m.reason IN ('sold', 'returned') THEN 0 ELSE m.change END)""",
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
        return found + _headlines() + _carried_lines()
    finally:
        db.session.rollback()


def _headlines() -> list[str]:
    """Orders and lines whose kept state is not the one their counters and ledger give."""
    rows = db.session.execute(
        text("""
        SELECT o.id, o.headline, o.paid_at, l.id AS line, l.state, l.quantity, l.cancelled,
               l.shipped, l.delivered, d.method, d.ready_at,
               l.available_at IS NOT NULL AND NOT (o.ship_together AND EXISTS (
                   SELECT 1 FROM order_line w WHERE w.order_id = o.id
                   AND w.available_at IS NULL AND w.quantity > w.cancelled)) AS available,
               EXISTS (SELECT 1 FROM order_due b WHERE b.order_id = o.id
                   AND b.purpose = 'balance' AND b.settled_at IS NULL
                   AND b.ended_at IS NULL) AS owes
        FROM "order" o JOIN order_line l ON l.order_id = o.id
        JOIN order_delivery d ON d.order_id = o.id AND d.merchant_id = l.merchant_id""")
    ).all()
    found, states, kept, owes = [], defaultdict(list), {}, {}
    for row in rows:
        state = line_state(
            LineFacts(
                quantity=row.quantity, cancelled=row.cancelled, shipped=row.shipped,
                delivered=row.delivered, paid=row.paid_at is not None,
                available=bool(row.available), pickup=row.method == "pickup",
                ready=row.ready_at is not None,
            )
        )  # fmt: skip
        if state != row.state:
            found.append(f"line {row.line} is kept as {row.state}, not {state}")
        states[row.id].append(LineState(state))
        kept[row.id], owes[row.id] = row.headline, bool(row.owes)
    for order_id, (captured, refunded) in _sums(states).items():
        right = headline(
            states[order_id], captured=captured, refunded=refunded, balance_due=owes[order_id]
        )
        if kept[order_id] != right:
            found.append(f"order {order_id} is kept as {kept[order_id]}, not {right}")
    return found


def _sums(orders: dict[int, list[LineState]]) -> dict[int, tuple[int, int]]:
    rows = db.session.execute(text("SELECT order_id, kind, amount FROM ledger_entry")).all()
    sums = {order_id: [0, 0] for order_id in orders}
    for row in rows:
        if row.kind in {"capture", "refund"}:
            sums[row.order_id][row.kind == "refund"] += abs(row.amount)
    return {order_id: (captured, refunded) for order_id, (captured, refunded) in sums.items()}


def _carried_lines() -> list[str]:
    """Lines of which parcels carry other than was shipped; what is collected has none."""
    rows = db.session.execute(
        text("""
        SELECT l.id FROM order_line l
        JOIN order_delivery d ON d.order_id = l.order_id AND d.merchant_id = l.merchant_id
        LEFT JOIN parcel_line p ON p.order_line_id = l.id
        WHERE d.method = 'ship'
        GROUP BY l.id, l.shipped HAVING coalesce(sum(p.quantity), 0) <> l.shipped""")
    )
    ids = list(rows.scalars())
    return [f"parcels do not carry what was shipped: {ids}"] if ids else []
