"""A browser that obeys nobody: raw bytes in paths, queries, cookies and headers, its own cookies.

Werkzeug's client mends what it is given; here what is sent is what arrives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import Context
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote_from_bytes, urlsplit

from flask import Flask, Response
from werkzeug.test import create_environ, run_wsgi_app

from app.platform.configuration import settings
from app.platform.db import db

Text = str | bytes
Fields = Iterable[tuple[str, "Text | Upload"]]
BOUNDARY = "vitrine-boundary-7f3a"


@dataclass(frozen=True)
class Upload:
    """A file of a form."""

    name: str
    content: bytes
    mimetype: str = "image/png"


@dataclass
class Browser:
    """One visitor; `cookies` are kept as they were set and sent as they are."""

    app: Flask
    cookies: dict[str, Text] = field(default_factory=dict)

    def get(self, path: Text, query: Text = b"", **headers: Text) -> Response:
        return self.ask("GET", path, query, headers=headers)

    def post(self, path: Text, fields: Fields = (), **headers: Text) -> Response:
        """Send a form: urlencoded, or as multipart where a file is among the fields."""
        listed = list(fields)
        if any(isinstance(value, Upload) for _name, value in listed):
            return self.ask("POST", path, body=_multipart(listed), kind=MULTIPART, headers=headers)
        return self.ask("POST", path, body=_urlencoded(listed), kind=URLENCODED, headers=headers)

    def ask(
        self, method: str, path: Text, query: Text = b"", *, body: bytes = b"", kind: str = "",
        headers: Mapping[str, Text] | None = None,
    ) -> Response:  # fmt: skip
        """One request whose path (unquoted), query (quoted) and headers are used byte for byte.

        Header names are written as `Accept_Language`. What comes back is what a server would send.
        """
        environ = create_environ(base_url=settings().public_url, method=method, input_stream=None)
        environ |= {"PATH_INFO": _wsgi(path), "QUERY_STRING": _wsgi(query)}
        environ["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if self.cookies:
            environ["HTTP_COOKIE"] = "; ".join(f"{k}={_wsgi(v)}" for k, v in self.cookies.items())
        if body or kind:
            environ |= {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body))}
            environ["wsgi.input"] = _stream(body)
        for name, value in (headers or {}).items():
            environ[_variable(name)] = _wsgi(value)
        db.session.rollback()
        try:
            return Context().run(self._run, environ)
        finally:
            db.session.rollback()

    def _run(self, environ: dict[str, Any]) -> Response:
        iterable, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        response: Response = self.app.response_class(iterable, status, headers)
        for line in response.headers.getlist("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or "1970" in morsel["expires"]:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        return response


URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def quoted(value: Text) -> str:
    """A value as it stands in a query or in an urlencoded body."""
    return quote_from_bytes(value if isinstance(value, bytes) else value.encode())


def goes_to(response: Response) -> str | None:
    """The host a redirect leads to; empty for this site, None where there is no redirect."""
    address = response.headers.get("Location") or response.headers.get("HX-Redirect")
    return None if address is None else urlsplit(address).netloc


def _wsgi(value: Text) -> str:
    """WSGI hands bytes on as the characters of Latin-1 (PEP 3333)."""
    return (value if isinstance(value, bytes) else value.encode()).decode("latin-1")


def _variable(name: str) -> str:
    upper = name.upper()
    return upper if upper.startswith(("CONTENT_", "REMOTE_")) else f"HTTP_{upper}"


def _stream(body: bytes) -> Any:
    from io import BytesIO

    return BytesIO(body)


def _urlencoded(fields: list[tuple[str, Any]]) -> bytes:
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in fields).encode()


def _multipart(fields: list[tuple[str, Any]]) -> bytes:
    parts = [_part(name, value) for name, value in fields]
    return b"".join((*parts, f"--{BOUNDARY}--\r\n".encode()))


def _part(name: str, value: Any) -> bytes:
    head, content = f'Content-Disposition: form-data; name="{name}"', value
    if isinstance(value, Upload):
        head += f'; filename="{value.name}"\r\nContent-Type: {value.mimetype}'
        content = value.content
    body = content if isinstance(content, bytes) else content.encode()
    return f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + body + b"\r\n"
