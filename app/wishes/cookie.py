"""The cookie a browser keeps its wish list in. Scripts read it to fill the hearts of shared pages;
what it says is never trusted with more than that.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from werkzeug.wrappers import Response

from app.platform.web.language import ONE_YEAR
from app.wishes.kept import Kept, is_mirror, read, written

NAME = "wishes"


def kept() -> tuple[Kept, ...]:
    return read(request.cookies.get(NAME, ""))


def unmerged() -> tuple[Kept, ...]:
    """What no account has been told of yet."""
    text = request.cookies.get(NAME, "")
    return () if is_mirror(text) else read(text)


def remember(response: Response, wishes: Sequence[Kept], *, is_account: bool) -> Response:
    """Keep the list in the browser, as its own or as the copy of an account's."""
    text = written(wishes, is_mirror=is_account)
    if text == request.cookies.get(NAME, ""):
        return response
    if not text:
        return forget(response)
    response.set_cookie(NAME, text, max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure)
    return response


def forget(response: Response) -> Response:
    response.delete_cookie(NAME)
    return response
