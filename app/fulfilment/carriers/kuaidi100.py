"""Pushes of Kuaidi100 (快递100), the aggregator that watches nearly every Chinese carrier.

Format: api.kuaidi100.com, “快递订阅推送”. A push is `application/x-www-form-urlencoded` with two
fields: `param`, a JSON text, and `sign`, the MD5 of `param + salt` in hexadecimal (upper case in
their SDK, read in either). `param.lastResult` names the carrier (`com`), the number (`nu`) and in
`data` the **whole** history, newest line first, in China Standard Time without a zone.
`param.destResult` is the same for the country of arrival. Subscribe with `resultv2=4`, so that
every line has its `statusCode`; without it only the newest line's status is known, from
`lastResult.state`.

The push has no name and no time of its own: its name here is a hash of `param`, so that the same
push is the same event, and a replay can only repeat what the fold over all events ignores. Whatever
is not answered with `"result":true` comes again after 30 minutes, three times in all.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl

from app.fulfilment.carriers import fields
from app.fulfilment.carriers.base import (
    BadSignature,
    InboundBatch,
    Malformed,
    Reply,
    TrackingEvent,
    TrackingStatus,
)
from app.fulfilment.carriers.kuaidi100_states import CODE_OF_NAME, status_of
from app.platform.i18n import lazy_gettext as _

CHINA = timezone(timedelta(hours=8), "CST")
MOST_FORM_FIELDS = 10


class Kuaidi100Carrier:
    """Reads pushes signed with the salt that was given when subscribing."""

    name = "kuaidi100"

    def __init__(self, *salts: str) -> None:
        """Two while one is replaced."""
        if not all(salts) or not salts:
            raise ValueError("with an empty salt anybody can sign")
        self._salts = salts

    def verify(self, headers: Mapping[str, str], raw_body: bytes, now: datetime) -> None:  # noqa: ARG002
        """BadSignature unless `sign` is MD5(param + salt); there is no time in a push to check."""
        form = _form(raw_body)
        given = form.get("sign", "").lower()
        expected = [sign(form["param"], salt).lower().encode() for salt in self._salts]
        if not any(hmac.compare_digest(given.encode(), one) for one in expected):
            raise BadSignature

    def read(self, headers: Mapping[str, str], raw_body: bytes) -> InboundBatch:  # noqa: ARG002
        """Every line of the push as an event, oldest first; Malformed names what is wrong."""
        text = _form(raw_body)["param"]
        param = fields.json_object(text, "param")
        results = [fields.object_field(param, "lastResult")]
        if isinstance(param.get("destResult"), dict):
            results.append(fields.object_field(param, "destResult"))
        carrier = fields.carrier_word(results[0], "com")
        number = fields.tracking_number(results[0], "nu")
        events = [event for result in results for event in _events(result, carrier, number)]
        return InboundBatch(hashlib.sha256(text.encode()).hexdigest(), tuple(events), _note(param))

    def acknowledge(self, *, ok: bool) -> Reply:
        """The JSON it looks for; with `"result":false` the push comes again."""
        if ok:
            body = '{"result":true,"returnCode":"200","message":"成功"}'
            return Reply(body, 200, "application/json")
        return Reply(
            '{"result":false,"returnCode":"500","message":"失败"}', 500, "application/json"
        )


def sign(param: str, salt: str) -> str:
    """The `sign` of a push, in capitals as their SDK writes it."""
    # Their choice of hash; a push can at worst repeat what is already known.
    return hashlib.md5((param + salt).encode(), usedforsecurity=False).hexdigest().upper()


def _form(raw_body: bytes) -> dict[str, str]:
    """The form's fields; Malformed unless there is exactly one `param`."""
    try:
        pairs = parse_qsl(
            raw_body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=MOST_FORM_FIELDS,
        )
    except ValueError as error:
        raise Malformed(_("The body is not a form.")) from error
    form = dict(pairs)
    if len(form) < len(pairs):
        raise Malformed(_("A field of the form is given twice."))
    if not form.get("param"):
        raise Malformed(_("“%(field)s” is missing.", field="param"))
    return form


def _events(result: fields.JsonObject, carrier: str, number: str) -> list[TrackingEvent]:
    lines = fields.object_list(result, "data")
    codes = [_code(line) for line in lines]
    if codes and not codes[0]:
        codes[0] = fields.optional_text(result, "state")
    return [
        TrackingEvent(
            carrier=carrier,
            tracking_number=number,
            occurred_at=_instant(line),
            status=status_of(code) if code else TrackingStatus.IN_TRANSIT,
            code=code,
            text=fields.required_text(line, "context"),
            location=_place(line),
        )
        for line, code in reversed(list(zip(lines, codes, strict=True)))
    ]


def _code(line: fields.JsonObject) -> str:
    """The line's `statusCode` (resultv2=4), else its `status` name's (resultv2=1), else empty."""
    code = fields.optional_text(line, "statusCode")
    return code or CODE_OF_NAME.get(fields.optional_text(line, "status"), "")


def _instant(line: fields.JsonObject) -> datetime:
    name = "ftime" if line.get("ftime") else "time"
    text = fields.required_text(line, name)
    try:
        local = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError as error:
        example = "2026-03-01 18:05:00"
        message = _("“%(field)s” is not a time such as %(example)s.", field=name, example=example)
        raise Malformed(message) from error
    return fields.plausible(local if local.tzinfo else local.replace(tzinfo=CHINA), name)


def _place(line: fields.JsonObject) -> str:
    return fields.optional_text(line, "location") or fields.optional_text(line, "areaName").replace(
        ",", ""
    )


def _note(param: fields.JsonObject) -> str:
    """Why the watching ended without a delivery, which staff need to know; else empty."""
    if fields.optional_text(param, "status") != "abort":
        return ""
    return f"abort: {fields.optional_text(param, 'message')}"
