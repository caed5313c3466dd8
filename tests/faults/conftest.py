"""The shop with a line to its database that can be cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.platform.db import db
from tests.faults.lines import database_line
from tests.servers.fault_proxy import FaultProxy
from tests.servers.stage import Stage


@pytest.fixture
def line(
    postgresql_stage: Stage, make_app: Callable[..., Flask], app: Flask
) -> Iterator[tuple[FaultProxy, Flask]]:
    """The shop, and the line to its database; what it logs of its losses is left out."""
    with database_line(postgresql_stage.settings.database_url) as (proxy, url):
        made = make_app(database_url=url, log_level="CRITICAL")
        with made.app_context():
            yield proxy, made
            db.session.remove()
            db.engine.dispose()
