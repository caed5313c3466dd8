"""The signed-timestamp header shared by several providers: `t=<unix>,v1=<hex>[,v1=<hex>...]`.

`v1 = hex(HMAC-SHA256(secret, "<t>." + raw body))`, the form Stripe documents for its webhooks.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from app.payments.gateways.base import BadSignature, StaleSignature

TOLERANCE_SECONDS = 300
_LONGEST_HEADER = 2048
_LONGEST_TIMESTAMP = 12


def sign(secret: str, timestamp: int, raw_body: bytes) -> str:
    """The hexadecimal v1 signature of a body at a unix time."""
    signed = str(timestamp).encode("ascii") + b"." + raw_body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def verify(header: str | None, raw_body: bytes, secret: str, now: datetime) -> None:
    """Accept any matching v1 whose time is within 300 s of `now`. While a secret is replaced the
    header may carry several signatures, and `secret` two, separated by a blank.

    Raises BadSignature before StaleSignature, so that only a genuine header is called stale.
    """
    timestamp, signatures = _parse(header)
    expected = [sign(one, timestamp, raw_body).encode("ascii") for one in secret.split()]
    matches = [
        hmac.compare_digest(ours, given.encode()) for ours in expected for given in signatures
    ]
    if not any(matches):
        raise BadSignature("no v1 signature matches the body")
    if abs(now.timestamp() - timestamp) > TOLERANCE_SECONDS:
        raise StaleSignature(f"signed at {timestamp}, more than {TOLERANCE_SECONDS} s from now")


def _parse(header: str | None) -> tuple[int, list[str]]:
    if not header or len(header) > _LONGEST_HEADER:
        raise BadSignature("the signature header is missing or too long")
    pairs = [part.strip().partition("=") for part in header.split(",")]
    timestamps = [value for scheme, _, value in pairs if scheme == "t"]
    signatures = [value for scheme, _, value in pairs if scheme == "v1"]
    if len(timestamps) != 1 or not _is_unix_time(timestamps[0]) or not signatures:
        raise BadSignature("the signature header is malformed")
    return int(timestamps[0]), signatures


def _is_unix_time(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_TIMESTAMP
