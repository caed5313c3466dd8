"""One view, two renderings: the whole page, or the part htmx asked for.

The only reader of HX-* request headers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request
from jinja2_fragments.flask import render_block
from markupsafe import escape
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response as BaseResponse

VARY = ("HX-Request", "HX-Request-Type", "HX-Boosted", "HX-History-Restore-Request")


def wants_fragment() -> bool:
    """True when htmx asked for a part: not for a boosted visit, a restored history entry or a full
    page.
    """
    return part_wanted(request.environ) == "fragment"


def is_picked_from() -> bool:
    """True when htmx asked for a whole page in order to take a part out of it (hx-select)."""
    return part_wanted(request.environ) == "pick"


def part_wanted(environ: Mapping[str, Any]) -> str:
    """What htmx makes of the answer to a request: `fragment`, `pick`, or nothing: a whole page."""
    if environ.get("HTTP_HX_REQUEST") != "true" or environ.get("HTTP_HX_BOOSTED") == "true":
        return ""
    if environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST") == "true":
        return ""
    kinds = {"partial": "fragment", "full": "pick"}
    return kinds.get(environ.get("HTTP_HX_REQUEST_TYPE", "partial"), "")


def page(
    template: str,
    *,
    fragment: str | None = None,
    partials: Mapping[str, str] | None = None,
    events: Mapping[str, object] | None = None,
    status: int = 200,
    **context: object,
) -> Response:
    """The full page, or only block `fragment` when htmx asked for a part.

    `partials` maps a CSS selector to a template rendered into it (htmx 4's <hx-partial>); `events`
    are told to the browser through HX-Trigger. Both are sent with fragments only.
    """
    if fragment and wants_fragment():
        html = render_block(template, fragment, **context)
        html += "".join(
            _partial(target, name, context) for target, name in (partials or {}).items()
        )
        response = make_response(html, status)
        if events:
            response.headers["HX-Trigger"] = json.dumps(dict(events), ensure_ascii=True)
    else:
        response = make_response(render_template(template, **context), status)
    response.vary.update(VARY)
    return response


def fragment_only(template: str, *, status: int = 200, **context: object) -> Response:
    """A small piece with an address of its own, such as the bag's badge; never stored by anyone."""
    response = make_response(render_template(template, **context), status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def see_other(address: str) -> BaseResponse:
    """Go on to another page after a success: 303 for a form, HX-Redirect for htmx."""
    if wants_fragment():
        response = current_app.response_class(status=204)
        response.headers["HX-Redirect"] = iri_to_uri(address)
        return response
    return redirect(address, 303)


def moved(path: str) -> BaseResponse:
    """What was asked for lives at another path for good; the query goes along.

    Nobody keeps the answer unasked: something else may live at the old address one day.
    """
    query = request.query_string.decode("latin-1")
    response = redirect(f"{path}?{query}" if query else path, 301)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _partial(target: str, template: str, context: Mapping[str, object]) -> str:
    html = render_template(template, **context)
    return f'<hx-partial hx-target="{escape(target)}" hx-swap="outerMorph">{html}</hx-partial>'


def local_path(address: str | None, fallback: Sequence[str] | str = "/") -> str:
    """`address` if it is a path on this site, else the fallback: no open redirects.

    Browsers drop control characters and read a backslash as a slash, which would make another site
    of a path like slash, tab, slash, name.
    """
    path = address or ""
    safe = path.startswith("/") and not path.startswith("//")
    return path if safe and "\\" not in path and path.isprintable() else str(fallback)
