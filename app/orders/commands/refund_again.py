"""Send a refund again that its provider refused."""

from __future__ import annotations

from datetime import datetime

from app.orders.commands.standing import tell
from app.orders.errors import NotNow
from app.orders.locks import lock_order
from app.orders.models import Attention
from app.payments import queries as payments
from app.payments.commands.refunds import intend_refund
from app.payments.models import AGAIN, Refund, RefundState
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.rbac import ensure
from app.platform.transaction import command


def can_be_sent_again(refund: Refund) -> bool:
    return refund.state == RefundState.FAILED and not (refund.reason or "").startswith(AGAIN)


@command
def send_again(refund_id: int, *, actor: Actor, now: datetime) -> int:
    """Put a new refund in the place of a failed one, once; returns its id. Raises NotNow."""
    ensure(actor, "payments.confirm")
    failed = payments.refund(refund_id)
    order = lock_order(failed.subject, SYSTEM)
    db.session.refresh(failed)
    if not can_be_sent_again(failed):
        raise NotNow
    again = intend_refund(failed.payment_id, amount=failed.amount, purpose=failed.purpose, now=now)
    failed.reason = f"{AGAIN}{again}"
    if order.attention == Attention.REFUND_FAILED:
        order.attention = None
    tell(order.id, "refund_again", actor=actor, now=now, public=False, amount=failed.amount)
    record(
        actor, "payments.send_again", "order", order.id, now=now, after={"amount": failed.amount}
    )
    return again
