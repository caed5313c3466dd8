"""Structured logs: one line a request with its id, route and duration, and nothing of the
person.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time
from functools import cache
from http import HTTPStatus
from typing import cast

import structlog
from flask import Flask, Response, g, request
from structlog.typing import FilteringBoundLogger

from app.config import Settings
from app.platform.request_id import current_request_id, set_request_id

_GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")


def configure(settings: Settings) -> None:
    """Set up structlog: JSON lines, or aligned text for a terminal."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            _add_request_id,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelName(settings.log_level)
        ),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    _teller.cache_clear()


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def greet(given: str) -> str:
    """The id of a request: the proxy's own if it gave one, else a new one."""
    request_id = given if _GIVEN_ID.match(given) else secrets.token_hex(8)
    set_request_id(request_id)
    return request_id


def tell(method: str, route: str, status: int, began: float) -> None:
    """Write the line of a request that was answered."""
    log = _teller()
    milliseconds = round((time.monotonic() - began) * 1000, 1)
    log.info("request", method=method, route=route, status=status, milliseconds=milliseconds)


@cache
def _teller() -> FilteringBoundLogger:
    """The logger of all requests, put together once: that takes as long as writing a line."""
    return cast("FilteringBoundLogger", structlog.get_logger("request").bind())


def _begin() -> None:
    greet(request.headers.get("X-Request-ID", ""))
    g.began = time.monotonic()


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = current_request_id() or ""
    if not _is_routine(response.status_code):
        route = request.url_rule.rule if request.url_rule else "(none)"
        tell(request.method, route, response.status_code, g.get("began", time.monotonic()))
    return response


def _is_routine(status: int) -> bool:
    """A file, or the answer to a machine that asks all day whether this process lives."""
    return request.endpoint == "static" or (request.path == "/healthz" and status == HTTPStatus.OK)


def _add_request_id(
    _logger: object, _method: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    request_id = current_request_id()
    if request_id:
        line["request_id"] = request_id
    return line
