"""Take in a provider's callback: verify, store once, tell. Answered at once, applied later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.payments.commands.attempts import gateway_named
from app.payments.events import PaymentCallbackReceived
from app.payments.gateways.base import Acknowledgement, MalformedEvent, RejectedCallback
from app.platform.facts import publish
from app.platform.inbox import commands as inbox
from app.platform.inbox import queries as stored
from app.platform.transaction import transaction

SOURCE = "payments/"


def verify_again(event_id: int) -> None:
    """Check a callback that was refused at the door once more, as of the time when it came.

    Raises RejectedCallback or MalformedEvent when its signature still does not hold.
    """
    event = stored.get(event_id)
    gateway = gateway_named(event.source.removeprefix(SOURCE))
    gateway.verify(event.headers, event.body, event.received_at)


def receive(
    gateway_name: str, *, headers: Mapping[str, str], body: bytes, now: datetime
) -> Acknowledgement:
    """The answer for the provider.

    Raises RejectedCallback or MalformedEvent, after keeping what came.
    """
    gateway = gateway_named(gateway_name)
    source = SOURCE + gateway_name
    try:
        event = gateway.verify(headers, body, now)
    except (RejectedCallback, MalformedEvent) as error:
        inbox.keep_rejected(source, type(error).__name__, headers=headers, body=body, now=now)
        raise
    with transaction():
        row = inbox.store(source, event.event_id, headers=headers, body=body, now=now)
        if row is not None:
            publish(PaymentCallbackReceived(row, gateway_name, now))
    return gateway.acknowledge()
