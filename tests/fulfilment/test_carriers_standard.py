"""Standard Webhooks: only genuine, fresh messages of the documented form are read."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from app.fulfilment.carriers.base import (
    BadSignature,
    Malformed,
    RejectedCallback,
    StaleSignature,
    TrackingEvent,
    TrackingStatus,
)
from app.fulfilment.carriers.rehearsal import standard_callback
from app.fulfilment.carriers.standard import StandardCarrier, sign
from app.platform.i18n import speaking

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = "whsec_dGhlLXRlc3RzLW93bi0yNC1ieXRlLXNlY3JldA=="
OTHER_SECRET = "whsec_YW5vdGhlci1zZWNyZXQtb2YtMjQtYnl0ZXMtaGVyZQ=="
CARRIER = StandardCarrier(SECRET)
LINE = {
    "occurred_at": "2026-03-01T18:05:00+08:00",
    "status": "in_transit",
    "code": "31",
    "text": "Left the Hangzhou hub",
    "location": "Hangzhou",
}


def body_of(**changes) -> bytes:
    parcel = {"carrier": "sf", "tracking_number": "SF0001", "events": [LINE], **changes}
    message = {"type": "tracking.updated", "timestamp": NOW.isoformat(), "data": parcel}
    return json.dumps(message).encode()


def headers_of(body: bytes, *, secret: str = SECRET, at: datetime = NOW) -> dict[str, str]:
    return sign(secret, "msg_2Lh", at, body)


def test_a_genuine_message_is_read():
    body = body_of(order_reference="7KQ2-M4XP")
    headers = headers_of(body)

    CARRIER.verify(headers, body, NOW)
    batch = CARRIER.read(headers, body)

    assert batch.event_id == "msg_2Lh"
    assert batch.events == (
        TrackingEvent(
            carrier="sf",
            tracking_number="SF0001",
            occurred_at=datetime(2026, 3, 1, 10, 5, tzinfo=UTC),
            status=TrackingStatus.IN_TRANSIT,
            code="31",
            text="Left the Hangzhou hub",
            location="Hangzhou",
            order_reference="7KQ2-M4XP",
        ),
    )


def test_the_known_vector_of_the_specification_verifies():
    """The example printed in the Standard Webhooks specification, signed by others' code."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }

    StandardCarrier(secret).verify(headers, body, datetime.fromtimestamp(1614265330, UTC))


def test_the_published_library_signs_what_we_accept():
    body = body_of()
    seconds = str(int(NOW.timestamp()))
    signature = Webhook(SECRET).sign("msg_2Lh", NOW, body.decode())
    headers = {
        "Webhook-Id": "msg_2Lh",
        "Webhook-Timestamp": seconds,
        "Webhook-Signature": signature,
    }

    CARRIER.verify(headers, body, NOW)

    assert headers_of(body)["webhook-signature"] == signature


@pytest.mark.parametrize("seconds", [-300, -1, 0, 299, 300])
def test_five_minutes_either_way_are_fresh(seconds):
    body = body_of()

    CARRIER.verify(headers_of(body), body, NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-86400, -301, 301, 86400])
def test_further_away_is_stale(seconds):
    body = body_of()

    with pytest.raises(StaleSignature) as refused:
        CARRIER.verify(headers_of(body), body, NOW + timedelta(seconds=seconds))

    assert refused.value.status == 401


def test_one_of_several_signatures_is_enough():
    body = body_of()
    headers = headers_of(body)
    old = headers_of(body, secret=OTHER_SECRET)["webhook-signature"]
    headers["webhook-signature"] = f"v1a,abc {old} {headers['webhook-signature']} v1,%%%"

    CARRIER.verify(headers, body, NOW)


def test_the_next_secret_is_accepted_beside_the_present_one():
    body = body_of()
    both = StandardCarrier(OTHER_SECRET, SECRET)

    both.verify(headers_of(body), body, NOW)
    both.verify(headers_of(body, secret=OTHER_SECRET), body, NOW)


def changed(headers: dict[str, str], name: str, value: str) -> dict[str, str]:
    return {**headers, name: value}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("webhook-id", "msg_other"),
        ("webhook-id", "a" * 201),
        ("webhook-id", "a b"),
        ("webhook-timestamp", "1772366399"),
        ("webhook-timestamp", "1772366400.0"),
        ("webhook-timestamp", "now"),
        ("webhook-timestamp", "9" * 30),
        ("webhook-signature", ""),
        ("webhook-signature", "v1"),
        ("webhook-signature", "v1,"),
        ("webhook-signature", "v1,签名"),
    ],
)
def test_a_changed_header_is_refused(name, value):
    body = body_of()

    with pytest.raises(BadSignature) as refused:
        CARRIER.verify(changed(headers_of(body), name, value), body, NOW)

    assert refused.value.status == 401


def test_a_changed_body_is_refused():
    body = body_of()

    with pytest.raises(BadSignature):
        CARRIER.verify(headers_of(body), body + b" ", NOW)
    with pytest.raises(BadSignature):
        CARRIER.verify(headers_of(body), body.replace(b"in_transit", b"delivered"), NOW)


def test_another_shops_secret_is_refused():
    body = body_of()

    with pytest.raises(BadSignature):
        CARRIER.verify(headers_of(body, secret=OTHER_SECRET), body, NOW)


