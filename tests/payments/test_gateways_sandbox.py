"""The sandbox gateway against its provider: what is asked, what is delivered, what is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from app.payments.gateways.base import (
    GatewayRefused,
    GatewayUnreachable,
    PaymentState,
    RefundState,
    differences,
)
from app.payments.gateways.sandbox import SandboxGateway
from tests.payments.gateway_requests import (
    asked,
    real_now,
    refund_of,
)
from tests.servers.sandbox import KEY, MERCHANT, SECRET, Door, SandboxServer

SHORT = httpx.Timeout(0.25)


@pytest.fixture
def gateway(sandbox: SandboxServer) -> SandboxGateway:
    return SandboxGateway(url=sandbox.url, key=KEY, secret=SECRET, merchant_account=MERCHANT)


def test_a_payment_is_opened_paid_and_reported(
    sandbox: SandboxServer, gateway: SandboxGateway
) -> None:
    session = gateway.create(asked(), "key-1")
    assert session.pay_url == f"{sandbox.url}/pay/{session.provider_reference}?lang=en"
    assert gateway.query("A-1").state is PaymentState.PENDING

    sandbox.act("payments", session.provider_reference, "pay")
    report = gateway.query("A-1")

    assert report.state is PaymentState.CAPTURED
    assert report.provider_reference == session.provider_reference
    assert report.transaction_id is not None
    assert report.transaction_id.startswith("txn_")
    assert abs(real_now() - report.at) < timedelta(minutes=1)
    assert differences(report, asked(), MERCHANT) == ()


def test_the_same_key_opens_the_same_session(gateway: SandboxGateway) -> None:
    request = asked()

    assert gateway.create(request, "key-1") == gateway.create(request, "key-1")


def test_an_attempt_worded_anew_is_the_same_attempt(gateway: SandboxGateway) -> None:
    """Its first call was never answered; the shopper then tries in another language."""
    first = gateway.create(asked(), "key-1")

    again = gateway.create(asked(description="订单 8XK2", locale="zh-Hans"), "key-1")

    assert again == first


def test_an_attempt_is_not_taken_up_for_another_amount(gateway: SandboxGateway) -> None:
    gateway.create(asked(), "key-1")

    with pytest.raises(GatewayUnreachable):
        gateway.create(asked(amount_minor=1), "key-1")


def test_a_refused_payment_stays_refused(gateway: SandboxGateway) -> None:
    too_late = asked(expires_at=real_now() - timedelta(seconds=1))

    for description in ("Order", "订单"):
        with pytest.raises(GatewayRefused):
            gateway.create(replace(too_late, description=description), "key-1")


def test_a_long_description_is_shortened_and_not_refused(gateway: SandboxGateway) -> None:
    assert gateway.create(asked(description="№" * 500), "key-1").pay_url


def test_what_the_provider_never_heard_of_is_absent(gateway: SandboxGateway) -> None:
    payment, refund = gateway.query("never"), gateway.query_refund("never")

    assert (payment.state, payment.attempt_reference) == (PaymentState.ABSENT, "never")
    assert (refund.state, refund.refund_reference) == (RefundState.ABSENT, "never")


@pytest.mark.parametrize(
    ("action", "state"), [("decline", PaymentState.FAILED), ("expire", PaymentState.EXPIRED)]
)
def test_an_end_without_money_is_reported(
    sandbox: SandboxServer, gateway: SandboxGateway, action: str, state: PaymentState
) -> None:
    session = gateway.create(asked(), "key-1")

    sandbox.act("payments", session.provider_reference, action)

    assert gateway.query("A-1").state is state


def test_closing_reports_how_the_payment_stands(
    sandbox: SandboxServer, gateway: SandboxGateway
) -> None:
    unpaid = gateway.create(asked("A-1"), "key-1")
    taken = gateway.create(asked("A-2"), "key-2")
    sandbox.act("payments", taken.provider_reference, "pay")

    assert gateway.close(unpaid.provider_reference).state is PaymentState.EXPIRED
    assert gateway.close(unpaid.provider_reference).state is PaymentState.EXPIRED
    assert gateway.close(taken.provider_reference).state is PaymentState.CAPTURED
    with pytest.raises(GatewayRefused) as refusal:
        gateway.close("pay_nothing")
    assert refusal.value.code == "not_found"


def test_a_refund_is_executed_once_per_key(sandbox: SandboxServer, gateway: SandboxGateway) -> None:
    session = gateway.create(asked(), "key-1")
    sandbox.act("payments", session.provider_reference, "pay")
    request = refund_of(session.provider_reference)

    first = gateway.refund(request, "refund-1")
    again = gateway.refund(request, "refund-1")

    assert first == again == gateway.query_refund("R-1")
    assert first.state is RefundState.SUCCEEDED
    assert (first.amount_minor, first.payment_reference) == (100, session.provider_reference)
    with pytest.raises(GatewayRefused) as refusal:
        gateway.refund(replace(request, refund_reference="R-2", amount_minor=128000), "refund-2")
    assert refusal.value.code == "amount_too_large"


def test_the_statement_has_a_line_per_movement(
    sandbox: SandboxServer, gateway: SandboxGateway
) -> None:
    session = gateway.create(asked(), "key-1")
    sandbox.act("payments", session.provider_reference, "pay")
    gateway.refund(refund_of(session.provider_reference), "refund-1")

    now = real_now()
    lines = gateway.statement(now - timedelta(minutes=1), now + timedelta(minutes=1))

    assert sorted((line.kind, line.reference, line.amount_minor) for line in lines) == [
        ("capture", "A-1", 128050),
        ("refund", "R-1", 100),
    ]
    assert gateway.statement(now - timedelta(days=2), now - timedelta(days=1)) == ()


def test_a_wrong_key_is_a_definite_no(sandbox: SandboxServer) -> None:
    stranger = SandboxGateway(
        url=sandbox.url, key="wrong", secret=SECRET, merchant_account=MERCHANT
    )

    with pytest.raises(GatewayRefused) as refusal:
        stranger.create(asked(), "key-1")

    assert refusal.value.code == "unauthorized"


def test_a_timeout_after_acting_is_unknown_until_asked_again(
    sandbox: SandboxServer, gateway: SandboxGateway
) -> None:
    hasty = SandboxGateway(
        url=sandbox.url, key=KEY, secret=SECRET, merchant_account=MERCHANT, timeout=SHORT
    )
    sandbox.switch(api_timeout=1, api_timeout_seconds=0.8)
    request = asked()

    with pytest.raises(GatewayUnreachable):
        hasty.create(request, "key-1")

    session = gateway.create(request, "key-1")
    report = gateway.query("A-1")
    assert (report.state, report.provider_reference) == (
        PaymentState.PENDING,
        session.provider_reference,
    )


def test_a_refund_whose_answer_was_lost_is_not_repeated(
    sandbox: SandboxServer, gateway: SandboxGateway
) -> None:
    session = gateway.create(asked(), "key-1")
    sandbox.act("payments", session.provider_reference, "pay")
    sandbox.switch(api_error=1)
    request = refund_of(session.provider_reference)

    with pytest.raises(GatewayUnreachable):
        gateway.refund(request, "refund-1")

    assert gateway.refund(request, "refund-1") == gateway.query_refund("R-1")
    payment = sandbox.call("GET", f"/v1/payments/{session.provider_reference}")
    assert payment["amount_refunded"] == 100


def test_a_provider_that_is_down_is_unreachable(
    sandbox: SandboxServer, gateway: SandboxGateway
) -> None:
    sandbox.switch(api_down=True)

    with pytest.raises(GatewayUnreachable):
        gateway.query("A-1")


def test_a_provider_that_is_not_there_is_unreachable() -> None:
    nobody = SandboxGateway(
        url="http://127.0.0.1:9", key=KEY, secret=SECRET, merchant_account=MERCHANT
    )

    with pytest.raises(GatewayUnreachable):
        nobody.create(asked(), "key-1")


def test_a_delivered_callback_is_verified_and_read(
    sandbox: SandboxServer, gateway: SandboxGateway, door: Door
) -> None:
    session = gateway.create(asked(notify_url=door.url), "key-1")
    sandbox.act("payments", session.provider_reference, "pay")
    callback = door.wait_for(1)[0]

    event = gateway.verify(callback.headers, callback.body, real_now())

    assert (event.kind, event.event_id[:4]) == ("payment.captured", "evt_")
    assert gateway.interpret(event.payload) == gateway.query("A-1")


def test_a_refunds_callback_is_read_as_its_query(
    sandbox: SandboxServer, gateway: SandboxGateway, door: Door
) -> None:
    session = gateway.create(asked(), "key-1")
    sandbox.act("payments", session.provider_reference, "pay")
    gateway.refund(refund_of(session.provider_reference, notify_url=door.url), "refund-1")
    callback = door.wait_for(1)[0]

    event = gateway.verify(callback.headers, callback.body, real_now())

    assert gateway.interpret(event.payload) == gateway.query_refund("R-1")
