"""Passwords: bcrypt over SHA-256 (no 72-byte limit), argon2 accepted, older hashes renewed at
sign-in.
"""

from __future__ import annotations

from functools import cache

from passlib.context import CryptContext

MIN_LENGTH = 10
MAX_LENGTH = 200


@cache
def _context() -> CryptContext:
    return CryptContext(
        schemes=["bcrypt_sha256", "argon2"],
        default="bcrypt_sha256",
        deprecated="auto",
        bcrypt_sha256__rounds=12,
    )


def _nobodys_hash() -> str:
    """Of a password nobody knows; written out, so that the first use takes no longer."""
    return "$bcrypt-sha256$v=2,t=2b,r=12$xvB687MaTlG.YrJUMEZfz.$uu68q47DpIYZzIm39L7VC2qkJHR3I32"


def hashed(password: str) -> str:
    return str(_context().hash(password))


def verified(password: str, stored: str | None) -> tuple[bool, str | None]:
    """(whether it fits, the renewed hash to store or None).

    Without a stored hash it takes as long and is False.
    """
    fits, renewed = _context().verify_and_update(password, stored or _nobodys_hash())
    return (bool(fits) and stored is not None, renewed if stored is not None else None)
