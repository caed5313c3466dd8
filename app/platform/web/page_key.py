"""What two requests must have in common to be given the same page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from werkzeug.sansio.http import parse_cookie  # as a request reads them, bytes of any kind

from app.platform.web.language import LANGUAGE_COOKIE, MODE_COOKIE, known_mode, spoken
from app.platform.web.pages import part_wanted

UNIT_COOKIE: Final = "unit"
UNITS: Final = ("cm", "in")
TOLD_APART: Final = frozenset({LANGUAGE_COOKIE, MODE_COOKIE, UNIT_COOKIE})
"""The cookies that a shared page may go by; each value of theirs has pages of its own."""
LONGEST: Final = 600
"""Characters of an address; longer ones are nobody's habit."""


class PageKey(NamedTuple):
    scheme: str
    host: str
    path: str
    query: str
    language: str
    mode: str
    unit: str
    part: str


def key_of(environ: Mapping[str, Any], default_language: str) -> PageKey | None:
    """None for what is never kept: a write, an address that is too long or asks for a language."""
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or len(path) + len(query) > LONGEST:
        return None
    if "lang=" in query:  # it is answered with a cookie
        return None
    given = environ.get("HTTP_COOKIE", "")
    # Most who come first bring none, and three misses in a MultiDict cost as much as the look-up.
    cookies: Mapping[str, str] = parse_cookie(given) if given else {}
    unit = cookies.get(UNIT_COOKIE, "")
    return PageKey(
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST", ""),
        path,
        query,
        spoken(
            "",
            cookies.get(LANGUAGE_COOKIE, ""),
            environ.get("HTTP_ACCEPT_LANGUAGE", ""),
            default_language,
        ),
        known_mode(cookies.get(MODE_COOKIE, "")),
        unit if unit in UNITS else UNITS[0],
        part_wanted(environ),
    )
