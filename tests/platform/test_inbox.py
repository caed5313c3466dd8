"""Inbound callbacks: stored once, and what was refused kept within bounds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.inbox import commands as inbox
from app.platform.inbox import queries
from app.platform.inbox.models import InboundEvent, InboundState
from app.platform.inbox.retention import forget_bodies
from tests.conftest import MONDAY, StoppedClock
from tests.platform.together import together

CARRIER = "logistics/standard"
HEADERS = {
    "Webhook-Id": "msg_1",
    "Content-Type": "application/json",
    "Authorization": "Bearer secret",
    "Cookie": "session=secret",
    "X-Forwarded-For": "203.0.113.7",
}


def store(event_id: str = "msg_1", *, source: str = CARRIER, body: bytes = b"{}") -> int | None:
    return inbox.store(source, event_id, headers=HEADERS, body=body, now=MONDAY)


def reject(
    body: bytes, *, hours: float = 0, source: str = CARRIER, reason: str = "bad signature"
) -> None:
    now = MONDAY + timedelta(hours=hours)
    inbox.keep_rejected(source, reason, headers=HEADERS, body=body, now=now)


def events() -> list[InboundEvent]:
    statement = select(InboundEvent).order_by(InboundEvent.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def test_a_callback_is_stored_raw(app: Flask) -> None:
    event_id = store(body=b"\x00\xff not even text")

    assert event_id is not None
    event = queries.get(event_id)
    assert event.body == b"\x00\xff not even text"
    assert (event.state, event.received_at) == (InboundState.STORED, MONDAY)


def test_only_headers_worth_keeping_are_kept(app: Flask) -> None:
    store()

    assert events()[0].headers == {"webhook-id": "msg_1", "content-type": "application/json"}


def test_the_same_event_is_stored_once_and_counted(app: Flask) -> None:
    first = store(body=b"first")

    assert [store(body=b"again"), store(body=b"again")] == [None, None]

    [event] = events()
    assert (event.id, event.body, event.repeats) == (first, b"first", 2)


def test_two_senders_may_use_the_same_id(app: Flask) -> None:
    assert store() != store(source="payments/sandbox")
    assert len(events()) == 2


def test_the_same_event_at_once_is_stored_by_one(app: Flask) -> None:
    outcomes = together(app, [store] * 8)

    assert sum(outcome is not None for outcome in outcomes) == 1
    [event] = events()
    assert event.repeats == 7


def test_what_was_refused_is_kept_with_its_reason(app: Flask) -> None:
    reject(b"forged")

    [event] = events()
    assert (event.state, event.reason, event.body) == ("rejected", "bad signature", b"forged")


def test_of_a_body_that_is_too_large_the_beginning_is_kept_and_of_others_all(app: Flask) -> None:
    forged = b"x" * inbox.MAX_BODY
    huge = forged + b"x"

    reject(forged)
    reject(huge, reason=inbox.TOO_LARGE)

    assert [event.body for event in events()] == [forged, huge[: inbox.KEPT_OF_TOO_LARGE]]


def test_the_same_refused_bytes_are_counted_within_the_hour(app: Flask) -> None:
    reject(b"forged")
    reject(b"forged", hours=0.5)
    reject(b"forged", hours=1.1)
    reject(b"other")

    assert [(event.body, event.repeats) for event in events()] == [
        (b"forged", 1),
        (b"forged", 0),
        (b"other", 0),
    ]


def test_of_each_sender_only_the_newest_refused_are_kept(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "KEPT_REJECTED", 3)
    genuine = store()
    reject(b"from elsewhere", source="payments/sandbox")

    for number in range(5):
        reject(b"forged %d" % number)

    kept = [event.body for event in events() if event.id != genuine]
    assert kept == [b"from elsewhere", b"forged 2", b"forged 3", b"forged 4"]
    assert queries.counts()["stored"] == 1


def test_a_forged_event_does_not_take_the_place_of_the_genuine_one(app: Flask) -> None:
    reject(b"{}")

    assert store() is not None


def test_what_came_of_it_is_noted(app: Flask) -> None:
    event_id = store()
    assert event_id is not None

    inbox.mark(event_id, InboundState.FAILED, now=MONDAY, reason="no such parcel")
    assert (events()[0].state, events()[0].applied_at) == (InboundState.FAILED, None)
    inbox.mark(event_id, InboundState.APPLIED, now=MONDAY)

    [event] = events()
    assert (event.state, event.reason, event.applied_at) == (InboundState.APPLIED, None, MONDAY)


def test_what_an_applied_one_said_is_forgotten_after_half_a_year(
    app: Flask, clock: StoppedClock
) -> None:
    ids = [store(f"msg_{number}", body=b"name and phone") for number in range(3)]
    reject(b"forged")
    for event_id in ids[:2]:
        inbox.mark(int(event_id or 0), InboundState.APPLIED, now=MONDAY)
    clock.advance(days=183)
    assert forget_bodies() == 0

    clock.advance(days=2)
    assert forget_bodies(limit=1) == 2

    applied, also_applied, stored, refused = events()
    assert (applied.body, applied.headers, also_applied.body) == (b"", {}, b"")
    assert (applied.state, applied.applied_at) == (InboundState.APPLIED, MONDAY)
    assert (applied.is_forgotten, stored.is_forgotten, refused.is_forgotten) == (True, False, False)
    assert (stored.body, refused.body) == (b"name and phone", b"forged")
    assert store("msg_0", body=b"again") is None
    assert events()[0].body == b""


def test_the_list_is_newest_first_and_goes_on_from_the_last_seen(app: Flask) -> None:
    ids = [store(f"msg_{number}") for number in range(5)]
    reject(b"forged")

    first = queries.page(state="stored", limit=2)
    assert [event.id for event in first] == [ids[4], ids[3]]
    assert [event.id for event in queries.page(state="stored", before=ids[3])] == ids[2::-1]
    assert len(queries.page(source="payments/sandbox")) == 0
    assert len(queries.page()) == 6


def test_every_state_is_counted(app: Flask) -> None:
    store()
    reject(b"forged")

    assert queries.counts() == {
        "stored": 1,
        "applied": 0,
        "unmatched": 0,
        "failed": 0,
        "rejected": 1,
    }


def test_an_event_that_is_not_there_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        queries.get(404)
