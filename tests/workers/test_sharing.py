"""What is loaded before the shop's processes are forked is in memory once."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from sqlalchemy import QueuePool, event

from app.platform.db import db
from app.search.tokens import terms
from tests.soaking import on_sqlite
from workers.launching import CAN_FORK
from workers.sharing import make_shareable

DICTIONARY_KB = 25_000
pytestmark = pytest.mark.skipif(not CAN_FORK, reason="memory is looked up in /proc")


@pytest.fixture
def unfrozen() -> Iterator[None]:
    """The run of the tests has set apart what it loaded, too."""
    gc.unfreeze()
    yield
    gc.collect()
    gc.freeze()


def own_kilobytes_after(act: Callable[[], object]) -> int:
    """Of a fork of this process that did something: what it does not share any more."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        act()
        lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
        own = next(line.split()[1] for line in lines if line.startswith("Private_Dirty"))
        os.write(writing, own.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        own = told.read()
    os.waitpid(child, 0)
    return int(own)


@on_sqlite
def test_looking_for_garbage_copies_nothing_that_was_there_before(
    app: Flask, unfrozen: None
) -> None:
    before = own_kilobytes_after(gc.collect)

    make_shareable(app)

    assert own_kilobytes_after(gc.collect) < before / 2


@on_sqlite
def test_who_comes_first_waits_for_no_template(app: Flask, unfrozen: None) -> None:
    make_shareable(app)

    loaded = {name for _loader, name in app.jinja_env.cache or ()}
    assert {"layouts/base.html", "storefront/product.html", "checkout/checkout.html"} <= loaded


@on_sqlite
def test_the_dictionary_is_in_memory_once(app: Flask, unfrozen: None) -> None:
    make_shareable(app)

    before = own_kilobytes_after(lambda: None)
    assert own_kilobytes_after(lambda: terms("复古连衣裙")) < before + DICTIONARY_KB / 2


def test_processes_inherit_no_connection_of_the_pages_made_before(
    app: Flask, unfrozen: None
) -> None:
    asked: list[str] = []

    def listen(*told: Any) -> None:
        asked.append(told[2])

    event.listen(db.engine, "before_cursor_execute", listen)
    make_shareable(app)
    event.remove(db.engine, "before_cursor_execute", listen)

    assert asked
    assert cast("QueuePool", db.engine.pool).checkedin() == 0
