"""What search needs when the application starts."""

from __future__ import annotations

from flask import Flask

from app.catalog.queries.words import searchable_ids
from app.config import Settings
from app.platform.configuration import KEY
from app.platform.db import db
from app.search import index
from app.search.backend import SearchBackend
from app.search.documents import load_documents
from app.search.whoosh_backend import WhooshBackend


def init_app(app: Flask) -> None:
    """Nothing is read or written yet."""
    app.extensions[index.KEY] = index.Wiring(
        backend=_backend(app.extensions[KEY]),
        source=index.DocumentSource(load_documents, all_ids=searchable_ids),
    )
    app.extensions["vitrine.search_health"] = _health


def _backend(settings: Settings) -> SearchBackend:
    if settings.search == "postgresql":
        # Most shops run without this driver, which takes 5 MB.
        from app.search.postgres_backend import PostgresBackend

        return PostgresBackend(lambda: db.engine)
    return WhooshBackend(settings.search_dir)


def _health() -> str:
    health = index.backend().health()
    return "ok" if health.is_good else str(health.trouble)
