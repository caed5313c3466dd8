"""A real Chromium driven through Playwright; `python -m tests.servers.chromium` says which."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright, ViewportSize

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 390, "height": 844}


def installed() -> str | None:
    """The browser named by CHROMIUM, else the machine's own."""
    found = (shutil.which(name) for name in NAMES)
    return os.environ.get("CHROMIUM") or next(filter(None, found), None) or _on_macos()


def _on_macos() -> str | None:
    return str(MACOS) if MACOS.exists() else None


def _downloaded(playwright: Playwright) -> str | None:
    path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session; a context costs 80 ms, a launch half a second."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        executable = installed() or _downloaded(playwright)
        if executable is None:
            pytest.fail("no Chromium: run `make test` or set CHROMIUM to its path")
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh phone-sized visitor of `live_server`-relative addresses, who speaks English."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def main() -> int:
    """Print the browser the tests would use; 1 when there is none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        executable = installed() or _downloaded(playwright)
    print(executable or "no Chromium found")
    return 0 if executable else 1


if __name__ == "__main__":
    sys.exit(main())
