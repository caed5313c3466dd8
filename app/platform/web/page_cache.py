"""The layer before Flask: a shared page that still holds is handed out without making it again.

Everything else goes on to Flask, whose answer is kept on its way back if a view has shared it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, g, request
from prometheus_client import Counter, Gauge
from sqlalchemy import event
from werkzeug.http import http_date, is_resource_modified

from app.platform import clock
from app.platform.content.holding import Lookout
from app.platform.content.watching import watch
from app.platform.db import db
from app.platform.web import logs, operations
from app.platform.web.kept_pages import KeptPage, KeptPages
from app.platform.web.page_key import key_of
from app.platform.web.sharing import KEY, Sessions, Shared, cache_control

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from app.config import Settings

LOOKS: Final = Counter("vitrine_page_cache_total", "Shared pages asked for", ["found"])
KEPT, MADE = LOOKS.labels("kept"), LOOKS.labels("made")
SIZE: Final = Gauge(
    "vitrine_page_cache_bytes", "Memory that kept pages take", multiprocess_mode="livesum"
)
_OF_EACH_ANSWER: Final = frozenset({"x-request-id", "cache-control", "date"})
_OF_A_BODY: Final = frozenset({"content-type", "content-length", "content-language"})
MEGABYTE: Final = 1024 * 1024


class PageCache:
    """The WSGI application around Flask's own."""

    def __init__(self, app: Flask, inner: WSGIApplication, settings: Settings) -> None:
        self.inner = inner
        self._language, self._shared_age = settings.default_language, settings.shared_age
        self._pages = KeptPages(settings.page_cache_mb * MEGABYTE)
        with app.app_context():
            self._lookout = Lookout(db.engine)
            event.listen(db.engine, "engine_disposed", self.forget)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.monotonic()
        key = key_of(environ, self._language) if self._pages.room else None
        if key is None:
            return self.inner(environ, start_response)
        page = self._pages.get(key)
        if page is not None and self._holds(page):
            return self._answer(page, environ, start_response, began)
        environ[KEY] = key
        return self.inner(environ, start_response)

    def keep(self, response: Response, shared: Shared) -> None:
        """Keep what a view has shared, as it goes out."""
        with operations.if_there_is_room():
            MADE.inc()
        if shared.stamp is None or shared.since is None or request.url_rule is None:
            return
        headers = (each for each in response.headers if each[0].lower() not in _OF_EACH_ANSWER)
        page = KeptPage(
            body=response.get_data(),
            headers=tuple(headers),
            etag=response.headers["ETag"],
            route=request.url_rule.rule,
            tags=shared.tags,
            stamp=shared.stamp,
            since=shared.since,
            until=shared.until,
        )
        self._pages.put(request.environ[KEY], page)
        with operations.if_there_is_room():
            SIZE.set(self._pages.size)

    def forget(self, *_engine: object) -> None:
        self._pages.clear()

    def _holds(self, page: KeptPage) -> bool:
        return page.is_of(clock.now()) and self._lookout.sum_of(page.tags) == page.stamp

    def _answer(
        self, page: KeptPage, environ: WSGIEnvironment, start: StartResponse, began: float
    ) -> Iterable[bytes]:
        now = clock.now()
        request_id = logs.greet(environ.get("HTTP_X_REQUEST_ID", ""))
        status = HTTPStatus.OK
        headers = [
            *page.headers,
            ("Cache-Control", cache_control(page.until, now, self._shared_age)),
            ("Date", _date_at(int(now.timestamp()))),
            ("X-Request-ID", request_id),
        ]
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and not is_resource_modified(environ, etag=page.etag.strip('"')):
            status = HTTPStatus.NOT_MODIFIED
            headers = [each for each in headers if each[0].lower() not in _OF_A_BODY]
        start(f"{status.value} {status.phrase}", headers)
        method = environ["REQUEST_METHOD"]
        with operations.if_there_is_room():
            KEPT.inc()
        operations.count(page.route, method, status.value, began)
        logs.tell(method, page.route, status.value, began)
        return [page.body] if status is HTTPStatus.OK and method == "GET" else []


@lru_cache(1)
def _date_at(second: int) -> str:
    """As a header writes it; most answers are of the same second as the one before."""
    return http_date(second)


def init_app(app: Flask, settings: Settings) -> None:
    """Called before any other part that changes answers, so that it sees what they made of it."""
    app.session_interface = Sessions()
    with app.app_context():
        watch(db.engine)
    cache = PageCache(app, app.wsgi_app, settings)
    app.wsgi_app = cache  # type: ignore[method-assign]

    def settle(response: Response) -> Response:
        if "shared" in g and "Set-Cookie" not in response.headers:
            cache.keep(response, g.shared)
            response.make_conditional(request)
        return response

    app.after_request(settle)


__all__ = ["PageCache", "init_app"]
