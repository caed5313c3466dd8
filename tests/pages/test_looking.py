"""The connections that look whether content is as it was end with whoever used them."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from flask import Flask

from app.platform.content.holding import Lookout
from app.platform.db import db


def test_a_thread_that_ends_takes_its_connection_along(app: Flask) -> None:
    lookout = Lookout(db.engine)
    used: list[Any] = []

    def look() -> None:
        assert lookout.sum_of(("text",)) is not None
        used.append(lookout._mine.seen.connection)

    thread = Thread(target=look)
    thread.start()
    thread.join()

    [connection] = used
    with pytest.raises(db.engine.dialect.loaded_dbapi.Error):
        connection.execute("SELECT 1")
