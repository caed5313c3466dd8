"""The command lines of the processes that make up a shop."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

from app.config import Settings

PYTHON = sys.executable
WEB_WORKERS = 2
THREADS_PER_WORKER = 8
SECONDS_TO_FINISH_REQUESTS = 10

WORKER = [PYTHON, "-m", "workers", "work"]
SCHEDULER = [PYTHON, "-m", "workers", "relay"]
PREPARATION = [PYTHON, "-m", "workers", "prepare"]
DEMO = [PYTHON, "-m", "flask", "--app", "wsgi", "shop", "demo"]


def web(settings: Settings) -> list[str]:
    """Granian: two processes with eight threads each, a dead one replaced."""
    options = {
        "interface": "wsgi",
        "host": settings.host,
        "port": settings.port,
        "workers": WEB_WORKERS,
        "blocking-threads": THREADS_PER_WORKER,
        "workers-kill-timeout": SECONDS_TO_FINISH_REQUESTS,
        "log-level": "warning",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return [PYTHON, "-m", "granian", *words, "--no-ws", "--respawn-failed-workers", "wsgi:app"]


def sandbox(settings: Settings, url: str) -> list[str]:
    """The payment provider of development, on the port its address names."""
    options = {
        "host": settings.host,
        "port": str(port_of(url)),
        "data-dir": str(settings.data_dir / "sandbox"),
        "public-url": url,
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return [PYTHON, "-m", "workers.sandbox", *words]


def stylesheet() -> list[str]:
    """The CSS compiler of the development tools, compiling on every change."""
    compiler = str(Path(PYTHON).with_name("tailwindcss"))
    source, target = "static/css/input.css", "static/css/app.css"
    return [compiler, "--input", source, "--output", target, "--minify", "--watch=always"]


def port_of(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or (443 if parts.scheme == "https" else 80)
