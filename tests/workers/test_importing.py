"""Imports of the counter are done beside the worker's jobs, one at a time."""

from __future__ import annotations

from threading import Event

from app.catalog.commands.importing import working
from workers import importing


def test_what_waits_is_done_in_the_background_and_never_twice_at_once(job_app, monkeypatch):
    begun, may_end = Event(), Event()
    left = [True, False, False]

    def work():
        begun.set()
        assert may_end.wait(10)
        return left.pop(0)

    monkeypatch.setattr(working, "work", work)

    thread = importing.begin()
    assert thread is not None
    assert begun.wait(10)
    again = importing.begin()
    may_end.set()
    thread.join(10)

    assert again is None
    assert left == [False]
    following = importing.begin()
    assert following is not None
    following.join(10)
    assert left == []
