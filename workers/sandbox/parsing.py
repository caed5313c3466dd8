"""Untrusted JSON turned into typed requests; Refused names the field that is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import httpx

from workers.sandbox.errors import Refused
from workers.sandbox.payments import NewPayment
from workers.sandbox.refunds import NewRefund

_REFERENCE = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_HIGHEST_AMOUNT = 10**12
_LATEST_SECOND = 253_402_300_799
_LONGEST_DESCRIPTION = 200
_LONGEST_URL = 2000
LANGUAGES = ("en", "zh-Hans")


def new_payment(raw: bytes) -> NewPayment:
    given = _object(raw)
    locale = given.get("locale")
    return NewPayment(
        merchant_reference=_matching(given, "merchant_reference", _REFERENCE),
        amount=_amount(given),
        currency=_matching(given, "currency", _CURRENCY),
        description=_description(given),
        return_url=_url(given, "return_url"),
        notify_url=_url(given, "notify_url"),
        expires_at=_second(given, "expires_at"),
        locale=locale if isinstance(locale, str) and locale in LANGUAGES else None,
    )


def new_refund(raw: bytes) -> NewRefund:
    given = _object(raw)
    return NewRefund(
        payment=_matching(given, "payment", _REFERENCE),
        amount=_amount(given),
        merchant_reference=_matching(given, "merchant_reference", _REFERENCE),
        notify_url=_url(given, "notify_url"),
    )


def window(arguments: Mapping[str, str]) -> tuple[int, int]:
    """The `from` and `to` of a statement, unix seconds."""
    start, end = arguments.get("from", ""), arguments.get("to", "")
    for name, text in (("from", start), ("to", end)):
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LATEST_SECOND))):
            raise _invalid(name)
    return int(start), int(end)


def reference(arguments: Mapping[str, str]) -> str:
    return _matching(dict(arguments), "merchant_reference", _REFERENCE)


def _object(raw: bytes) -> Mapping[str, object]:
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Refused("invalid_request", "the body is not a JSON object")
    return given


def _matching(given: Mapping[str, object], name: str, pattern: re.Pattern[str]) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise _invalid(name)
    return value


def _amount(given: Mapping[str, object]) -> int:
    value = given.get("amount")
    if type(value) is not int or not 0 < value <= _HIGHEST_AMOUNT:
        raise _invalid("amount")
    return value


def _second(given: Mapping[str, object], name: str) -> int:
    value = given.get(name)
    if type(value) is not int or not 0 < value <= _LATEST_SECOND:
        raise _invalid(name)
    return value


def _description(given: Mapping[str, object]) -> str:
    value = given.get("description")
    if not isinstance(value, str) or not value.isprintable():
        raise _invalid("description")
    if len(value) > _LONGEST_DESCRIPTION:
        raise _invalid("description")
    return value


def _url(given: Mapping[str, object], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or len(value) > _LONGEST_URL:
        raise _invalid(name)
    try:
        parsed = httpx.URL(value)
    except (httpx.InvalidURL, UnicodeError):
        raise _invalid(name) from None
    if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo:
        raise _invalid(name)
    return value


def _invalid(name: str) -> Refused:
    return Refused("invalid_request", f"{name} is missing or malformed")
