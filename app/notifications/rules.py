"""When a message is tried again, how it is recognised, and which only its reader may see."""

from __future__ import annotations

import hashlib
from datetime import timedelta

MAX_TRIES = 12
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=22)
SECRET_PREFIX = "secret."  # noqa: S105  (a mark on kinds, not a secret)


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after that many failed tries; None when it is time to give up.

    Ten seconds, then three times as long each time: the twelfth try comes after 71 hours.
    """
    if tries >= MAX_TRIES:
        return None
    return min(FIRST_WAIT * int(3 ** (tries - 1)), LONGEST_WAIT)


def message_id(event: str, recipient: str, channel: str, domain: str) -> str:
    """The same for the same message, so that mail programs recognise a repeat (RFC 5322 §3.6.4)."""
    digest = hashlib.sha256("\n".join((event, recipient, channel)).encode()).hexdigest()
    return f"<{digest[:40]}@{domain}>"


def is_secret(kind: str) -> bool:
    """Kinds such as `secret.sign_in_code` let their reader in: no copy outlives the sending."""
    return kind.startswith(SECRET_PREFIX)
