"""Language and light or dark, for anybody; kept in cookies, so that pages stay the same for all."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from app.platform.i18n import LANGUAGES
from app.platform.web import see_other
from app.platform.web.language import LANGUAGE_COOKIE, MODE_COOKIE, MODES, ONE_YEAR
from app.platform.web.pages import local_path

bp = Blueprint("preferences", __name__)


@bp.post("/preferences")
def update() -> BaseResponse:
    """Keep `lang` and `mode` where they are known ones, and go back to `next`."""
    response = see_other(_without_language(local_path(request.form.get("next"))))
    for cookie, known in ((LANGUAGE_COOKIE, LANGUAGES), (MODE_COOKIE, MODES)):
        chosen = request.form.get(cookie, "")
        if chosen in known:
            response.set_cookie(
                cookie,
                chosen,
                max_age=ONE_YEAR,
                samesite="Lax",
                secure=request.is_secure,
                httponly=True,
            )
    return response


def _without_language(path: str) -> str:
    """The same page; a `?lang=` in it would beat the cookie."""
    parts = urlsplit(path)
    if LANGUAGE_COOKIE not in request.form:
        return path.rstrip("?")
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] != "lang"]
    return parts._replace(query=urlencode(kept)).geturl()
