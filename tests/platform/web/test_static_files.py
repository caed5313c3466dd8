"""Files with a digest in their address are kept for a year, others are asked for again."""

from __future__ import annotations

import os
from contextvars import Context
from pathlib import Path

import pytest
from flask import Flask

from app.platform.web.static_files import IMMUTABLE, static_url


@pytest.fixture
def stylesheet(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of a folder that serves as the shop's static one."""
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    path = tmp_path / "site.css"
    path.write_text("a { color: red }", encoding="utf-8")
    return path


def address(app: Flask) -> str:
    """As a page of its own says it, whatever the test around it has pushed."""

    def said() -> str:
        with app.test_request_context():
            return static_url("site.css")

    return Context().run(said)


def test_the_address_is_kept_for_ever(app, client, stylesheet):
    answer = client.get(address(app), buffered=True)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == IMMUTABLE


def test_another_content_has_another_address(app, stylesheet):
    before = address(app)
    stylesheet.write_text("a { color: blue }", encoding="utf-8")
    os.utime(stylesheet, ns=(1, 1))

    assert address(app) != before


def test_the_same_content_has_the_same_address(app, stylesheet):
    before = address(app)
    os.utime(stylesheet, ns=(1, 1))

    assert address(app) == before


@pytest.mark.parametrize("path", ["/static/css/app.css", "/static/nothing.css?v=1", "/?v=1"])
def test_nothing_else_is_kept_for_ever(client, path):
    answer = client.get(path, buffered=True)

    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_a_file_that_is_not_there_has_no_address(app, stylesheet):
    with app.test_request_context(), pytest.raises(FileNotFoundError):
        static_url("missing.css")
