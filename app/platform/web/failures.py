"""Every error becomes a page here, and only here."""

from __future__ import annotations

import errno
from http import HTTPStatus
from typing import cast
from urllib.parse import quote

import structlog
from flask import (
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
)
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from app.platform.errors import DomainError, Forbidden, Invalid, NotFound, TooMany, Unavailable
from app.platform.i18n import gettext as _
from app.platform.request_id import current_request_id
from app.platform.web.actor import SignInNeeded
from app.platform.web.pages import see_other, wants_fragment
from app.platform.web.security import ForgedRequest

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
log = structlog.get_logger("failure")


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    for away in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(away, _database)
    app.register_error_handler(OSError, _file)
    app.register_error_handler(Exception, _unexpected)


def _domain(error: Exception) -> BaseResponse:
    failure = cast(DomainError, error)
    if isinstance(failure, SignInNeeded):
        return see_other(_sign_in_address())
    return _shown(failure)


def _csrf(_error: Exception) -> BaseResponse:
    return _shown(
        ForgedRequest(
            _("This page was open for too long. Please open it again and repeat what you did.")
        )
    )


def _http(error: Exception) -> BaseResponse:
    failure = cast(HTTPException, error)
    status = failure.code or 0
    if failure.response is not None or status < HTTPStatus.BAD_REQUEST:
        return failure.get_response()
    if status == HTTPStatus.BAD_REQUEST:
        return _static_page(status)
    known: dict[int, DomainError] = {
        403: Forbidden(),
        404: NotFound(),
        413: Invalid(message=_("This is too large to be taken in.")),
        429: TooMany(),
    }
    shown_response = _shown(known.get(status, DomainError()), status=status)
    for name, value in failure.get_headers():
        if name in {"Allow", "Retry-After"}:
            shown_response.headers[name] = value
    return shown_response


def _database(error: Exception) -> BaseResponse:
    log.error("database_failed", route=_route(), exc_info=error)
    return _come_again()


def _file(error: Exception) -> BaseResponse:
    """A full disk refuses what is to be written, and nothing else."""
    if cast(OSError, error).errno not in NO_ROOM:
        return _unexpected(error)
    log.error("disk_full", route=_route(), exc_info=error)
    return _come_again()


def _come_again() -> Response:
    response = _static_page(503)
    response.headers["Retry-After"] = "5"
    return response


def _unexpected(error: Exception) -> BaseResponse:
    log.error("unexpected", route=_route(), exc_info=error)
    return _static_page(500)


def _shown(failure: DomainError, status: int | None = None) -> Response:
    status = status or failure.status
    if _speaks_json():
        response = jsonify(
            error=failure.code, message=failure.message, request_id=current_request_id()
        )
        response.status_code = status
        return response
    template = "errors/404.html" if status == HTTPStatus.NOT_FOUND else "errors/error.html"
    if wants_fragment():
        template = "errors/fragment.html"
    context = {"failure": failure, "status": status, "request_id": current_request_id()}
    response = make_response(render_template(template, **context), status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _static_page(status: int) -> Response:
    """No page of the shop, no database, no look at the request: whatever broke may be in those."""
    unreadable = status == HTTPStatus.BAD_REQUEST
    if _speaks_json():
        code = "unreadable" if unreadable else Unavailable.code
        response = jsonify(error=code, request_id=current_request_id())
    else:
        template = current_app.jinja_env.get_template(
            "errors/400.html" if unreadable else "errors/500.html"
        )
        response = make_response(template.render(request_id=current_request_id()))
    response.status_code = status
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _speaks_json() -> bool:
    return request.path.startswith(("/hooks/", "/api/", "/healthz", "/readyz"))


def _sign_in_address() -> str:
    page = "/admin/login" if request.path.startswith("/admin") else "/login"
    if request.method != "GET":
        return page
    return f"{page}?next={quote(request.full_path.rstrip('?'))}"


def _route() -> str:
    return request.url_rule.rule if request.url_rule else "(none)"
