"""Every switch of the sandbox provider, shown to do what it says."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from app.payments.gateways.base import BadSignature, NotAddressedToUs, StaleSignature
from app.payments.gateways.sandbox import SandboxGateway
from tests.payments.sandbox_orders import opened, paid, payment_request, refund_request
from tests.servers.process import wait_until
from tests.servers.sandbox import KEY, MERCHANT, SECRET, Callback, Door, SandboxServer

AUTHORIZATION = {"Authorization": f"Bearer {KEY}"}


def event(callback: Callback) -> Any:
    return json.loads(callback.body)


def found_by_reference(sandbox: SandboxServer) -> Any:
    return sandbox.call("GET", "/v1/payments", params={"merchant_reference": "A-1"})["data"]


def merchant_side() -> SandboxGateway:
    return SandboxGateway(
        url="http://127.0.0.1:9", key=KEY, secret=SECRET, merchant_account=MERCHANT
    )


def test_delay_keeps_callbacks_waiting(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(delay_seconds=0.3)
    started = time.monotonic()

    paid(sandbox, door)
    door.wait_for(1)

    assert time.monotonic() - started >= 0.3


def test_duplicate_delivers_the_same_event_again(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(duplicate=3)

    paid(sandbox, door)
    sandbox.wait_until_quiet()

    assert len(door.callbacks) == 4
    assert len({callback.body for callback in door.callbacks}) == 1


def test_reorder_delivers_the_later_event_first(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(reorder=True)
    payment = paid(sandbox, door)
    sandbox.wait_until_quiet()
    assert door.callbacks == []

    sandbox.call("POST", "/v1/refunds", status=201, json=refund_request(payment, door))

    kinds = [event(callback)["type"] for callback in door.wait_for(2)]
    assert kinds == ["refund.succeeded", "payment.captured"]


def test_switching_reorder_off_lets_go_of_what_was_held(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(reorder=True)
    paid(sandbox, door)
    assert sandbox.log()[0]["state"] == "held"

    sandbox.switch(reorder=False)

    assert event(door.wait_for(1)[0])["type"] == "payment.captured"


def test_drop_loses_as_many_callbacks_as_it_counts(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(drop=2)

    for reference in ("A-1", "A-2", "A-3"):
        paid(sandbox, door, reference=reference)
    sandbox.wait_until_quiet()

    assert [event(callback)["data"]["merchant_reference"] for callback in door.callbacks] == ["A-3"]
    assert Counter(line["state"] for line in sandbox.log()) == {"dropped": 2, "delivered": 1}


def test_drop_all_loses_every_callback(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(drop="all")

    for reference in ("A-1", "A-2", "A-3"):
        paid(sandbox, door, reference=reference)
    sandbox.wait_until_quiet()

    assert door.callbacks == []
    assert sandbox.call("GET", "/_switches")["drop"] == -1


def test_a_wrong_signature_is_refused_by_the_merchant(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(falsify="signature")
    paid(sandbox, door)
    callback = door.wait_for(1)[0]

    with pytest.raises(BadSignature):
        merchant_side().verify(callback.headers, callback.body, datetime.now(UTC))  # noqa: TID251


def test_an_old_signature_is_refused_by_the_merchant(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(falsify="timestamp")
    paid(sandbox, door)
    callback = door.wait_for(1)[0]
    now = datetime.now(UTC)  # noqa: TID251  (the provider lives in real time)

    with pytest.raises(StaleSignature):
        merchant_side().verify(callback.headers, callback.body, now)

    earlier = now - timedelta(seconds=600)
    assert merchant_side().verify(callback.headers, callback.body, earlier).event_id


@pytest.mark.parametrize(
    ("forgery", "field", "wrong"),
    [
        ("amount", "amount", 1),
        ("currency", "currency", "XTS"),
        ("merchant_account", "merchant_account", "somebody-else"),
        ("reference", "merchant_reference", "A-1-other"),
    ],
)
def test_a_falsified_field_comes_genuinely_signed(
    sandbox: SandboxServer, door: Door, forgery: str, field: str, wrong: object
) -> None:
    sandbox.switch(falsify=forgery)
    payment = paid(sandbox, door)
    callback = door.wait_for(1)[0]
    now = datetime.now(UTC)  # noqa: TID251  (the provider lives in real time)

    inbound = merchant_side().verify(callback.headers, callback.body, now)

    assert inbound.payload["data"] == payment | {field: wrong}


def test_another_merchants_event_is_not_ours(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(falsify="merchant_account")
    paid(sandbox, door)

    with pytest.raises(NotAddressedToUs):
        merchant_side().interpret(event(door.wait_for(1)[0]))


def test_api_down_refuses_before_acting(sandbox: SandboxServer) -> None:
    sandbox.switch(api_down=True)

    answer = sandbox.call("POST", "/v1/payments", status=503, json=payment_request())

    assert answer["error"]["code"] == "api_down"
    sandbox.switch(api_down=False)
    assert sandbox.call("GET", "/v1/payments", params={"merchant_reference": "A-1"})["data"] == []


def test_api_error_answers_500_after_acting(sandbox: SandboxServer) -> None:
    sandbox.switch(api_error=1)
    asked = payment_request()
    sandbox.call("POST", "/v1/payments", status=500, key="key-1", json=asked)

    again = sandbox.call("POST", "/v1/payments", status=201, key="key-1", json=asked)
    found = sandbox.call("GET", "/v1/payments", params={"merchant_reference": "A-1"})
    assert found["data"] == [again]


def test_api_timeout_stays_silent_after_acting(sandbox: SandboxServer) -> None:
    sandbox.switch(api_timeout=1, api_timeout_seconds=0.8)
    request = payment_request()

    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{sandbox.url}/v1/payments", headers=AUTHORIZATION, json=request, timeout=0.3)

    wait_until(lambda: bool(found_by_reference(sandbox)), seconds=10, what="the payment")
    assert found_by_reference(sandbox)[0]["status"] == "pending"


def test_the_pay_page_returns_before_its_callback(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(return_first_seconds=0.4)
    payment = opened(sandbox, door)
    started = time.monotonic()

    answer = httpx.post(f"{sandbox.url}/pay/{payment['id']}/pay")

    assert answer.status_code == 303
    assert door.callbacks == []
    door.wait_for(1)
    assert time.monotonic() - started >= 0.4


def test_return_first_leaves_other_callbacks_alone(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(return_first_seconds=3600)

    paid(sandbox, door)

    assert event(door.wait_for(1)[0])["type"] == "payment.captured"


@pytest.mark.parametrize(("difference", "captured"), [(-1, 128049), (5, 128055), (-200000, 1)])
def test_another_amount_is_captured_than_was_asked(
    sandbox: SandboxServer, door: Door, difference: int, captured: int
) -> None:
    sandbox.switch(capture_difference=difference)

    payment = paid(sandbox, door)

    assert (payment["amount"], payment["amount_requested"]) == (captured, 128050)
    assert event(door.wait_for(1)[0])["data"]["amount"] == captured


@pytest.mark.parametrize("end", ["cancelled", "expired"])
def test_late_capture_takes_money_for_what_is_over(
    sandbox: SandboxServer, door: Door, end: str
) -> None:
    payment = opened(sandbox)
    if end == "cancelled":
        sandbox.call("POST", f"/v1/payments/{payment['id']}/cancel")
    else:
        sandbox.act("payments", payment["id"], "expire")
    sandbox.call("POST", f"/_payments/{payment['id']}/pay", status=409)

    sandbox.switch(late_capture=True)

    assert sandbox.act("payments", payment["id"], "pay")["status"] == "captured"


def test_a_pending_refund_is_ended_by_hand(sandbox: SandboxServer, door: Door) -> None:
    sandbox.switch(refund_outcome="pending")
    payment = paid(sandbox)
    refund = sandbox.call("POST", "/v1/refunds", status=201, json=refund_request(payment, door))
    assert refund["status"] == "pending"

    ended = sandbox.act("refunds", refund["id"], "fail")

    assert ended["status"] == "failed"
    assert sandbox.act("refunds", refund["id"], "succeed") == ended
    assert event(door.wait_for(1)[0])["type"] == "refund.failed"


@pytest.mark.parametrize(
    "switches",
    [
        {"unknown": 1},
        {"drop": -2},
        {"drop": "some"},
        {"delay_seconds": "nan"},
        {"delay_seconds": -1},
        {"duplicate": 21},
        {"duplicate": True},
        {"reorder": "perhaps"},
        {"falsify": "everything"},
        {"falsify": None},
    ],
)
def test_a_switch_that_does_not_fit_changes_nothing(
    sandbox: SandboxServer, switches: dict[str, object]
) -> None:
    before = sandbox.call("GET", "/_switches")

    answer = sandbox.call("POST", "/_switches", status=400, json={"api_down": True, **switches})

    assert answer["error"]["code"] == "invalid_switch"
    assert next(iter(switches)) in answer["error"]["message"]
    assert sandbox.call("GET", "/_switches") == before


def test_reset_turns_everything_off(sandbox: SandboxServer) -> None:
    before = sandbox.call("GET", "/_switches")
    sandbox.switch(drop="all", api_down=True, falsify="amount")

    assert sandbox.call("POST", "/_switches/reset") == before
