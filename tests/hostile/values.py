"""What strangers type: everything a field was not made for, each value with its name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice
from typing import TypeVar

from tests.soaking import SOAK

Value = TypeVar("Value")

MARKUP = "\"'><script>vtr()</script><img src=x onerror=vtr()>{{7*191919}}${7*191919}"
"""Harmless only where it is escaped; closes an attribute, opens a script, may become 1343433."""

HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "oversized": b"x" * 10_000,
    "text": b"three",
    "negative": b"-1",
    "beyond 64 bits": b"9223372036854775808",
    "enormous": b"9" * 400,
    "exponent": b"1e9",
    "not a number": b"NaN",
    "other digits": "٣²①".encode(),
    "sql": b"' OR 1=1--",
    "markup": MARKUP.encode(),
    "climbing": b"../../../../etc/passwd",
    "nul": b"a\x00b",
    "invalid utf-8": b"\xff\xfe\xc3\x28",
    "new lines": b"a\r\nX-Vtr: 1\r\nSet-Cookie: vtr=1",
    "emoji and a turned text": "😀\u202e\u2066gpj.exe".encode(),
    "elsewhere": b"//vtr.example/\\vtr.example",
    "script address": b"javascript:vtr()",
}

SHORTER = {
    name: HOSTILE[name]
    for name in (
        "empty", "oversized", "beyond 64 bits", "not a number", "negative", "other digits",
        "markup", "nul", "invalid utf-8", "new lines", "elsewhere",
    )
}  # fmt: skip
"""Enough where every field of every form gets each of them."""

SHORTEST = {name: HOSTILE[name] for name in ("beyond 64 bits", "other digits", "markup", "nul")}

HEADERS: dict[str, dict[str, bytes]] = {
    "another host": {"Host": b"vtr.example"},
    "a broken host": {"Host": b"a b<script>:99999"},
    "no host": {"Host": b""},
    "forwarded": {
        "X_Forwarded_For": b"' OR 1=1--, <script>, 999.999.999.999",
        "X_Forwarded_Host": b"vtr.example",
        "X_Forwarded_Proto": b"javascript",
        "X_Original_Url": b"/admin/",
        "Forwarded": b"for=vtr;host=vtr.example",
    },
    "languages": {"Accept_Language": b"x" * 4000 + b";q=nan, *;q=-1, \xff, zh-\x00, ;;;q=1e9"},
    "accept": {
        "Accept": b"\xff/;q=x",
        "Accept_Encoding": b"\x00",
        "Accept_Charset": b"{{7*191919}}",
    },
    "htmx": {
        "Hx_Request": b"true",
        "Hx_Target": MARKUP.encode(),
        "Hx_Trigger": MARKUP.encode(),
        "Hx_Current_Url": b"javascript:vtr()",
        "Hx_Prompt": b"\xff\x00",
        "Hx_Request_Type": b"partial",
    },
    "htmx, otherwise": {
        "Hx_Request": b"true",
        "Hx_Request_Type": MARKUP.encode(),
        "Hx_Boosted": b"\xff",
        "Hx_History_Restore_Request": b"TRUE",
    },
    "conditions": {
        "Range": b"bytes=0-99999999999999999999999",
        "If_Range": b"\xff",
        "If_None_Match": b'W/"' + b"x" * 4000,
        "If_Modified_Since": b"Thu, 99 Foo 99999 99:99:99",
    },
    "names": {
        "X_Request_Id": b"a\r\nX-Vtr: 1",
        "Referer": MARKUP.encode(),
        "Origin": b"null",
        "User_Agent": b"\xff\x00{{7*191919}}",
        "Authorization": b"Bearer \xc3\xa9\xff",
    },
    "a body where none belongs": {"Content_Type": b"multipart/form-data", "Content_Length": b"NaN"},
}

SPOILT_COOKIES: dict[str, bytes] = {
    "empty": b"",
    "invalid utf-8": b"\xff\xfe",
    "oversized": b"a" * 4000,
    "signed by somebody else": b"eyJfdXNlcl9pZCI6MX0.x.y",
    "an open quotation": b'"\\',
    "nul": b"a\x00",
}

METHODS = dict.fromkeys(("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "vtr"))


def dealt(values: dict[str, Value], place: int, *, each: int) -> dict[str, Value]:
    """As a hand of cards: so many of the values for each of some neighbours, so that together they
    get all of them; in long runs everyone gets all.
    """
    if SOAK or each >= len(values):
        return values
    first = place * each % len(values)
    return dict(islice(cycle(values.items()), first, first + each))


ONE_IN = 6


def some(those: Sequence[Value], place: int) -> Sequence[Value]:
    """One in so many of them, others for each neighbour; all of them in long runs."""
    return those if SOAK else those[place % ONE_IN :: ONE_IN]
