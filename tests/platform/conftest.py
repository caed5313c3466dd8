"""A registry of listeners that knows only those of the test."""

from __future__ import annotations

import pytest

from app.platform import facts
from app.platform.outbox import commands as outbox


@pytest.fixture
def listeners(monkeypatch: pytest.MonkeyPatch) -> facts.Registry:
    """`listeners.register([on(Fact, handler)])`; the shop's own hear nothing meanwhile."""
    registry = facts.Registry()
    monkeypatch.setattr(facts, "registry", registry)
    monkeypatch.setattr(outbox, "registry", registry)
    return registry
