"""Read single fields of a carrier's JSON; what is not as documented becomes `Malformed` by name."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import NoReturn, TypeAlias

from app.fulfilment.carriers.base import Malformed
from app.platform.i18n import lazy_gettext as _

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
JsonObject: TypeAlias = "dict[str, JsonValue]"

MAX_EVENTS = 500
MAX_TEXT = 500
FIRST_YEAR, LAST_YEAR = 2000, 2100
NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{3,39}")
# PostgreSQL refuses NUL, and no encoder takes half a surrogate pair; neither says anything.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def json_object(text: str | bytes, name: str) -> JsonObject:
    """The JSON object in `text`; anything else is Malformed."""
    try:
        found: JsonValue = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Malformed(_("“%(field)s” is not valid JSON.", field=name)) from error
    if not isinstance(found, dict):
        raise Malformed(_("“%(field)s” must be an object.", field=name))
    return found


def object_field(holder: JsonObject, name: str) -> JsonObject:
    found = present(holder, name)
    if not isinstance(found, dict):
        raise Malformed(_("“%(field)s” must be an object.", field=name))
    return found


def object_list(holder: JsonObject, name: str) -> list[JsonObject]:
    """A list of objects, empty when the field is missing or null; at most MAX_EVENTS long."""
    found = holder.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise Malformed(_("“%(field)s” must be a list.", field=name))
    if len(found) > MAX_EVENTS:
        raise Malformed(
            _("“%(field)s” holds more than %(most)s entries.", field=name, most=MAX_EVENTS)
        )
    objects = [entry for entry in found if isinstance(entry, dict)]
    if len(objects) < len(found):
        raise Malformed(_("Every entry of “%(field)s” must be an object.", field=name))
    return objects


def required_text(holder: JsonObject, name: str) -> str:
    text = optional_text(holder, name)
    if not text:
        present(holder, name)
        raise Malformed(_("“%(field)s” is empty.", field=name))
    return text


def optional_text(holder: JsonObject, name: str) -> str:
    """One printable line of at most MAX_TEXT characters, empty when missing; 5 is read as "5"."""
    found = holder.get(name)
    if found is None:
        return ""
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise Malformed(_("“%(field)s” must be text.", field=name))
    return " ".join(UNPRINTABLE.sub(" ", str(found)).split())[:MAX_TEXT]


def tracking_number(holder: JsonObject, name: str) -> str:
    """A tracking number in capitals: 4 to 40 letters, digits and hyphens."""
    number = required_text(holder, name).replace(" ", "").upper()
    if not NUMBER.fullmatch(number):
        raise Malformed(_("“%(field)s” is not a tracking number.", field=name))
    return number


def carrier_word(holder: JsonObject, name: str) -> str:
    """A carrier's short name in small letters, such as `shunfeng`."""
    word = required_text(holder, name).lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", word):
        raise Malformed(_("“%(field)s” is not a carrier's name.", field=name))
    return word


def plausible(instant: datetime, name: str) -> datetime:
    """The instant itself; Malformed outside this century, so that every zone stays in range."""
    if not FIRST_YEAR <= instant.year < LAST_YEAR:
        raise Malformed(_("“%(field)s” is not in this century.", field=name))
    return instant


def present(holder: JsonObject, name: str) -> JsonValue:
    found = holder.get(name)
    if found is None:
        raise Malformed(_("“%(field)s” is missing.", field=name))
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
