"""One's own measurements: said once, compared with every piece."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.catalog.fitting import PARTS, Body
from app.catalog.rules import centimetres
from app.platform.i18n import gettext as _
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor
from app.platform.web.limits import limiter
from app.platform.web.pages import local_path
from app.storefront.fitting import body_of_request, keep, remember

bp = Blueprint("fitting", __name__)
LIMITS: Final[Mapping[str, tuple[int, int]]] = {
    "chest": (50, 200), "waist": (40, 200), "hip": (50, 200), "foot": (15, 35),
}  # fmt: skip
"""Centimetres that a person may measure, least and most."""
EVERYTHING = "/c/all"


@bp.get("/measurements")
def show() -> Response:
    body = body_of_request() or Body()
    typed = {part: centimetres(getattr(body, part)) for part in PARTS if getattr(body, part)}
    return _form(typed, {})


@bp.post("/measurements")
@limiter.limit("60/minute")
def update() -> BaseResponse:
    """Keep what was said, or with `forget` nothing any more."""
    if request.form.get("forget") == "1":
        return _kept(Body(), url_for("fitting.show"))
    typed = {part: request.form.get(part, "").strip() for part in PARTS}
    sizes = {part: _millimetres(typed[part]) for part in PARTS}
    errors = {part: _fault(part, sizes[part]) for part in PARTS if typed[part]}
    wrong = {part: fault for part, fault in errors.items() if fault}
    if not wrong and not any(typed.values()):
        wrong["chest"] = _("Say at least one measurement.")
    if wrong:
        return _form(typed, wrong, status=422)
    return _kept(Body(**{part: size or 0 for part, size in sizes.items()}), _next())


def _kept(body: Body, address: str) -> BaseResponse:
    keep(body, current_actor())
    return remember(see_other(address), body)


def _form(typed: Mapping[str, str], errors: Mapping[str, str], *, status: int = 200) -> Response:
    response = page(
        "storefront/measurements.html", status=status, typed=typed, errors=errors, next=_next(),
        is_known=body_of_request() is not None, robots="noindex",
    )  # fmt: skip
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _next() -> str:
    return local_path(request.values.get("next"), f"{EVERYTHING}?fits=me")


def _millimetres(text: str) -> int | None:
    """Centimetres as people write them, with a point or a comma."""
    try:
        found = Decimal(
            text.replace(",", ".").replace("，", ".").lower().removesuffix("cm").strip()
        )
    except InvalidOperation:
        return None
    return int(found * 10) if found.is_finite() and 0 < found < max(LIMITS["chest"]) * 10 else None


def _fault(part: str, size: int | None) -> str:
    least, most = LIMITS[part]
    if size is not None and least * 10 <= size <= most * 10:
        return ""
    return _("Centimetres between %(least)s and %(most)s.", least=least, most=most)
