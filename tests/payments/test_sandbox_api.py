"""The merchant's interface of the sandbox provider."""

from __future__ import annotations

import httpx
import pytest

from tests.payments.sandbox_orders import opened, paid, payment_request, refund_request
from tests.servers.sandbox import MERCHANT, SandboxServer


def test_a_new_payment_is_pending_and_has_a_page(sandbox: SandboxServer) -> None:
    payment = opened(sandbox, locale="zh-Hans")

    assert payment["status"] == "pending"
    assert payment["merchant_account"] == MERCHANT
    assert payment["transaction_id"] is None
    assert payment["pay_url"] == f"{sandbox.url}/pay/{payment['id']}?lang=zh-Hans"
    assert httpx.get(payment["pay_url"]).status_code == 200


def test_a_payment_is_found_by_id_and_by_the_merchants_reference(sandbox: SandboxServer) -> None:
    payment = opened(sandbox)

    assert sandbox.call("GET", f"/v1/payments/{payment['id']}") == payment
    by_reference = sandbox.call("GET", "/v1/payments", params={"merchant_reference": "A-1"})
    assert by_reference["data"] == [payment]
    unknown = sandbox.call("GET", "/v1/payments", params={"merchant_reference": "A-2"})
    assert unknown["data"] == []
    sandbox.call("GET", "/v1/payments/pay_nothing", status=404)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("merchant_reference", "with space"),
        ("merchant_reference", None),
        ("amount", 0),
        ("amount", -1),
        ("amount", 12.5),
        ("amount", True),
        ("amount", "100"),
        ("currency", "cny"),
        ("description", 7),
        ("return_url", "javascript:alert(1)"),
        ("return_url", "/o/token"),
        ("notify_url", "ftp://127.0.0.1/"),
        ("notify_url", "http://"),
        ("expires_at", "soon"),
        ("expires_at", 10**30),
    ],
)
def test_a_malformed_field_is_refused_by_name(
    sandbox: SandboxServer, field: str, value: object
) -> None:
    answer = sandbox.call(
        "POST", "/v1/payments", status=400, json={**payment_request(), field: value}
    )

    assert answer["error"]["code"] == "invalid_request"
    assert field in answer["error"]["message"]
    assert sandbox.call("GET", "/v1/payments", params={"merchant_reference": "A-1"})["data"] == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe\x00", b"[" * 50_000])
def test_a_body_that_is_no_object_is_refused(sandbox: SandboxServer, body: bytes) -> None:
    answer = sandbox.call("POST", "/v1/payments", status=400, content=body)

    assert answer["error"]["code"] == "invalid_request"


def test_an_oversized_body_is_refused(sandbox: SandboxServer) -> None:
    answer = sandbox.call("POST", "/v1/payments", status=413, content=b" " * 70_000)

    assert answer["error"]["code"] == "http_413"


def test_a_payment_whose_time_is_over_is_not_opened(sandbox: SandboxServer) -> None:
    answer = sandbox.call("POST", "/v1/payments", status=400, json=payment_request(expires_at=1))

    assert answer["error"]["code"] == "expired"


def test_a_reference_names_one_payment_for_ever(sandbox: SandboxServer) -> None:
    opened(sandbox)

    answer = sandbox.call("POST", "/v1/payments", status=400, json=payment_request(amount=1))

    assert answer["error"]["code"] == "reference_in_use"


@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Basic abc", "Bearer \xfc"])
def test_without_the_key_nothing_is_told(sandbox: SandboxServer, authorization: str | None) -> None:
    payment = opened(sandbox)
    headers = httpx.Headers()
    if authorization:
        headers = httpx.Headers([(b"Authorization", authorization.encode("latin-1"))])

    response = httpx.get(f"{sandbox.url}/v1/payments/{payment['id']}", headers=headers)

    assert response.status_code == 401
    assert payment["id"] not in response.text


def test_an_unpaid_payment_is_cancelled_and_a_paid_one_is_not(sandbox: SandboxServer) -> None:
    unpaid, taken = opened(sandbox), paid(sandbox, reference="A-2")

    cancelled = sandbox.call("POST", f"/v1/payments/{unpaid['id']}/cancel")
    refusal = sandbox.call("POST", f"/v1/payments/{taken['id']}/cancel", status=400)

    assert cancelled["status"] == "cancelled"
    assert refusal["error"]["code"] == "payment_captured"
    assert sandbox.call("GET", f"/v1/payments/{taken['id']}")["status"] == "captured"
    too_late = sandbox.call("POST", f"/_payments/{unpaid['id']}/pay", status=409)
    assert too_late["error"]["code"] == "not_payable"


def test_paying_twice_captures_once(sandbox: SandboxServer) -> None:
    payment = paid(sandbox)

    again = sandbox.act("payments", payment["id"], "pay")

    assert again["transaction_id"] == payment["transaction_id"]
    assert len(sandbox.log()) == 1


def test_refunds_never_exceed_the_capture(sandbox: SandboxServer) -> None:
    payment = paid(sandbox, amount=1000)
    first = refund_request(payment, amount=600)
    second = refund_request(payment, amount=401, merchant_reference="R-2")
    rest = refund_request(payment, amount=400, merchant_reference="R-3")

    assert sandbox.call("POST", "/v1/refunds", status=201, json=first)["status"] == "succeeded"
    refusal = sandbox.call("POST", "/v1/refunds", status=400, json=second)
    assert refusal["error"]["code"] == "amount_too_large"
    sandbox.call("POST", "/v1/refunds", status=201, json=rest)

    assert sandbox.call("GET", f"/v1/payments/{payment['id']}")["amount_refunded"] == 1000


def test_only_captured_payments_are_refunded(sandbox: SandboxServer) -> None:
    request = refund_request(opened(sandbox))

    refusal = sandbox.call("POST", "/v1/refunds", status=400, json=request)

    assert refusal["error"]["code"] == "not_captured"


def test_a_refund_reference_names_one_refund_for_ever(sandbox: SandboxServer) -> None:
    payment = paid(sandbox)
    refund = sandbox.call("POST", "/v1/refunds", status=201, json=refund_request(payment))

    refusal = sandbox.call("POST", "/v1/refunds", status=400, json=refund_request(payment))

    assert refusal["error"]["code"] == "reference_in_use"
    assert sandbox.call("GET", f"/v1/refunds/{refund['id']}") == refund
    found = sandbox.call("GET", "/v1/refunds", params={"merchant_reference": "R-1"})
    assert found["data"] == [refund]


def test_a_failed_refund_frees_its_amount(sandbox: SandboxServer) -> None:
    payment = paid(sandbox, amount=1000)
    sandbox.switch(refund_outcome="failed")
    failed = sandbox.call(
        "POST", "/v1/refunds", status=201, json=refund_request(payment, amount=1000)
    )
    sandbox.switch(refund_outcome="succeeded")

    assert failed["status"] == "pending"
    assert sandbox.call("GET", f"/v1/refunds/{failed['id']}")["status"] == "failed"
    again = refund_request(payment, amount=1000, merchant_reference="R-2")
    assert sandbox.call("POST", "/v1/refunds", status=201, json=again)["status"] == "succeeded"


def test_the_statement_lists_every_movement_once(sandbox: SandboxServer) -> None:
    opened(sandbox, reference="unpaid")
    payment = paid(sandbox, amount=1000)
    refund = sandbox.call("POST", "/v1/refunds", status=201, json=refund_request(payment))

    booked = payment["captured_at"]
    window = {"from": booked - 1, "to": booked + 60}
    lines = sandbox.call("GET", "/v1/statement", params=window)["data"]

    assert {(line["kind"], line["transaction_id"], line["amount"]) for line in lines} == {
        ("capture", payment["transaction_id"], 1000),
        ("refund", refund["transaction_id"], 100),
    }
    before = {"from": 0, "to": booked}
    assert sandbox.call("GET", "/v1/statement", params=before)["data"] == []
    sandbox.call("GET", "/v1/statement", status=400, params={"from": "yesterday", "to": 1})


def test_a_payment_expires_by_itself(sandbox: SandboxServer) -> None:
    payment = opened(sandbox)

    expired = sandbox.act("payments", payment["id"], "expire")

    assert expired["status"] == "expired"
    sandbox.call("POST", f"/_payments/{payment['id']}/pay", status=409)
