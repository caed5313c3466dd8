"""A parcel's state is a function of the set of its events, however they arrive."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.fulfilment import tracking
from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.carriers.kuaidi100 import Kuaidi100Carrier
from app.fulfilment.carriers.rehearsal import Callback, kuaidi100_push, standard_callback
from app.fulfilment.carriers.standard import StandardCarrier
from app.platform.i18n import speaking

DATA = Path(__file__).parent.parent / "data" / "tracking_histories.json"
HISTORIES = json.loads(DATA.read_text("utf-8"))["histories"]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SALT = "a-salt-of-the-tests"
SECRET = "whsec_dGhlLXRlc3RzLW93bi0yNC1ieXRlLXNlY3JldA=="
each_history = pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history["name"])


def test_there_are_more_than_thirty_histories_in_two_languages():
    assert len(HISTORIES) >= 30
    assert {history["format"] for history in HISTORIES} == {"kuaidi100", "standard"}
    assert len({history["number"] for history in HISTORIES}) == len(HISTORIES)


@each_history
def test_the_history_ends_where_it_should(history):
    lines = history["events"]

    summary = tracking.fold(events_of(history))

    expected = history["expect"]
    assert summary.state == TrackingStatus(expected["state"])
    assert summary.out_for_delivery_at == instant_at(lines, expected["out_for_delivery"])
    assert summary.delivered_at == instant_at(lines, expected["delivered"])
    found_exception = summary.exception and summary.exception.occurred_at
    assert found_exception == instant_at(lines, expected["exception"])
    assert len(summary.timeline) == len(lines)


@each_history
def test_every_order_of_arrival_gives_the_same(history):
    events = events_of(history)
    expected = tracking.fold(events)

    for order in itertools.permutations(events):
        assert tracking.fold(order) == expected


@each_history
@given(data=st.data())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_repeats_and_merges_change_nothing(history, data):
    """Callbacks hold any part of the history, repeat it, and are merged in two heaps."""
    events = events_of(history)
    heap, other = (
        data.draw(st.lists(st.sampled_from(events), max_size=12)),
        data.draw(st.lists(st.sampled_from(events), max_size=12)),
    )
    everything = data.draw(st.permutations([*events, *heap, *other]))

    assert tracking.fold(everything) == tracking.fold(events)
    merged = [*tracking.distinct(heap), *tracking.distinct(other)]
    assert tracking.fold(merged) == tracking.fold([*other, *heap])


@each_history
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_callbacks_through_the_carriers_form_end_where_the_history_ends(history, data):
    """Full lists as Kuaidi100 pushes them, increments as others do; shuffled and repeated."""
    callbacks = callbacks_of(history)
    arrived = data.draw(
        st.permutations(callbacks + data.draw(st.lists(st.sampled_from(callbacks))))
    )
    kept: dict[str, TrackingEvent] = {}

    for callback in arrived:
        for event in read(history, callback):
            kept.setdefault(tracking.digest(event), event)

    assert tracking.fold(kept.values()) == tracking.fold(events_of(history))


def any_events() -> st.SearchStrategy[list[TrackingEvent]]:
    minutes = st.integers(0, 6).map(lambda minute: NOON + timedelta(minutes=minute))
    event = st.builds(
        TrackingEvent,
        carrier=st.just("sf"),
        tracking_number=st.just("SF0001"),
        occurred_at=minutes,
        status=st.sampled_from(TrackingStatus),
        code=st.sampled_from(["", "", "31", "80"]),
        text=st.sampled_from(["", "Scanned", "已扫描"]),
        location=st.sampled_from(["", "Hangzhou"]),
    )
    return st.lists(event, max_size=9)


@given(events=any_events(), data=st.data())
def test_any_set_of_events_folds_alike_in_any_order(events, data):
    shuffled = data.draw(st.permutations(events + events[:3]))

    assert tracking.fold(shuffled) == tracking.fold(events)


@given(events=any_events(), more=any_events())
def test_folding_what_was_kept_equals_folding_everything(events, more):
    kept = tracking.distinct(events)

    assert tracking.fold([*kept, *more]) == tracking.fold([*events, *more])
    assert tracking.distinct(kept) == kept


@given(events=any_events(), late=any_events())
def test_stray_moves_never_take_back_an_ending(events, late):
    before = tracking.fold(events)
    outward = {
        status
        for status in TrackingStatus
        if tracking.RANK[status] <= tracking.RANK[TrackingStatus.EXCEPTION]
    }
    strays = [
        replace(event, occurred_at=event.occurred_at + timedelta(days=1))
        for event in late
        if event.status in outward
    ]

    after = tracking.fold([*events, *strays])

    endings = set(TrackingStatus) - outward
    if before.state in endings:
        assert after.state == before.state
    assert after.delivered_at == before.delivered_at
    assert after.returned_at == before.returned_at


def test_nothing_known_is_not_a_state():
    assert tracking.fold([]) == tracking.TrackingSummary()


def test_instants_are_of_the_first_time_it_was_so():
    """The mail “out for delivery” goes out once, however many mornings the courier tries."""
    days = ["out_for_delivery", "in_transit", "out_for_delivery", "delivered", "returned"]
    events = [
        replace(event(status), occurred_at=NOON + timedelta(days=day))
        for day, status in enumerate(days)
    ]

    summary = tracking.fold(events)

    assert summary.out_for_delivery_at == NOON
    assert summary.delivered_at == NOON + timedelta(days=3)
    assert summary.returned_at == NOON + timedelta(days=4)
    assert summary.latest_event == events[-1]


def test_a_line_gains_its_code_without_being_listed_twice():
    """Without resultv2 only the newest line has a status, and loses it to the next line."""
    signed = event("delivered", code="3", text="已签收")
    same_line_later = replace(signed, status=TrackingStatus.IN_TRANSIT, code="")

    summary = tracking.fold([same_line_later, signed])

    assert summary.state is TrackingStatus.DELIVERED
    assert summary.timeline == (signed,)


def test_two_wordless_lines_of_one_second_are_both_listed():
    both = [event("label_created"), event("collected", code="50")]

    assert len(tracking.fold(both).timeline) == 2


def test_the_identity_ignores_spaces_and_zone_but_not_words():
    first = event("in_transit", text="Left  the hub")
    elsewhere = first.occurred_at.astimezone(timezone(timedelta(hours=8)))

    assert tracking.digest(first) == tracking.digest(replace(first, text=" Left the hub "))
    assert tracking.digest(first) == tracking.digest(replace(first, occurred_at=elsewhere))
    assert tracking.digest(first) != tracking.digest(replace(first, text="Left the town"))
    assert tracking.digest(first) != tracking.digest(replace(first, code="31"))
    assert tracking.digest(first) != tracking.digest(replace(first, tracking_number="SF0002"))
    assert tracking.digest(first) != tracking.digest(replace(first, carrier="zto"))


def test_an_event_needs_a_zone():
    with pytest.raises(ValueError, match="aware"):
        replace(event("delivered"), occurred_at=datetime(2026, 3, 1, 12))  # noqa: DTZ001


@pytest.mark.parametrize("status", TrackingStatus)
def test_every_status_has_a_label_in_both_languages(status):
    english = str(tracking.LABELS[status])

    with speaking("zh-Hans"):
        chinese = str(tracking.LABELS[status])

    assert english.isascii()
    assert not chinese.isascii()


def event(status: str, *, code: str = "", text: str = "") -> TrackingEvent:
    return TrackingEvent("sf", "SF0001", NOON, TrackingStatus(status), code=code, text=text)


def events_of(history) -> list[TrackingEvent]:
    """The history's events, read from one genuine callback that holds all of it."""
    return list(read(history, callbacks_of(history)[-1]))


