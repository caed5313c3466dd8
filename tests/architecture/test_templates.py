"""What a template may not hold: words outside the catalogues, styles, handlers, inline scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*"))
PAGES = [name for name in TEMPLATES if name.endswith(".html")]

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
SHOWS_CHINESE = {
    "errors/500.html": "shown when nothing else works, so in both languages at once",
    "errors/maintenance.html": "the same, served by a proxy while the shop is down",
    "errors/400.html": "the same, for an address that tells no language",
    "ui/navigation.html": "the languages' own names",
}
SAMPLES = "dev/"
"""The living page of components, where samples of both languages stand side by side."""

BY_MAIL = re.compile(r"^(ui|layouts)/mail\.html$|/mail/")
FORBIDDEN = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "an event handler": r"\son[a-z]+\s*=",
    "an hx-on handler": r"\shx-on\b",
    "an inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*application/ld\+json)",
    "a javascript: address": r"javascript:",
    "a trigger filter, which needs eval": r"hx-trigger\s*=\s*[\"'][^\"']*\[",
    "a computed value, which needs eval": r"hx-(vals|headers|request)\S*\s*=\s*[\"']\s*js:",
    "another site": r"(src|href|action)\s*=\s*[\"'](https?:)?//",
}


def text_of(name):
    """The template without its comments."""
    source = (FOLDER / name).read_text(encoding="utf-8")
    return re.sub(r"\{#.*?#\}|<!--.*?-->", "", source, flags=re.DOTALL)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.startswith(SAMPLES)])
def test_words_come_from_the_catalogues(name):
    if name in SHOWS_CHINESE:
        return

    found = [line.strip() for line in text_of(name).splitlines() if CHINESE.search(line)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_page_holds(what):
    allowed_in_mail = what in {"a style attribute", "a style element", "another site"}

    found = [
        f"{name}: {match[0].strip()}"
        for name in PAGES
        if not (allowed_in_mail and BY_MAIL.search(name))
        for match in re.finditer(FORBIDDEN[what], text_of(name), re.IGNORECASE)
    ]

    assert not found, "\n".join(found)


def test_the_exceptions_still_exist():
    assert set(SHOWS_CHINESE) <= set(TEMPLATES)


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("ui/") or "/_" in name])
def test_a_component_begins_by_saying_what_it_shows(name):
    source = (FOLDER / name).read_text(encoding="utf-8").lstrip()

    assert source.startswith("{#"), (
        f"{name} should open with a comment: what it shows, what it needs"
    )
