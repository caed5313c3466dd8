"""Pages that are the same for everybody: a view says so, and what it has read is noted.

The page is made in one snapshot of the database, and its stamps are read in that snapshot as well:
what changes meanwhile makes it old at once (docs/decisions/0022-page-cache.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, ParamSpec, cast

import structlog
from flask import Flask, Response, g, make_response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response as BaseResponse

from app.platform import clock
from app.platform.configuration import settings
from app.platform.content import reading
from app.platform.content.holding import sum_now
from app.platform.db import db
from app.platform.web.page_key import TOLD_APART

Parameters = ParamSpec("Parameters")
VARY: Final = ("Accept-Language", "Cookie")
KEY: Final = "vitrine.page_key"
"""In the WSGI environment: under which key an answer may be kept; absent when it may not."""
_OPENED: Final = "vitrine.session"
log = structlog.get_logger("sharing")


@dataclass(frozen=True, slots=True)
class Shared:
    """What is known of the shared page that this request is answered with; without a `stamp` it
    must not be kept.
    """

    tags: tuple[str, ...] = ()
    stamp: int | None = None
    since: datetime | None = None
    until: datetime | None = None


class Cookies(ImmutableMultiDict[str, str]):
    """The cookies of a request, which know whether one was looked at that is somebody's own. It
    need not be there: the page would be another one with it.
    """

    is_personal = False

    def __getitem__(self, name: str) -> str:
        self.is_personal = self.is_personal or name not in TOLD_APART
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.is_personal = self.is_personal or name not in TOLD_APART
        return super().__contains__(name)


class Sessions(SecureCookieSessionInterface):
    """A shared page brings no cookie along, not even one that only says the same for longer."""

    def open_session(self, app: Flask, request: Any) -> Any:
        opened = super().open_session(app, request)
        request.environ[_OPENED] = opened
        return opened

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        is_shared = "shared" in g and not session.modified
        return not is_shared and super().should_set_cookie(app, session)


def shared(view: Callable[Parameters, BaseResponse]) -> Callable[Parameters, BaseResponse]:
    """Let the page of a view be kept and given to everybody, unless it came out personal."""

    @wraps(view)
    def sharing(*args: Parameters.args, **kwargs: Parameters.kwargs) -> BaseResponse:
        request.__dict__["cookies"] = Cookies(request.cookies)
        if KEY not in request.environ:
            return _told(make_response(view(*args, **kwargs)), Shared())
        now = clock.now()
        with reading.noted() as read:
            _begin_snapshot()
            began = db.session().get_transaction()
            response = make_response(view(*args, **kwargs))
            if db.session().get_transaction() is not began:
                read.is_complete = False
            stamp = sum_now(read.tags) if read.is_complete else None
        if not read.is_complete:
            log.warning("page_not_kept", path=request.path, read=sorted(read.strangers))
        return _told(response, Shared(read.tags, stamp, now, read.until))

    return sharing


def cache_control(until: datetime | None, now: datetime, age: int) -> str:
    """Ask us each time; caches that are shared may wait `age` seconds, but not past `until`."""
    if not age:
        return "public, no-cache"
    if until is not None:
        age = max(min(age, int((until - now).total_seconds())), 0)
    return f"public, max-age=0, s-maxage={age}, must-revalidate"


def _begin_snapshot() -> None:
    """On SQLite every read transaction is one; on PostgreSQL it is asked for."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    else:
        db.session.connection()


def _told(response: Response, shared: Shared) -> Response:
    """The answer, with what caches may do with it if it is everybody's."""
    if _is_everybodys(response):
        g.shared = shared
        response.headers["Cache-Control"] = cache_control(
            shared.until, clock.now(), settings().shared_age
        )
        response.vary.update(VARY)
        response.add_etag()
    return response


def _is_everybodys(response: Response) -> bool:
    """Whether nothing of whoever asked can be in it."""
    session = cast("SessionMixin", request.environ[_OPENED])
    return (
        response.status_code == HTTPStatus.OK
        and "Set-Cookie" not in response.headers
        and "private" not in response.headers.get("Cache-Control", "")
        and not session.accessed
        and not cast("Cookies", request.cookies).is_personal
        and "actor" not in g
    )
