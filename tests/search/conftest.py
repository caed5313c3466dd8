"""The engines under test. Another engine joins by one more entry of ENGINES."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from app.platform.db import engine_options
from app.search.backend import SearchBackend
from app.search.postgres_backend import PostgresBackend
from app.search.whoosh_backend import WhooshBackend
from tests.search.wardrobe import WARDROBE, Connect
from tests.servers.postgres import Postgres

ENGINES: dict[str, Callable[[pytest.FixtureRequest], Connect]] = {
    "whoosh": lambda request: _in_folder(request.getfixturevalue("tmp_path")),
    "postgresql": lambda request: _in_database(request.getfixturevalue("database")),
}


@pytest.fixture(params=ENGINES)
def connect(request: pytest.FixtureRequest) -> Connect:
    """Another process's view of the same index: every call gives a backend of its own."""
    return ENGINES[request.param](request)


@pytest.fixture
def empty(connect: Connect) -> SearchBackend:
    return connect()


@pytest.fixture
def backend(connect: Connect) -> SearchBackend:
    backend = connect()
    backend.rebuild(WARDROBE)
    return backend


@pytest.fixture(params=ENGINES, scope="session")
def wardrobe(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> SearchBackend:
    """The same four pieces for tests that only look."""
    backend: SearchBackend
    if request.param == "postgresql":
        engine = request.getfixturevalue("search_database")
        backend = PostgresBackend(lambda: engine, schema="wardrobe")
    else:
        backend = WhooshBackend(tmp_path_factory.mktemp("wardrobe"))
    backend.rebuild(WARDROBE)
    return backend


@pytest.fixture(scope="session")
def search_database(postgres: Postgres) -> Iterator[Engine]:
    """A database with nothing in it but what an index makes."""
    name = f"vitrine_search_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    url = postgres.create(name)
    engine = create_engine(url, **engine_options(url))
    yield engine
    engine.dispose()
    postgres.drop(name)


@pytest.fixture
def database(search_database: Engine) -> Engine:
    """The same without any index."""
    with search_database.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS search CASCADE"))
    return search_database


def _in_folder(folder: Path) -> Connect:
    return lambda patience=30.0: WhooshBackend(folder / "search", patience=patience)


def _in_database(engine: Engine) -> Connect:
    return lambda patience=30.0: PostgresBackend(lambda: engine, patience=patience)
