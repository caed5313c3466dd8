"""What the sandbox provider delivers when nothing is switched on."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from pathlib import Path

import pytest

from tests.payments.sandbox_orders import opened, paid, refund_request
from tests.servers.sandbox import (
    MERCHANT,
    RETRY_SECONDS,
    SECRET,
    Door,
    SandboxServer,
    sandbox_server,
)
from workers.sandbox.signing import signature_header


def test_the_signature_is_the_documented_one() -> None:
    header = signature_header("whsec_test", 1700000000, b'{"id":"evt_1"}')

    assert header == (
        "t=1700000000,v1=c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925"
    )


def test_a_capture_is_announced_with_everything_that_names_it(
    sandbox: SandboxServer, door: Door
) -> None:
    payment = paid(sandbox, door)

    event = json.loads(door.wait_for(1)[0].body)

    assert event["type"] == "payment.captured"
    assert event["id"].startswith("evt_")
    assert event["data"] == payment
    assert payment["merchant_account"] == MERCHANT
    assert (payment["merchant_reference"], payment["amount"]) == ("A-1", 128050)
    assert payment["transaction_id"].startswith("txn_")


def test_a_callback_is_signed_over_its_raw_body(sandbox: SandboxServer, door: Door) -> None:
    paid(sandbox, door, description="旧日衣橱 № 0427")

    callback = door.wait_for(1)[0]
    timestamp, given = callback.headers["Sandbox-Signature"].removeprefix("t=").split(",v1=")

    signed = timestamp.encode() + b"." + callback.body
    assert given == hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert "旧日衣橱" in callback.body.decode()


@pytest.mark.parametrize(
    ("action", "kind"), [("decline", "payment.failed"), ("expire", "payment.expired")]
)
def test_an_end_without_money_is_announced(
    sandbox: SandboxServer, door: Door, action: str, kind: str
) -> None:
    payment = opened(sandbox, door)

    sandbox.act("payments", payment["id"], action)
    sandbox.act("payments", payment["id"], action)
    sandbox.wait_until_quiet()

    assert [json.loads(callback.body)["type"] for callback in door.callbacks] == [kind]


def test_the_providers_clock_expires_what_nobody_looks_at(
    sandbox: SandboxServer, door: Door
) -> None:
    opened(sandbox, door, expires_at=int(time.time()) + 2)  # noqa: TID251  (its own clock)

    assert json.loads(door.wait_for(1)[0].body)["type"] == "payment.expired"


def test_a_refund_is_announced_at_its_own_address(sandbox: SandboxServer, door: Door) -> None:
    payment = paid(sandbox)

    refund = sandbox.call("POST", "/v1/refunds", status=201, json=refund_request(payment, door))

    event = json.loads(door.wait_for(1)[0].body)
    assert event["type"] == "refund.succeeded"
    assert event["data"] == refund
    assert refund["payment"] == payment["id"]


def test_a_callback_is_repeated_unchanged_until_it_is_taken(
    sandbox: SandboxServer, door: Door
) -> None:
    door.answers.extend([500, 302, 404])
    paid(sandbox, door)

    bodies = [callback.body for callback in door.wait_for(4)]
    sandbox.wait_until_quiet()

    assert len(bodies) == 4
    assert len(set(bodies)) == 1
    delivery = sandbox.log("A-1")[0]
    assert delivery["state"] == "delivered"
    assert [attempt["status"] for attempt in delivery["tried"]] == [500, 302, 404, 200]


def test_a_callback_nobody_takes_is_given_up_and_can_be_sent_again(
    sandbox: SandboxServer, door: Door
) -> None:
    door.answers.extend([500] * (1 + len(RETRY_SECONDS)))
    paid(sandbox, door)
    door.wait_for(1 + len(RETRY_SECONDS))
    sandbox.wait_until_quiet()
    delivery = sandbox.log()[0]
    assert delivery["state"] == "given_up"

    sandbox.call("POST", f"/_events/{delivery['event_id']}/resend", status=202)

    assert door.wait_for(5)[4].body == door.callbacks[0].body
    sandbox.call("POST", "/_events/evt_nothing/resend", status=404)


def test_an_unreachable_merchant_is_noted_and_tried_again(sandbox: SandboxServer) -> None:
    paid(sandbox)
    sandbox.wait_until_quiet()

    delivery = sandbox.log()[0]

    assert delivery["attempts"] == 1 + len(RETRY_SECONDS)
    assert delivery["tried"][0]["status"] is None
    assert delivery["tried"][0]["problem"].startswith("ConnectError")


def test_what_was_not_delivered_survives_a_restart(tmp_path: Path, door: Door) -> None:
    with sandbox_server(tmp_path) as before:
        before.switch(delay_seconds=0.5)
        payment = paid(before, door)
        assert door.callbacks == []

    with sandbox_server(tmp_path) as after:
        found = after.call("GET", f"/v1/payments/{payment['id']}")
        event = json.loads(door.wait_for(1)[0].body)

    assert event["data"] == payment
    assert found["transaction_id"] == payment["transaction_id"]
