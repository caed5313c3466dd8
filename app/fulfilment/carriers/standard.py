"""Callbacks signed by the Standard Webhooks rules (standardwebhooks.com), in the shop's own form.

For carriers, warehouses and aggregators that can be told what to send. Three headers:

    webhook-id          the message's name, the same on every repeat
    webhook-timestamp   seconds since 1970, at most 300 s from the shop's clock in either direction
    webhook-signature   v1,<base64 of HMAC-SHA256(secret, id + "." + timestamp + "." + body)>,
                        several separated by spaces while a secret is being changed

and a JSON body, UTF-8:

    {"type": "tracking.updated",
     "timestamp": "2026-03-01T10:30:00Z",
     "data": {"carrier": "sf", "tracking_number": "SF1390001112223",
              "order_reference": "7KQ2-M4XP",
              "events": [{"occurred_at": "2026-03-01T18:05:00+08:00", "status": "in_transit",
                          "code": "31", "text": "Left the Hangzhou hub", "location": "Hangzhou"}]}}

`status` is a value of `TrackingStatus`; `occurred_at` needs a time zone; `order_reference`, `code`,
`text` and `location` may be missing. `events` may hold everything so far or only what is new, in
any order. Other types are acknowledged and hold no events. Any 2xx means stored; anything else,
send again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime

from app.fulfilment.carriers import fields
from app.fulfilment.carriers.base import (
    BadSignature,
    InboundBatch,
    Malformed,
    Reply,
    StaleSignature,
    TrackingEvent,
    TrackingStatus,
)
from app.platform.i18n import lazy_gettext as _

TOLERANCE_SECONDS = 300
TRACKING_UPDATED = "tracking.updated"
MESSAGE_ID = re.compile(r"[\x21-\x7e]{1,200}")


class StandardCarrier:
    """Reads Standard Webhooks; several secrets are accepted while one is being replaced."""

    name = "standard"

    def __init__(self, *secrets: str) -> None:
        if not secrets:
            raise ValueError("a carrier needs a secret")
        self._keys = tuple(_key(secret) for secret in secrets)

    def verify(self, headers: Mapping[str, str], raw_body: bytes, now: datetime) -> None:
        """BadSignature unless a signature is ours over the body; StaleSignature beyond ±300 s."""
        message_id, timestamp, signatures = _signed_headers(headers)
        given = [word[3:] for word in signatures.split() if word.startswith("v1,")]
        expected = [_signature(key, message_id, timestamp, raw_body) for key in self._keys]
        if not any(
            hmac.compare_digest(ours.encode(), theirs.encode())
            for ours in expected
            for theirs in given
        ):
            raise BadSignature
        if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
            raise StaleSignature

    def read(self, headers: Mapping[str, str], raw_body: bytes) -> InboundBatch:
        """The tracking events of a verified message; Malformed names what is wrong."""
        message_id = _header(headers, "webhook-id")
        body = fields.json_object(raw_body, "body")
        if fields.required_text(body, "type") != TRACKING_UPDATED:
            return InboundBatch(message_id, ())
        return InboundBatch(message_id, _events(fields.object_field(body, "data")))

    def acknowledge(self, *, ok: bool) -> Reply:
        body = '{"received":true}' if ok else '{"received":false}'
        return Reply(body, 200 if ok else 503, "application/json")


def sign(secret: str, message_id: str, timestamp: datetime, body: bytes) -> dict[str, str]:
    """The three headers a genuine sender adds to `body`."""
    seconds = str(int(timestamp.timestamp()))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{_signature(_key(secret), message_id, seconds, body)}",
    }


def _key(secret: str) -> bytes:
    """The bytes of a `whsec_…` secret; ValueError when not base64 or shorter than 24 bytes."""
    text = secret.removeprefix("whsec_").rstrip("=")
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("the carrier's secret is not whsec_ followed by base64") from error
    if len(key) < 24:  # noqa: PLR2004  (the least the specification allows)
        raise ValueError("the carrier's secret is shorter than 24 bytes")
    return key


def _signed_headers(headers: Mapping[str, str]) -> tuple[str, str, str]:
    message_id = _header(headers, "webhook-id")
    timestamp = _header(headers, "webhook-timestamp")
    if not MESSAGE_ID.fullmatch(message_id) or not re.fullmatch(r"[0-9]{1,12}", timestamp):
        raise BadSignature
    return message_id, timestamp, _header(headers, "webhook-signature")


def _header(headers: Mapping[str, str], name: str) -> str:
    for key, value in headers.items():
        if key.lower() == name:
            return value
    raise BadSignature(_("The header %(name)s is missing.", name=name))


def _signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    signed = f"{message_id}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def _events(tracking: fields.JsonObject) -> tuple[TrackingEvent, ...]:
    carrier = fields.carrier_word(tracking, "carrier")
    number = fields.tracking_number(tracking, "tracking_number")
    reference = fields.optional_text(tracking, "order_reference") or None
    fields.present(tracking, "events")
    return tuple(
        TrackingEvent(
            carrier=carrier,
            tracking_number=number,
            occurred_at=_instant(line),
            status=_status(line),
            code=fields.optional_text(line, "code"),
            text=fields.optional_text(line, "text"),
            location=fields.optional_text(line, "location"),
            order_reference=reference,
        )
        for line in fields.object_list(tracking, "events")
    )


def _status(line: fields.JsonObject) -> TrackingStatus:
    word = fields.required_text(line, "status")
    try:
        return TrackingStatus(word)
    except ValueError as error:
        raise Malformed(_("“%(status)s” is not a tracking status.", status=word[:40])) from error


def _instant(line: fields.JsonObject) -> datetime:
    text = fields.required_text(line, "occurred_at")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed(_("“%(field)s” is not an ISO 8601 time.", field="occurred_at")) from error
    if instant.tzinfo is None:
        raise Malformed(_("“%(field)s” has no time zone.", field="occurred_at"))
    return fields.plausible(instant, "occurred_at")
