"""What the shop writes to its log."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO

import pytest
from flask import Flask

from app.config import Settings
from app.platform.web import logs

Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def written_lines(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Lines]:
    """What the shop has written to its log since, line by line."""
    stream = StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        logs.configure(replace(settings, log_format="json"))
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logs.configure(settings)
