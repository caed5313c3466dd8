"""A real Chromium driven through Playwright; `python -m tests.servers.chromium` says which."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.servers.process import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, ViewportSize

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
"""The first costs 0.15 s of a processor for every new visitor, the others, which draw the frame of
a window nobody sees, 0.9 s.
"""
MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
PATIENCE = 10_000
"""Milliseconds: what is waited for, by an action or by `expect`, may take that long."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REFUSED_REQUEST = "Failed to load resource: the server responded with a status of 4"
"""What Chromium says of every 4xx, often the very thing a test wants to see."""
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
    """One browser for the session, because a launch takes half a second."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        executable = installed() or _downloaded(playwright)
        if executable is None:
            pytest.fail("no Chromium: run `make test` or set CHROMIUM to its path")
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser, live_server: str) -> Iterator[Callable[..., Page]]:
    """Open a page for another visitor of the shop, by default on a phone and in English.

    Takes what Playwright's new_context takes: `new_page(locale="zh-CN", color_scheme="dark",
    java_script_enabled=False)`. Script errors and breaches of the content policy fail the test.
    """
    contexts, complaints = [], list[str]()

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(REFUSED_REQUEST):
            complaints.append(message.text)

    def open_page(**options: Any) -> Page:
        context = browser.new_context(
            **{"base_url": live_server, "viewport": PHONE, "locale": "en-GB"}
            | {"reduced_motion": "reduce"}
            | options
        )
        context.set_default_timeout(PATIENCE)
        context.on("console", heard)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def until(page: Page, condition: str) -> None:
    """Wait until an expression holds in the page.

    Playwright's `wait_for_function` evaluates inside the page when it asks again, which the content
    policy of the shop forbids; asking anew from here does not.
    """
    wait_until(
        lambda: bool(page.evaluate(condition)), seconds=PATIENCE / 1000, what=f"`{condition}`"
    )


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A fresh visitor: `page.goto("/")`."""
    return new_page()


def main() -> int:
    """Print the browser the tests would use; 1 when there is none."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        executable = installed() or _downloaded(playwright)
    print(executable or "no Chromium found")
    return 0 if executable else 1


if __name__ == "__main__":
    sys.exit(main())
