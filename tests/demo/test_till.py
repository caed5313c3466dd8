"""Demo orders are paid at the provider, so that what is refunded comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from app.demo.loading import till
from app.orders import queries
from app.orders.commands import cancel, pay
from app.orders.commands.settle import settle
from app.payments.queries import of_subject, refunds_of_subject
from app.platform import clock
from app.platform.actor import GUEST
from app.platform.outbox.commands import drain
from tests import cast
from tests.servers.process import free_port
from tests.servers.sandbox import KEY, MERCHANT, SECRET, SandboxServer


def test_a_demo_order_paid_days_ago_can_be_refunded(
    app: Flask, make_app: Callable[..., Flask], sandbox: SandboxServer
) -> None:
    shop = make_app(
        sandbox_url=sandbox.url, sandbox_key=KEY, sandbox_secret=SECRET, sandbox_merchant=MERCHANT
    )
    now = clock.now()
    began = now - timedelta(days=3)
    owner = cast.house(began)
    order_id = cast.placed(owner, [cast.piece(owner, began)], began)
    with shop.app_context():
        payment_id = pay.open_attempt(order_id, till.NAME, actor=GUEST, now=began)
        [payment] = of_subject(order_id)

        assert till.is_open()
        settle(till.pay(payment, at=began), now=began)
        lines = queries.for_mail(order_id).lines
        wanted = cancel.RefundRequest(cancel={line.id: 1 for line in lines}, note="")
        cancel.refund(order_id, wanted, actor=owner.staff(), idempotency_key="once", now=now)
        while drain():
            pass

        assert queries.for_mail(order_id).order.paid_at == began
        assert [refund.payment_id for refund in refunds_of_subject(order_id)] == [payment_id]
        assert [refund.state for refund in refunds_of_subject(order_id)] == ["succeeded"]


def test_without_the_provider_the_till_is_shut(app: Flask, make_app: Callable[..., Flask]) -> None:
    shop = make_app(sandbox_url=f"http://127.0.0.1:{free_port()}")

    with shop.app_context():
        assert not till.is_open()
