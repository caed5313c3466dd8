"""The operator's command line."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context

import pytest
from click.testing import Result
from flask import Flask

from app.platform.db import db

Shop = Callable[..., Result]


@pytest.fixture
def shop(app: Flask) -> Shop:
    """`shop("doctor")`, run outside of the test's context as a process of its own is."""

    def run(*words: str, typed: str | None = None, by: Flask = app) -> Result:
        db.session.rollback()
        invoke = by.test_cli_runner().invoke
        return Context().run(invoke, args=["shop", *words], input=typed)

    return run
