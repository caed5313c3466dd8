"""Acting once per Idempotency-Key."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.payments.sandbox_orders import paid, payment_request, refund_request
from tests.servers.sandbox import KEY, SandboxServer

HEADERS = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": "key-1"}


def test_the_same_key_and_body_get_the_same_reply(sandbox: SandboxServer) -> None:
    request = payment_request()

    first = sandbox.call("POST", "/v1/payments", status=201, key="key-1", json=request)
    sandbox.act("payments", first["id"], "pay")
    again = sandbox.call("POST", "/v1/payments", status=201, key="key-1", json=request)

    assert again == first


def test_a_refusal_is_repeated_too(sandbox: SandboxServer) -> None:
    request = payment_request(expires_at=1)

    first = sandbox.call("POST", "/v1/payments", status=400, key="key-1", json=request)
    again = sandbox.call("POST", "/v1/payments", status=400, key="key-1", json=request)

    assert again == first
    assert first["error"]["code"] == "expired"


def test_the_same_key_with_another_body_is_refused(sandbox: SandboxServer) -> None:
    sandbox.call("POST", "/v1/payments", status=201, key="key-1", json=payment_request())

    other = payment_request(amount=1)
    refusal = sandbox.call("POST", "/v1/payments", status=400, key="key-1", json=other)

    assert refusal["error"]["code"] == "idempotency_error"


def test_the_same_key_at_another_address_is_refused(sandbox: SandboxServer) -> None:
    payment = paid(sandbox)
    request = refund_request(payment)
    sandbox.call("POST", "/v1/refunds", status=201, key="key-1", json=request)

    cancel = f"/v1/payments/{payment['id']}/cancel"
    refusal = sandbox.call("POST", cancel, status=400, key="key-1", json=request)

    assert refusal["error"]["code"] == "idempotency_error"


def test_a_malformed_request_does_not_use_up_its_key(sandbox: SandboxServer) -> None:
    malformed = payment_request(amount="much")
    sandbox.call("POST", "/v1/payments", status=400, key="key-1", json=malformed)

    sandbox.call("POST", "/v1/payments", status=201, key="key-1", json=payment_request())


def test_an_overlong_key_is_refused(sandbox: SandboxServer) -> None:
    sandbox.call("POST", "/v1/payments", status=400, key="k" * 256, json=payment_request())
    sandbox.call("POST", "/v1/payments", status=201, key="k" * 255, json=payment_request())


def test_of_two_at_once_one_acts_and_the_other_is_told_to_wait(sandbox: SandboxServer) -> None:
    sandbox.switch(api_slow_seconds=0.5)
    request = payment_request()
    together = threading.Barrier(2)

    def create() -> httpx.Response:
        together.wait()
        return httpx.post(f"{sandbox.url}/v1/payments", headers=HEADERS, json=request)

    with ThreadPoolExecutor(2) as pool:
        replies = [future.result() for future in [pool.submit(create), pool.submit(create)]]

    by_status = {reply.status_code: reply.json() for reply in replies}
    assert set(by_status) == {201, 409}
    assert by_status[409]["error"]["code"] == "idempotency_in_progress"
    sandbox.switch(api_slow_seconds=0)
    again = sandbox.call("POST", "/v1/payments", status=201, key="key-1", json=request)
    assert again == by_status[201]


def test_twenty_refunds_at_once_pay_back_once(sandbox: SandboxServer) -> None:
    payment = paid(sandbox, amount=1000)
    request = refund_request(payment, amount=1000)

    def refund(number: int) -> int:
        headers = {**HEADERS, "Idempotency-Key": f"click-{number}"}
        return httpx.post(f"{sandbox.url}/v1/refunds", headers=headers, json=request).status_code

    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(refund, range(20)))

    assert sorted(statuses) == [201, *[400] * 19]
    assert sandbox.call("GET", f"/v1/payments/{payment['id']}")["amount_refunded"] == 1000
