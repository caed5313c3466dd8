"""The stage every test shares: clean databases, a shop, a visitor, a clock that stands still.

Nothing starts before a test asks for it. A test that asks for a database runs once on SQLite and
once on PostgreSQL.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextvars import Context
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings as hypothesis_settings

from tests.compiling import compile_once
from tests.sequence import in_sequence
from tests.soaking import SOAK, waiting

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from flask_sqlalchemy.session import Session
    from sqlalchemy.orm import scoped_session

    from app.config import Settings
    from tests.servers.stage import Stage

pytest_plugins = (
    "tests.servers.chromium",
    "tests.servers.passwords",
    "tests.servers.postgres",
    "tests.servers.sandbox",
    "tests.servers.smtp",
    "tests.servers.stage",
    "tests.servers.valkey",
    "tests.servers.web",
)

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai, where the shop's clock of the tests stands."""

# A busy machine is slow, not wrong. The usual run tries the same examples every time, so that it
# fails for what was changed; `make test ARGS=--hypothesis-profile=thorough` looks for new ones.
hypothesis_settings.register_profile("vitrine", deadline=None, derandomize=True, max_examples=50)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=1000)
hypothesis_settings.load_profile("vitrine")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are processors: some test always waits for a browser or a process."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Before the processes of the run begin."""
    compile_once(config)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whatever asks for the browser is a browser test."""
    if "browser" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is for long runs waits for one; the others come in the order of `tests/sequence.py`."""
    left = [] if SOAK else waiting(items)
    if left:
        config.hook.pytest_deselected(items=left)
        others = set(left)
        items[:] = [item for item in items if item not in others]
    items[:] = in_sequence(items)


@pytest.fixture(params=["sqlite", "postgresql"])
def stage(request: pytest.FixtureRequest) -> Stage:
    """The application on a clean database of either kind."""
    stage: Stage = request.getfixturevalue(f"{request.param}_stage")
    stage.clear()
    return stage


@pytest.fixture
def database_url(stage: Stage) -> str:
    """A clean, migrated database; the test runs once on SQLite and once on PostgreSQL."""
    return stage.settings.database_url


@pytest.fixture
def settings(stage: Stage) -> Settings:
    return stage.settings


@pytest.fixture
def environment(stage: Stage) -> Mapping[str, str]:
    """The variables under which a child process serves the same shop as this one."""
    return stage.environment


@pytest.fixture
def app(stage: Stage) -> Iterator[Flask]:
    """The shop on a clean database, with its application context pushed."""
    with stage.app.app_context():
        yield stage.app


@pytest.fixture
def make_app(stage: Stage, templates: Path) -> Iterator[Callable[..., Flask]]:
    """A second shop on the same database with other settings: `make_app(smtp_url=smtp.url)`."""
    from app.factory import create_app
    from app.platform.db import db
    from app.platform.web.limits import limiter
    from tests.servers.stage import hasten

    made: list[Flask] = []

    def make(**changes: Any) -> Flask:
        # The process has one limiter, which would hold the new server for as dead as the last.
        limiter._storage_dead = False
        made.append(hasten(create_app(replace(stage.settings, **changes)), templates))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def db_session(app: Flask) -> scoped_session[Session]:
    """The session of the pushed context; writing still needs a command."""
    from app.platform.db import db

    return db.session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor whose forms come from our own pages; each request is a world of its own."""
    return visitor(app)


@pytest.fixture
def visit(app: Flask) -> Callable[[], FlaskClient]:
    """Another visitor on each call, when one is not enough."""
    return lambda: visitor(app)


def visitor(app: Flask) -> FlaskClient:
    """A test client for a shop of the tests."""
    from flask.testing import FlaskClient

    from app.platform.configuration import settings
    from app.platform.db import db

    class Visitor(FlaskClient):
        """Keeps the test's context out of the requests, and stale reads out of the test."""

        def open(self, *args: Any, **kwargs: Any) -> Any:
            if args and isinstance(args[0], str):
                kwargs.setdefault("base_url", settings().public_url)
            db.session.rollback()
            try:
                return Context().run(super().open, *args, **kwargs)
            finally:
                db.session.rollback()

    client = Visitor(app, app.response_class, use_cookies=True)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


@dataclass
class StoppedClock:
    """The shop's clock, moved only by the test."""

    _advance: Callable[[timedelta], None]

    @property
    def now(self) -> datetime:
        from app.platform import clock

        return clock.now()

    def advance(self, **by: float) -> None:
        """`clock.advance(minutes=15)`"""
        self._advance(timedelta(**by))


@pytest.fixture
def clock() -> Iterator[StoppedClock]:
    """Time stands still at MONDAY, in this process, until the test moves it."""
    from app.platform.clock import stopped_at

    with stopped_at(MONDAY) as advance:
        yield StoppedClock(advance)
