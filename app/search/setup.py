"""What search needs when the application starts."""

from __future__ import annotations

from flask import Flask

from app.catalog.queries.words import searchable_ids
from app.platform.configuration import KEY
from app.search import index
from app.search.documents import load_documents
from app.search.whoosh_backend import WhooshBackend


def init_app(app: Flask) -> None:
    """Nothing is read or written yet."""
    app.extensions[index.KEY] = index.Wiring(
        backend=WhooshBackend(app.extensions[KEY].search_dir),
        source=index.DocumentSource(load_documents, all_ids=searchable_ids),
    )
    app.extensions["vitrine.search_health"] = _health


def _health() -> str:
    health = index.backend().health()
    return "ok" if health.is_good else str(health.trouble)
