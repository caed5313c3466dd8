"""The command lines of the programs that make up a shop."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

from app.config import Settings

PYTHON = sys.executable
DEMO = [PYTHON, "-m", "flask", "--app", "wsgi", "shop", "demo"]
MIGRATE = [PYTHON, "-m", "workers", "migrate"]
SHOP = [PYTHON, "-m", "workers", "up"]


def part(name: str) -> list[str]:
    """One of our own processes as a program: `web`, `work`, `relay`."""
    return [PYTHON, "-m", "workers", name]


def sandbox(settings: Settings) -> list[str]:
    """The payment provider of development, on the port its address names."""
    options = {
        "host": settings.host,
        "port": str(port_of(settings.sandbox_url)),
        "data-dir": str(settings.data_dir / "sandbox"),
        "public-url": settings.sandbox_url,
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
