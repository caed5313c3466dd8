"""What orders do when something has happened."""

from __future__ import annotations

import json

from app.customers.events import CustomerVerified
from app.orders.commands import claim
from app.orders.commands.pay import send_refund
from app.orders.commands.settle import settle, settle_refund
from app.orders.mails import SUBSCRIPTIONS as MAILS
from app.payments.commands.attempts import gateway_named
from app.payments.events import PaymentCallbackReceived, RefundIntended
from app.payments.gateways.base import MalformedEvent, NotAddressedToUs, PaymentReport
from app.platform import clock
from app.platform.facts import on
from app.platform.inbox import commands as inbox
from app.platform.inbox import queries as stored
from app.platform.inbox.models import InboundState
from app.platform.transaction import transaction


def apply_payment_callback(fact: PaymentCallbackReceived) -> None:
    """Settle on what a stored callback says, and note what came of it; again changes nothing."""
    apply_stored(fact.event_id)


def apply_stored(event_id: int) -> None:
    now = clock.now()
    event = stored.get(event_id)
    gateway = gateway_named(event.source.removeprefix("payments/"))
    try:
        report = gateway.interpret(json.loads(event.body))
    except (MalformedEvent, NotAddressedToUs, ValueError) as error:
        inbox.mark(event_id, InboundState.FAILED, now=now, reason=type(error).__name__)
        return
    with transaction():
        if isinstance(report, PaymentReport):
            known = settle(report, now=now)
        else:
            known = settle_refund(report, now=now)
        state = InboundState.APPLIED if known else InboundState.UNMATCHED
        inbox.mark(event_id, state, now=now, reason=None if known else "unknown_reference")


def carry_out_refund(fact: RefundIntended) -> None:
    send_refund(fact.refund_id)


def claim_orders(fact: CustomerVerified) -> None:
    """In the same transaction, so that the account shows them at once."""
    claim.claim(fact.customer_id, fact.email)


SUBSCRIPTIONS = (
    on(CustomerVerified, claim_orders, "same_transaction"),
    on(PaymentCallbackReceived, apply_payment_callback),
    on(RefundIntended, carry_out_refund),
    *MAILS,
)
