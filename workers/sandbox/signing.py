"""The signature on every callback: `Sandbox-Signature: t=<unix>,v1=<hex>`."""

from __future__ import annotations

import hashlib
import hmac

HEADER = "Sandbox-Signature"


def signature_header(secret: str, timestamp: int, body: bytes) -> str:
    """`v1` is HMAC-SHA256 keyed with the whole secret over `<timestamp>.<raw body>`."""
    signed = f"{timestamp}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"
