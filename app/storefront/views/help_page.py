"""The page every page's «Help» leads to."""

from __future__ import annotations

from flask import Blueprint, Response

from app.platform.rendering import public_url
from app.platform.web import page
from app.shop.queries import shipping_rates

bp = Blueprint("help", __name__)


@bp.get("/help")
def show() -> Response:
    return page("storefront/help.html", rates=shipping_rates(), canonical_url=public_url("/help"))
