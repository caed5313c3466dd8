"""Whether a page came out of the memory, and what a page that is made anew would say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from prometheus_client import REGISTRY
from werkzeug.test import TestResponse

from app.platform.web.page_cache import PageCache

OF_EACH_ANSWER = {"X-Request-ID", "Date"}


def kept_so_far() -> float:
    return REGISTRY.get_sample_value("vitrine_page_cache_total", {"found": "kept"}) or 0.0


def is_kept(client: FlaskClient, address: str, **options: Any) -> bool:
    """Whether this answer is one that was kept."""
    before = kept_so_far()
    assert client.get(address, **options).status_code == 200
    return kept_so_far() > before


@contextmanager
def without_memory(app: Flask) -> Iterator[None]:
    """Inside the block every page is made anew."""
    layer = app.wsgi_app
    assert isinstance(layer, PageCache)
    app.__dict__["wsgi_app"] = layer.inner
    try:
        yield
    finally:
        app.__dict__["wsgi_app"] = layer


def said(answer: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All of an answer that two of them may have in common."""
    headers = [each for each in answer.headers if each[0] not in OF_EACH_ANSWER]
    return answer.status_code, answer.data, sorted(headers)
