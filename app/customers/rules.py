"""One-time codes: how they are made, and what makes them hard to guess.

A code stands five tries out of a million, and an address gets at most twenty codes a day: whoever
tries all day long gets in with a chance of one in ten thousand.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
CODES_AN_HOUR = 6
CODES_A_DAY = 20
KEPT_CODES = timedelta(days=1)
MOST_ADDRESSES = 20


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def code_hash(secret: str, purpose: str, email: str, code: str) -> str:
    """What is kept of a code: without the key a million tries would find it again."""
    message = f"{purpose}\n{email}\n{code}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def typed_code(text: str) -> str:
    """The digits of a code as it was typed or pasted, full-width ones and spaces among them."""
    return "".join(str(int(mark)) for mark in text[:40] if mark.isdecimal())
