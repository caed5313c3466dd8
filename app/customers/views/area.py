"""What all pages of a signed-in shopper share: the door, the tabs, and that nobody stores them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request
from werkzeug.wrappers import Response as BaseResponse

from app.customers.tabs import account_tabs
from app.customers.views import session as sessions
from app.platform import clock
from app.platform.web import see_other
from app.platform.web.actor import SignInNeeded, current_actor

Parameters = ParamSpec("Parameters")


def guarded(name: str) -> Blueprint:
    """A blueprint for shoppers who are signed in, whose forms carry a token."""
    bp = Blueprint(name, f"app.customers.views.{name}")
    bp.before_request(_admit)
    bp.after_request(_keep_private)
    bp.context_processor(_frame)
    return bp


def recently_signed_in(
    view: Callable[Parameters, BaseResponse],
) -> Callable[Parameters, BaseResponse]:
    """Ask for a code or password once more, where a borrowed phone could do lasting harm."""

    @wraps(view)
    def asked(*args: Parameters.args, **kwargs: Parameters.kwargs) -> BaseResponse:
        if sessions.is_recent(now=clock.now()):
            return view(*args, **kwargs)
        return see_other(f"/login?next={quote(request.path)}")

    return asked


def _admit() -> None:
    if current_actor().kind != "customer":
        raise SignInNeeded
    current_app.extensions["csrf"].protect()


def _frame() -> dict[str, object]:
    return {"sections": account_tabs(request.path), "robots": "noindex"}


def _keep_private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    return response
