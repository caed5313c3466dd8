"""Which language and mode a request speaks: `?lang=` beats the cookie, that beats the header."""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, Response, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.platform.configuration import settings
from app.platform.i18n import LANGUAGES, current_locale, negotiated, set_locale

LANGUAGE_COOKIE = "lang"
MODE_COOKIE = "mode"
MODES = ("auto", "light", "dark")
ONE_YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    app.before_request(_choose)
    app.after_request(_remember)
    app.teardown_request(_fall_silent)


def chosen_mode() -> str:
    return known_mode(request.cookies.get(MODE_COOKIE, ""))


def known_mode(said: str) -> str:
    return said if said in MODES else "auto"


def keep_choice() -> None:
    """Speak as `?lang=` asks this once: a picture in another language is nobody's wish for it."""
    g.asked_language = None


def _choose() -> None:
    asked = request.args.get("lang", "")
    kept = request.cookies.get(LANGUAGE_COOKIE, "")
    accepted = request.headers.get("Accept-Language", "")
    g.asked_language = asked if asked in LANGUAGES and asked != kept else None
    g.language_before = current_locale()
    set_locale(spoken(asked, kept, accepted, settings().default_language))


def spoken(asked: str, kept: str, accepted: str, default: str) -> str:
    """The language for what an address, a cookie and an Accept-Language header say."""
    if asked in LANGUAGES:
        return asked
    if kept in LANGUAGES:
        return kept
    return _negotiated(accepted, default)


@lru_cache(256)
def _negotiated(accepted: str, default: str) -> str:
    return negotiated(list(parse_accept_header(accepted, LanguageAccept)), default)


def _remember(response: Response) -> Response:
    language = g.get("asked_language")
    if language:
        response.set_cookie(
            LANGUAGE_COOKIE,
            language,
            max_age=ONE_YEAR,
            samesite="Lax",
            secure=request.is_secure,
            httponly=True,
        )
    return response


def _fall_silent(_error: BaseException | None) -> None:
    """Give the thread back as it was: the next thing it does may be no request."""
    if "language_before" in g:
        set_locale(g.language_before)
