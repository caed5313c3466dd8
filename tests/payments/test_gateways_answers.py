"""Answers and events of every wrong form: what is a no, what is unknown, what is not ours."""

from __future__ import annotations

import json

import httpx
import pytest

from app.payments.gateways import signature
from app.payments.gateways.base import (
    GatewayRefused,
    GatewayUnreachable,
    JsonObject,
    MalformedEvent,
    NotAddressedToUs,
    PaymentState,
)
from tests.payments.gateway_requests import (
    NOW,
    STAMP,
    answering,
    asked,
    payment_object,
    refund_of,
)
from tests.servers.sandbox import SECRET


@pytest.mark.parametrize("status", [301, 303, 408, 409, 425, 429, 500, 502, 503, 504])
def test_a_status_that_decides_nothing_is_unknown(status: int) -> None:
    gateway = answering(lambda _request: httpx.Response(status, json={"error": {"code": "no"}}))

    with pytest.raises(GatewayUnreachable):
        gateway.refund(refund_of("pay_1"), "key-1")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_status_that_refuses_is_a_no_even_without_words(status: int) -> None:
    gateway = answering(lambda _request: httpx.Response(status, text="<html>"))

    with pytest.raises(GatewayRefused) as refusal:
        gateway.refund(refund_of("pay_1"), "key-1")

    assert refusal.value.code == f"http_{status}"


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b"NaN", b"{}", b'{"data":7}'])
def test_an_answer_that_says_nothing_is_unknown(body: bytes) -> None:
    gateway = answering(lambda _request: httpx.Response(200, content=body))

    for call in (
        lambda: gateway.create(asked(), "key-1"),
        lambda: gateway.query("A-1"),
        lambda: gateway.close("pay_1"),
        lambda: gateway.refund(refund_of("pay_1"), "key-1"),
        lambda: gateway.query_refund("R-1"),
        lambda: gateway.statement(NOW, NOW),
    ):
        with pytest.raises(GatewayUnreachable):
            call()


@pytest.mark.parametrize(
    "changes",
    [
        {"merchant_account": "somebody-else"},
        {"merchant_reference": "A-2"},
        {"amount_requested": 1},
        {"currency": "USD"},
        {"id": ""},
        {"pay_url": None},
    ],
)
def test_an_answer_about_something_else_opens_nothing(changes: dict[str, object]) -> None:
    gateway = answering(lambda _request: httpx.Response(201, json=payment_object(**changes)))

    with pytest.raises(GatewayUnreachable):
        gateway.create(asked(), "key-1")


@pytest.mark.parametrize(
    "found",
    [
        [payment_object(merchant_reference="A-2")],
        [payment_object(merchant_account="somebody-else")],
        [payment_object(transaction_id=None)],
        [payment_object(amount=-1)],
        [payment_object(amount=True)],
        [payment_object(amount=1280.5)],
        [payment_object(updated="now")],
        [payment_object(updated=10**15)],
        [payment_object(), payment_object()],
    ],
)
def test_an_answer_about_something_else_reports_nothing(found: list[JsonObject]) -> None:
    gateway = answering(lambda _request: httpx.Response(200, json={"data": found, "at": STAMP}))

    with pytest.raises(GatewayUnreachable):
        gateway.query("A-1")


def test_a_status_we_do_not_know_is_unknown_and_not_guessed() -> None:
    found = {"data": [payment_object(status="in_review")], "at": STAMP}
    gateway = answering(lambda _request: httpx.Response(200, json=found))

    assert gateway.query("A-1").state is PaymentState.UNKNOWN


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"{}", b'{"id":7,"type":"x"}', b'{"id":"e"}'])
def test_a_signed_body_of_another_form_is_malformed(body: bytes) -> None:
    gateway = answering(lambda _request: httpx.Response(500))
    headers = {"SANDBOX-SIGNATURE": f"t={STAMP},v1={signature.sign(SECRET, STAMP, body)}"}

    with pytest.raises(MalformedEvent):
        gateway.verify(headers, body, NOW)


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"type": "payment.captured"},
        {"type": "payment.captured", "data": []},
        {"type": "payment.captured", "data": payment_object(status="pending")},
        {"type": "payment.failed", "data": payment_object()},
        {"type": "dispute.opened", "data": payment_object()},
        {"type": "payment.captured", "data": payment_object(amount="128050")},
        {"type": "payment.captured", "data": payment_object(merchant_reference="A\x00")},
        {"type": "refund.succeeded", "data": payment_object(status="succeeded")},
    ],
)
def test_an_event_of_another_form_is_malformed(event: JsonObject) -> None:
    with pytest.raises(MalformedEvent):
        answering(lambda _request: httpx.Response(500)).interpret(event)


def test_an_event_for_another_merchant_is_not_addressed_to_us() -> None:
    gateway = answering(lambda _request: httpx.Response(500))
    event: JsonObject = {
        "type": "payment.captured",
        "data": payment_object(merchant_account="somebody-else"),
    }

    with pytest.raises(NotAddressedToUs):
        gateway.interpret(event)


def test_the_acknowledgement_is_a_success() -> None:
    answer = answering(lambda _request: httpx.Response(500)).acknowledge()

    assert (answer.status, answer.mimetype) == (200, "application/json")
    assert json.loads(answer.body) == {"received": True}
