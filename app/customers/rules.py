"""One-time codes and passwords: how they are made, and what makes them hard to guess.

A code stands five tries out of a million, and an address gets at most twenty codes a day: whoever
tries all day long gets in with a chance of one in ten thousand.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from app.platform.i18n import gettext as _
from app.platform.passwords import MAX_LENGTH, MIN_LENGTH

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


def password_fault(password: str) -> str | None:
    """Why this cannot be a password, in a sentence for the person; None when it can."""
    if len(password) < MIN_LENGTH:
        return _("Please use at least %(least)s characters.", least=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        return _("Please use at most %(most)s characters.", most=MAX_LENGTH)
    if len(set(password)) == 1:
        return _("Please use more than one character again and again.")
    return None
