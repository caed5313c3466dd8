"""Photographs of reviews: to everybody while their review is shown, to their buyer always."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort

from app.orders import queries as orders
from app.platform.web.picture_files import picture_file
from app.reviews import queries
from app.reviews.models import ReviewPhoto
from app.reviews.photo_files import folder_of, named_in

bp = Blueprint("review_photos", __name__)
SHOWN = "public, max-age=3600"
"""An hour, because a review may be taken out of sight again."""
OWN = "private, no-store"


@bp.get("/reviews/photos/<file>")
def show(file: str) -> Response:
    return _answer(file, queries.shown_photo, SHOWN)


@bp.get("/o/<token>/reviews/photos/<file>")
def show_own(token: str, file: str) -> Response:
    lines = orders.by_token(token).lines
    return _answer(file, lambda name: queries.buyers_photo(name, lines), OWN)


def _answer(file: str, find: Callable[[str], ReviewPhoto], cache: str) -> Response:
    name = named_in(file)
    if name is None:
        abort(404)
    return picture_file(folder_of(find(name).line_id), file, cache=cache)
