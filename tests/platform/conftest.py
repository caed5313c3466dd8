"""A registry of listeners that knows only those of the test."""

from __future__ import annotations

import pytest
from flask import Flask

from app.platform import facts
from app.platform.outbox import commands as outbox


@pytest.fixture
def listeners(app: Flask, monkeypatch: pytest.MonkeyPatch) -> facts.Registry:
    """`listeners.register([on(Fact, handler)])`; the shop's own hear nothing meanwhile.

    The shop is there already: one that was put together meanwhile would fill the wrong registry.
    """
    registry = facts.Registry()
    monkeypatch.setattr(facts, "registry", registry)
    monkeypatch.setattr(outbox, "registry", registry)
    return registry
