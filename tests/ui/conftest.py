"""The workbench of the components: rendered as text, and served to a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, render_template, render_template_string

from app.platform.i18n import speaking
from tests.ui.workbench import build, surroundings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page


@pytest.fixture(scope="session")
def workbench() -> Flask:
    return build()


@pytest.fixture
def show(workbench: Flask) -> Callable[..., str]:
    """Render a template by its name, or from its source when that holds a brace."""

    def render(source: str, language: str = "en", mode: str = "light", **context: Any) -> str:
        known = {**surroundings(language, mode), **context}
        with workbench.test_request_context("/dev/ui?era=70s&lang=en"), speaking(language):
            if "{" in source:
                return render_template_string(source, **known)
            return render_template(source, **known)

    return render


@pytest.fixture(scope="session")
def workbench_url(workbench: Flask) -> Iterator[str]:
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, workbench, threaded=True)
    thread = Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(browser: Browser, workbench_url: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the workbench; script errors and breaches of the policy fail the test."""
    contexts, complaints = [], list[str]()

    def heard(message: ConsoleMessage) -> None:
        refused = message.text.startswith("Failed to load resource")
        if message.type == "error" and not refused:
            complaints.append(message.text)

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(
            **{"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"} | options
        )
        context.set_default_timeout(10_000)
        context.on("console", heard)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        contexts.append(context)
        page = context.new_page()
        page.goto(workbench_url + path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