def test_the_version_marks_the_kind_of_signature():
    body = body_of()
    headers = headers_of(body)
    signature = headers["webhook-signature"].removeprefix("v1,")

    with pytest.raises(BadSignature):
        CARRIER.verify(changed(headers, "webhook-signature", f"v2,{signature}"), body, NOW)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_missing_header_is_named(name):
    body = body_of()
    headers = {key: value for key, value in headers_of(body).items() if key != name}

    with pytest.raises(BadSignature) as refused:
        CARRIER.verify(headers, body, NOW)

    assert name in refused.value.message


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"", "body"),
        (b"\xff\xfe", "body"),
        (b"[]", "body"),
        (b"null", "body"),
        (b"{" * 100_000, "body"),
        (b"[" * 100_000, "body"),
        (b'{"type": NaN}', "body"),
        (b'{"type": "tracking.updated"} x', "body"),
        (b"{}", "type"),
        (b'{"type": 1.5}', "type"),
        (b'{"type": "tracking.updated"}', "data"),
        (b'{"type": "tracking.updated", "data": []}', "data"),
        (body_of(carrier=None), "carrier"),
        (body_of(carrier="../../etc"), "carrier"),
        (body_of(carrier=["sf"]), "carrier"),
        (body_of(tracking_number=""), "tracking_number"),
        (body_of(tracking_number="SF 1;DROP"), "tracking_number"),
        (body_of(tracking_number=True), "tracking_number"),
        (body_of(tracking_number="1" * 41), "tracking_number"),
        (body_of(events=None), "events"),
        (body_of(events={}), "events"),
        (body_of(events=["x"]), "events"),
        (body_of(events=[LINE] * 501), "events"),
        (body_of(events=[{**LINE, "status": None}]), "status"),
        (body_of(events=[{**LINE, "status": "lost"}]), "lost"),
        (body_of(events=[{**LINE, "occurred_at": None}]), "occurred_at"),
        (body_of(events=[{**LINE, "occurred_at": "yesterday"}]), "occurred_at"),
        (body_of(events=[{**LINE, "occurred_at": "2026-03-01T18:05:00"}]), "occurred_at"),
        (body_of(events=[{**LINE, "occurred_at": "0001-01-01T00:00:00+14:00"}]), "occurred_at"),
        (body_of(events=[{**LINE, "occurred_at": "9999-12-31T23:59:59-12:00"}]), "occurred_at"),
        (body_of(events=[{**LINE, "text": {"en": "x"}}]), "text"),
        (body_of(events=[{**LINE, "location": False}]), "location"),
    ],
)
def test_a_malformed_body_is_refused_with_the_field_named(body, named):
    headers = headers_of(body)
    CARRIER.verify(headers, body, NOW)

    with pytest.raises(Malformed) as refused:
        CARRIER.read(headers, body)

    assert refused.value.status == 400
    assert named in refused.value.message
    with speaking("zh-Hans"):
        assert named in refused.value.message
        assert not refused.value.message.isascii()


def test_another_type_is_acknowledged_and_holds_nothing():
    body = b'{"type": "carrier.ping", "data": {}}'

    assert CARRIER.read(headers_of(body), body).events == ()


def test_text_is_one_printable_line_of_bounded_length():
    line = {**LINE, "text": "a\x00b\r\nc\ud800 " + "字" * 600, "location": 310000}
    body = body_of(events=[line])

    (event,) = CARRIER.read(headers_of(body), body).events

    assert event.text.startswith("a b c 字")
    assert len(event.text) == 500
    assert event.text.encode()
    assert event.location == "310000"


def test_numbers_and_names_are_read_without_regard_to_case_and_spaces():
    body = body_of(carrier="SF", tracking_number=" sf1390 0010 00001 ")

    (event,) = CARRIER.read(headers_of(body), body).events

    assert (event.carrier, event.tracking_number) == ("sf", "SF1390001000001")


def test_a_rehearsed_callback_is_genuine():
    event = TrackingEvent("sf", "SF0001", NOW, TrackingStatus.DELIVERED, text="已签收")

    callback = standard_callback(SECRET, "msg_9", [event], now=NOW)

    CARRIER.verify(callback.headers, callback.body, NOW)
    assert CARRIER.read(callback.headers, callback.body).events == (event,)


def test_the_answer_says_whether_to_send_again():
    assert CARRIER.acknowledge(ok=True).status == 200
    assert CARRIER.acknowledge(ok=False).status == 503


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_short", "whsec_%%%%", "whsec_c2hvcnQ="])
def test_a_weak_secret_is_refused_at_the_start(secret):
    with pytest.raises(ValueError, match="secret"):
        StandardCarrier(secret)


def test_a_carrier_without_a_secret_is_not_offered():
    with pytest.raises(ValueError, match="secret"):
        StandardCarrier()


@given(body=st.binary(max_size=200), signature=st.text(max_size=60))
def test_rubbish_is_refused_and_nothing_else_happens(body, signature):
    headers = {
        "webhook-id": "m",
        "webhook-timestamp": "1772366400",
        "webhook-signature": signature,
    }

    with pytest.raises(RejectedCallback):
        CARRIER.verify(headers, body, NOW)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(field=st.sampled_from(["carrier", "tracking_number", "events"]), value=json_values)
def test_any_value_in_any_field_is_read_or_refused(field, value):
    body = body_of(**{field: value})

    with suppress(Malformed):
        events = CARRIER.read(headers_of(body), body).events
        assert all(event.tracking_number and event.carrier for event in events)
