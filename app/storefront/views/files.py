"""Pictures out of the media folder: named by content, so kept for ever by whoever fetched them."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort

from app.platform.configuration import settings
from app.platform.web.picture_files import picture_file
from app.platform.web.static_files import IMMUTABLE

bp = Blueprint("files", __name__)
_PATH = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}(-\d{2,4})?\.(jpg|avif|png)\Z")


@bp.get("/media/<path:path>")
def media(path: str) -> Response:
    if not _PATH.match(path):
        abort(404)
    return picture_file(settings().media_dir, path, cache=IMMUTABLE)
