"""Typed reading of a provider's JSON; whatever is missing or of another type is MalformedEvent."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from app.payments.gateways.base import JsonObject, JsonValue, MalformedEvent

_LATEST_UNIX_TIME = 253_402_300_799  # the last second datetime can hold


def parse_object(raw: bytes) -> JsonObject:
    """The JSON object in `raw`."""
    try:
        parsed: JsonValue = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise MalformedEvent("not JSON") from error
    return as_object(parsed, "body")


def as_object(value: JsonValue, name: str) -> JsonObject:
    if not isinstance(value, dict):
        raise MalformedEvent(f"{name} is not an object")
    return value


def text(source: JsonObject, name: str) -> str:
    value = source.get(name)
    if not isinstance(value, str) or not value or not value.isprintable():
        raise MalformedEvent(f"{name} is not a printable text")
    return value


def optional_text(source: JsonObject, name: str) -> str | None:
    return None if source.get(name) is None else text(source, name)


def amount(source: JsonObject, name: str) -> int:
    """An amount in minor units: a whole number, never negative, never a float or a boolean."""
    value = source.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MalformedEvent(f"{name} is not an amount in minor units")
    return value


def instant(source: JsonObject, name: str) -> datetime:
    """A unix time in seconds, as aware UTC."""
    value = source.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise MalformedEvent(f"{name} is not a unix time")
    if not 0 <= value <= _LATEST_UNIX_TIME:
        raise MalformedEvent(f"{name} is no time")
    return datetime.fromtimestamp(value, UTC)


def _refuse_constant(name: str) -> JsonValue:
    raise ValueError(f"{name} is not JSON")
