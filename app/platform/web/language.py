"""Which language and mode a request speaks: `?lang=` beats the cookie, that beats the header."""

from __future__ import annotations

from flask import Flask, Response, g, request

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
    mode = request.cookies.get(MODE_COOKIE, "auto")
    return mode if mode in MODES else "auto"


def keep_choice() -> None:
    """Speak as `?lang=` asks this once: a picture in another language is nobody's wish for it."""
    g.asked_language = None


def _choose() -> None:
    asked = request.args.get("lang", "")
    kept = request.cookies.get(LANGUAGE_COOKIE, "")
    if asked in LANGUAGES:
        language = asked
    elif kept in LANGUAGES:
        language = kept
    else:
        language = negotiated(list(request.accept_languages), settings().default_language)
    g.asked_language = asked if asked in LANGUAGES and asked != kept else None
    g.language_before = current_locale()
    set_locale(language)


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
