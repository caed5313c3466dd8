"""Random codes people can read aloud, and signed tokens that open one order.

The alphabet is Crockford's base32 (https://www.crockford.com/base32.html): no I, L, O, U.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_TAG_LENGTH = 22  # base64url characters: 132 bits


def spoken_code(length: int = 8) -> str:
    """A random code of `length` characters; 40 bits at the usual eight."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def heard_code(text: str) -> str:
    """What was meant by a code as typed: upper case, look-alikes folded, separators dropped."""
    return text.strip().upper().translate(_LOOK_ALIKES)


def sign_token(secret: str, purpose: str, code: str, version: int = 1) -> str:
    """`CODE-tag`: unguessable, bound to purpose and version, so raising the version revokes it."""
    return f"{code}-{_tag(secret, purpose, code, version)}"


def token_code(token: str) -> str:
    """The code a token claims to be for; nothing is proved until `token_is_genuine`."""
    return token.partition("-")[0]


def token_is_genuine(any_of: tuple[str, ...], purpose: str, token: str, version: int) -> bool:
    """Whether one of these secrets signed it: the present one, or one that is being replaced."""
    code, _, tag = token.partition("-")
    ours = [_tag(secret, purpose, code, version).encode() for secret in any_of]
    return any(hmac.compare_digest(tag.encode(), one) for one in ours)


def _tag(secret: str, purpose: str, code: str, version: int) -> str:
    message = f"{purpose}\n{code}\n{version}".encode()
    digest = hmac.new(secret.encode(), message, hashlib.sha256).digest()
    return urlsafe_b64encode(digest).decode()[:_TAG_LENGTH]
