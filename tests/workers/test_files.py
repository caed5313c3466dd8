"""Imports and exports of the counter are done beside the worker's jobs, one of each at a time."""

from __future__ import annotations

from threading import Event

import pytest

from app.catalog.commands.exporting import working as exporting
from app.catalog.commands.importing import working as importing
from workers import files


@pytest.mark.parametrize(
    ("working", "begin"),
    [(importing, files.begin_imports), (exporting, files.begin_exports)],
    ids=["imports", "exports"],
)
def test_what_waits_is_done_in_the_background_and_never_twice_at_once(
    job_app, monkeypatch, working, begin
):
    begun, may_end = Event(), Event()
    left = [True, False, False]

    def work():
        begun.set()
        assert may_end.wait(10)
        return left.pop(0)

    monkeypatch.setattr(working, "work", work)

    thread = begin()
    assert thread is not None
    assert begun.wait(10)
    again = begin()
    may_end.set()
    thread.join(10)

    assert again is None
    assert left == [False]
    following = begin()
    assert following is not None
    following.join(10)
    assert left == []
