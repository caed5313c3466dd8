"""Whom this process believes when it speaks to another server."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """The authorities of the certifi package, read once a process: it takes twenty milliseconds,
    and every client would read them for itself.
    """
    return httpx.create_ssl_context(trust_env=False)
