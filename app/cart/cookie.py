"""The cookie that says which bag is this browser's."""

from __future__ import annotations

import re

from flask import request
from werkzeug.wrappers import Response

NAME = "bag"
THREE_MONTHS = 90 * 24 * 3600
_KEY = re.compile(r"[A-Za-z0-9_-]{32}\Z")


def bag_key() -> str | None:
    key = request.cookies.get(NAME, "")
    return key if _KEY.match(key) else None


def remember(response: Response, key: str) -> Response:
    response.set_cookie(
        NAME, key, max_age=THREE_MONTHS, samesite="Lax", secure=request.is_secure, httponly=True
    )
    return response


def forget(response: Response) -> Response:
    response.delete_cookie(NAME)
    return response
