"""The raw body of a request from another machine, never more of it than was asked for."""

from __future__ import annotations

from flask import request


def first_bytes(count: int) -> bytes:
    """The body's first bytes, at most so many, whether or not its length was announced."""
    request.max_content_length = None
    body = b""
    while len(body) < count and (part := request.stream.read(count - len(body))):
        body += part
    return body
