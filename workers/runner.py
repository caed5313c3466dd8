"""The bodies of all jobs: an application context and a fresh session each, ids and names only.

Exceptions are not caught here: a job that failed must look failed.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TypeVar

from flask import Flask

from app.platform import clock, doorbell
from app.platform.outbox.commands import Claimed, claim, finish, tell, tell_all
from app.platform.request_id import set_request_id

Result = TypeVar("Result")
BATCH = 10
"""Few at a time, so that the last of a batch is reached long before its lease ends."""
UP_TO = 50
ENOUGH = 15.0
"""Seconds: slow deliveries (pictures) must not outlive the job that makes them."""


def application() -> Flask:
    """The one application of this process, the web server's own."""
    from wsgi import app

    return app


def drain() -> int:
    """Deliver due deliveries, 50 or for 15 seconds; ring for another job when there may be more."""
    began, tried = time.monotonic(), 0
    while tried < UP_TO and time.monotonic() - began < ENOUGH:
        with _context():
            batch = claim(BATCH, now=clock.now())
        if not batch:
            return tried
        tell_all(batch, _told, _note)
        tried += len(batch)
    doorbell.ring()
    return tried


def _told(claimed: Claimed) -> bool:
    with _context():
        return tell(claimed)


def _note(told: Sequence[Claimed]) -> None:
    with _context():
        finish(told)


def run(verb: str) -> None:
    """Do one entry of the schedule: `package.module:function`, called without arguments."""
    module, _, function = verb.partition(":")
    with _context():
        getattr(import_module(module), function)()


def within_context(work: Callable[[], Result]) -> Result:
    """Do something beside the jobs as one of them would."""
    with _context():
        return work()


@contextmanager
def _context() -> Iterator[None]:
    with application().app_context():
        set_request_id(f"job-{secrets.token_hex(6)}")
        try:
            yield
        finally:
            set_request_id(None)
