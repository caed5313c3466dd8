"""One picture file as an answer: it can do nothing but be looked at."""

from __future__ import annotations

from pathlib import Path

from flask import Response, send_from_directory


def picture_file(folder: Path, path: str, *, cache: str) -> Response:
    """Answered with this Cache-Control; raises NotFound when there is no such file."""
    response = send_from_directory(folder, path, conditional=True)
    response.headers["Cache-Control"] = cache
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
