"""Compose genuine, signed callbacks as a carrier sends them: for tests and for playing a parcel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from app.fulfilment.carriers import kuaidi100, standard
from app.fulfilment.carriers.base import TrackingEvent
from app.fulfilment.carriers.kuaidi100_states import STATES


@dataclass(frozen=True)
class Callback:
    """What to POST."""

    headers: dict[str, str]
    body: bytes


def standard_callback(
    secret: str, message_id: str, events: Sequence[TrackingEvent], *, now: datetime
) -> Callback:
    """A `tracking.updated` message about one parcel; `events` are all of it or only what is new."""
    first = events[0]
    body = {
        "type": standard.TRACKING_UPDATED,
        "timestamp": now.isoformat(),
        "data": {
            "carrier": first.carrier,
            "tracking_number": first.tracking_number,
            "order_reference": first.order_reference,
            "events": [
                {
                    "occurred_at": event.occurred_at.isoformat(),
                    "status": event.status.value,
                    "code": event.code,
                    "text": event.text,
                    "location": event.location,
                }
                for event in events
            ],
        },
    }
    raw_body = json.dumps(body, ensure_ascii=False).encode()
    headers = standard.sign(secret, message_id, now, raw_body)
    return Callback({"content-type": "application/json", **headers}, raw_body)


def kuaidi100_push(salt: str, events: Sequence[TrackingEvent]) -> Callback:
    """A push of one parcel's whole history; each event's `code` is one of Kuaidi100's."""
    newest_first = sorted(events, key=lambda event: event.occurred_at, reverse=True)
    latest = newest_first[0]
    delivered = latest.code.startswith("3")
    param = {
        "status": "shutdown" if delivered else "polling",
        "billstatus": "check" if delivered else "got",
        "message": "",
        "autoCheck": "0",
        "comOld": "",
        "comNew": "",
        "lastResult": {
            "message": "ok",
            "state": latest.code,
            "status": "200",
            "condition": "F00",
            "ischeck": "1" if delivered else "0",
            "com": latest.carrier,
            "nu": latest.tracking_number,
            "data": [_line(event) for event in newest_first],
        },
    }
    return signed_push(salt, json.dumps(param, ensure_ascii=False, separators=(",", ":")))


def signed_push(salt: str, param: str) -> Callback:
    """The form that carries `param` and its signature."""
    form = urlencode({"sign": kuaidi100.sign(param, salt), "param": param})
    return Callback({"content-type": "application/x-www-form-urlencoded"}, form.encode())


def _line(event: TrackingEvent) -> dict[str, str | None]:
    local = event.occurred_at.astimezone(kuaidi100.CHINA).strftime("%Y-%m-%d %H:%M:%S")
    return {
        "time": local,
        "context": event.text,
        "ftime": local,
        "areaCode": None,
        "areaName": event.location or None,
        "status": STATES[event.code][0],
        "location": "",
        "areaCenter": None,
        "areaPinYin": None,
        "statusCode": event.code,
    }
