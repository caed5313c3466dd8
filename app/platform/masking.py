"""Personal data as it is shown to those who need not know it whole."""

from __future__ import annotations

_DIGITS_OF_A_MOBILE = 11
_DIGITS_OF_A_LANDLINE = 9


def masked_name(name: str) -> str:
    """林小满 → 林**, Ada Lovelace → A**: the first character, and never how long the rest is."""
    return f"{name.strip()[:1]}**" if name.strip() else ""


def masked_phone(phone: str) -> str:
    """+8613800000012 → 138****0012; of a short number only the last two digits."""
    digits = "".join(mark for mark in phone if mark.isdecimal())
    if len(digits) > _DIGITS_OF_A_MOBILE and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) < _DIGITS_OF_A_LANDLINE:
        return f"****{digits[-2:]}"
    return f"{digits[:3]}****{digits[-4:]}"


def masked_email(email: str) -> str:
    """ada@example.org → a***@example.org; without a sign in it nothing of it is shown."""
    local, at, domain = email.strip().rpartition("@")
    return f"{local[:1]}***@{domain}" if at else "***"
