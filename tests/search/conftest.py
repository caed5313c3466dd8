"""The engines under test. A second engine joins by one more entry of ENGINES."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.search.backend import SearchBackend
from app.search.whoosh_backend import WhooshBackend
from tests.search.wardrobe import WARDROBE, Connect

ENGINES: dict[str, Callable[[Path, float], SearchBackend]] = {
    "whoosh": lambda folder, patience: WhooshBackend(folder, patience=patience)
}


@pytest.fixture(params=ENGINES)
def connect(request: pytest.FixtureRequest, tmp_path: Path) -> Connect:
    """Another process's view of the same index: every call gives a backend of its own."""
    engine = ENGINES[request.param]
    return lambda patience=30.0: engine(tmp_path / "search", patience)


@pytest.fixture
def empty(connect: Connect) -> SearchBackend:
    return connect()


@pytest.fixture
def backend(connect: Connect) -> SearchBackend:
    backend = connect()
    backend.rebuild(WARDROBE)
    return backend
