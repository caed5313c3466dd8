"""`python -m workers healthy`: whether a part of the shop is well, for who watches containers."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import httpx

from app.config import Settings
from app.platform import clock, life_signs
from workers.children import say
from workers.surroundings import ANYWHERE

ANSWERS_WITHIN = 3.0
ASKED = 8
"""Connections, so that hardly a process is missed that does not answer: each has its own share."""
WELL, UNWELL = 0, 1


def main(settings: Settings, part: str) -> int:
    """The exit code; who is unwell says why in one line."""
    trouble = _web(settings) if part == "web" else _silent(settings, part)
    if trouble:
        say(f"{part}: {trouble}")
    return UNWELL if trouble else WELL


def _web(settings: Settings) -> str:
    """What is wrong with the web server of this machine, of which any process may answer."""
    host = "127.0.0.1" if settings.host == ANYWHERE else settings.host
    name = urlsplit(settings.public_url).netloc
    anew = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(timeout=ANSWERS_WITHIN, trust_env=False, limits=anew) as client:
        for _ in range(ASKED):
            try:
                answer = client.get(
                    f"http://{host}:{settings.port}/healthz", headers={"Host": name}
                )
            except httpx.HTTPError as error:
                return type(error).__name__
            if not answer.is_success:
                return f"status {answer.status_code}"
    return ""


def _silent(settings: Settings, part: str) -> str:
    """A worker speaks for its machine; of several schedulers one works, wherever it is."""
    signs = life_signs.seen(settings.redis_url)
    if signs is None:
        return "the queue does not answer"
    here = f"{socket.gethostname()}:"
    alive = any(
        sign.part == part
        and clock.now() <= sign.next_by + life_signs.LATE
        and (part == "scheduler" or sign.process.startswith(here))
        for sign in signs
    )
    return "" if alive else "no sign of life"
