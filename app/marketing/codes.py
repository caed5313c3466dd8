"""Codes of promotions: what was meant by what was typed, and how the same person is known again."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass

LONGEST = 24
SHORTEST = 3
_BETWEEN = re.compile(r"[\s\-–—_·.]+")
_CODE = re.compile(rf"[0-9A-Z\u3400-\u9fff]{{{SHORTEST},{LONGEST}}}")


def meant(text: str) -> str:
    """`welcome-10`, `ＷＥＬＣＯＭＥ 10` and `Welcome10` are one code; empty for what is none."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text[:200])).upper()
    return plain if _CODE.fullmatch(plain) else ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the limit per person knows them: digests of e-mail and phone, empty where
    unknown.
    """

    email: str = ""
    phone: str = ""

    @classmethod
    def of(cls, secret: str, email: str, phone: str) -> Person:
        """`phone` by its digits alone, so that spaces and a country code's plus make nobody new."""
        digits = "".join(mark for mark in phone if mark.isdigit())[-11:]
        return cls(_digest(secret, email.strip().casefold()), _digest(secret, digits))


NOBODY = Person()


def _digest(secret: str, text: str) -> str:
    if not text:
        return ""
    message = f"promotion\n{text}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()[:40]