def callbacks_of(history) -> list[Callback]:
    """What the carrier would send as the parcel goes; the last holds the whole history."""
    written = [written_event(history, line) for line in history["events"]]
    parts = [written[:end] for end in range(1, len(written) + 1)]
    if history["format"] == "kuaidi100":
        return [kuaidi100_push(SALT, part) for part in parts]
    increments = [[one] for one in written] + [written]
    return [
        standard_callback(SECRET, f"msg_{index}", part, now=NOON)
        for index, part in enumerate(increments)
    ]


def read(history, callback: Callback) -> tuple[TrackingEvent, ...]:
    if history["format"] == "kuaidi100":
        return Kuaidi100Carrier(SALT).read(callback.headers, callback.body).events
    return StandardCarrier(SECRET).read(callback.headers, callback.body).events


def written_event(history, line) -> TrackingEvent:
    when, word, text, place = line
    coded = history["format"] == "kuaidi100"
    return TrackingEvent(
        carrier=history["carrier"],
        tracking_number=history["number"],
        occurred_at=instant(when),
        status=TrackingStatus.IN_TRANSIT if coded else TrackingStatus(word),
        code=word if coded else "",
        text=text,
        location=place,
    )


def instant(text: str) -> datetime:
    zoned = text if "T" in text else text.replace(" ", "T") + "+08:00"
    return datetime.fromisoformat(zoned).astimezone(UTC)


def instant_at(lines, index: int | None) -> datetime | None:
    return None if index is None else instant(lines[index][0])
