"""Security headers, what caches may do where nobody says it, trusted hosts, and the guard against
requests forged by other sites.

Forms on pages that everybody shares carry no token: the browser's own Sec-Fetch-Site, or Origin, or
Referer must say that the request comes from this site (https://www.w3.org/TR/fetch-metadata/).
Pages of a signed-in person carry Flask-WTF tokens as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from htmx_flask.requests import HtmxAwareRequest
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from app.platform.configuration import settings
from app.platform.errors import Forbidden
from app.platform.i18n import lazy_gettext
from app.platform.web.sharing import VARY

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CALLBACK_PREFIX = "/hooks/"
UNSAID = "private, no-cache"
"""For an answer that says nothing else: no cache on the way gives it to others, none unasked."""
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action {form_action}; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)


class ForgedRequest(Forbidden):
    code = "forged_request"
    default_message = lazy_gettext(
        "This form was not sent from our own page. Please open the page again and repeat it."
    )


class Values(ImmutableMultiDict[str, Any]):
    """Values of a query or a form without NUL, which nobody types and PostgreSQL cannot store."""

    def __init__(self, mapping: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__([(name, _without_nul(value)) for name, value in mapping])


class ShopRequest(HtmxAwareRequest):  # type: ignore[misc]  # it publishes no types
    parameter_storage_class = Values

    def _load_form_data(self) -> None:
        """Of a body that is too large nothing is kept, and the page that says so finds no form."""
        try:
            super()._load_form_data()
        except RequestEntityTooLarge:
            nothing = self.parameter_storage_class()
            self.__dict__ |= {"form": nothing, "files": nothing}
            raise


def init_app(app: Flask) -> None:
    """Called before anything reads a request, the language in its address included."""
    app.request_class = ShopRequest
    app.before_request(refuse_unreadable)
    app.after_request(add_headers)


def guard(app: Flask) -> None:
    """Refuse what must not be read; called once the language of refusals is known."""
    app.before_request(limit_bodies)
    app.before_request(refuse_foreign_writes)


def limit_bodies() -> None:
    """Let only uploads be large: their files go to disk, any other body into memory at once."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def refuse_unreadable() -> None:
    """Raise BadRequest for a path or query that is no text, whoever is going to read it."""
    try:
        request.query_string.decode()
    except UnicodeDecodeError:
        raise BadRequest from None
    if "\0" in request.path:
        raise BadRequest


def refuse_foreign_writes() -> None:
    """Raise ForgedRequest for a write that another site's page may have caused."""
    if request.method in SAFE_METHODS or request.path.startswith(CALLBACK_PREFIX):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        allowed = site in {"same-origin", "none"}
    else:
        source = request.headers.get("Origin") or request.headers.get("Referer") or ""
        allowed = source != "" and urlsplit(source).netloc == request.host
    if not allowed:
        raise ForgedRequest


def add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _policy())
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault(
        "Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=()"
    )
    headers.setdefault("X-Frame-Options", "DENY")
    if request.is_secure:  # browsers complain of either on a plain connection
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Set-Cookie" in headers:
        headers["Cache-Control"] = "private, no-store"
    headers.setdefault("Cache-Control", UNSAID)
    if response.mimetype == "text/html" and "no-store" not in headers["Cache-Control"]:
        response.vary.update(VARY)
    return response


def _without_nul(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value


def _policy() -> str:
    sources = ["'self'"]
    current = settings()
    if "sandbox" in current.payment_methods:
        # Browsers apply form-action to the redirect that follows a form as well.
        parts = urlsplit(current.sandbox_url)
        sources.append(f"{parts.scheme}://{parts.netloc}")
    return CONTENT_SECURITY_POLICY.format(form_action=" ".join(sources))
