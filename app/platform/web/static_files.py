"""Addresses of static files that change with their content, so that browsers may keep them."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, current_app, g, request, url_for

IMMUTABLE = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["static_url"] = static_url
    app.after_request(_keep)


def static_url(name: str) -> str:
    """Looked up once in a request: a page names the sprite of its icons thirty times."""
    known: dict[str, str] = g.setdefault("static_urls", {})
    if name not in known:
        known[name] = _address(name)
    return known[name]


def _address(name: str) -> str:
    path = os.path.join(current_app.root_path, str(current_app.static_folder), name)  # noqa: PTH118  (a page asks for sixteen; Path takes longer than the disk)
    return _written(name, path, os.stat(path).st_mtime_ns, request.script_root)  # noqa: PTH116


@cache
def _written(name: str, path: str, _changed: int, _below: str) -> str:
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]
    return url_for("static", filename=name, v=digest)


def _keep(response: Response) -> Response:
    served = request.endpoint == "static" and response.status_code == HTTPStatus.OK
    if served and request.args.get("v"):
        response.headers["Cache-Control"] = IMMUTABLE
    return response
