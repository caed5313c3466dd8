"""Every component in every state on one page, for those who work on them; absent in production."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from app.platform.configuration import settings
from app.platform.errors import NotFound
from app.platform.money import Money

bp = Blueprint("living", __name__)


@bp.get("/dev/ui")
def show() -> Response:
    if settings().is_production:
        raise NotFound
    return make_response(render_template("dev/ui.html", amount=_amount))


def _amount(minor: int) -> Money:
    return Money(minor, settings().currency)
