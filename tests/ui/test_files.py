"""What is served as it lies there: vendored files, icons, and the weight of it all."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import tomllib

import pytest

from tests.ui.workbench import ROOT

VENDORED = tomllib.loads((ROOT / "static/vendor/vendor.toml").read_text("utf-8"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
KIB = 1024


def packed(*names):
    return sum(len(gzip.compress((ROOT / "static" / name).read_bytes(), 9)) for name in names)


@pytest.mark.parametrize("entry", VENDORED["file"], ids=lambda entry: entry["path"])
def test_a_vendored_file_is_the_published_one(entry):
    digest = hashlib.sha384((ROOT / entry["path"]).read_bytes()).digest()

    assert base64.b64encode(digest).decode() == entry["sha384"]
    assert (ROOT / entry["licence_file"]).stat().st_size > 0


def test_every_foreign_file_is_listed():
    listed = {entry["path"] for kind in VENDORED.values() for entry in kind}
    foreign = [
        path.relative_to(ROOT).as_posix()
        for folder in ("static/vendor", "static/fonts", "app/platform/fonts/faces")
        for path in (ROOT / folder).iterdir()
        if path.suffix in {".js", ".woff2", ".otf", ".ttf"}
    ]

    assert [path for path in foreign if path not in listed] == []


def test_third_parties_are_thanked():
    thanks = (ROOT / "THIRD_PARTY.md").read_text("utf-8")

    for kind in VENDORED.values():
        for entry in kind:
            assert entry["path"] in thanks
            assert entry["version"] in thanks


def test_every_icon_that_is_named_exists():
    symbols = (ROOT / "static/icons.svg").read_text("utf-8")
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', symbols))
    named = set()
    for path in TEMPLATES:
        source = path.read_text("utf-8")
        named |= set(re.findall(r'(?:ui\.icon|draw|ui\.icon_button)\("([\w-]+)"', source))
        named |= set(re.findall(r'\bicon="([\w-]+)"', source))

    assert named
    assert named - sprite == set()


def test_fonts_are_preloaded_from_the_addresses_the_stylesheet_names():
    stylesheet = (ROOT / "static/css/src/base.css").read_text("utf-8")
    base = (ROOT / "templates/layouts/base.html").read_text("utf-8")
    named = re.findall(r'fonts/([\w.-]+\.woff2)\?v=([\d.]+)"', stylesheet)

    assert len(named) == 2
    for name, version in named:
        assert f"filename='fonts/{name}', v='{version}'" in base
        assert (ROOT / "static/fonts" / name).exists()


def test_pages_stay_light():
    htmx = ("vendor/htmx-4.0.1.min.js", "vendor/hx-preload-4.0.1.min.js")

    assert packed("css/app.css") <= 12 * KIB
    assert packed(*htmx, "js/shop.js", "js/kept.js") <= 20 * KIB
    assert packed("js/shop.js") <= 4.5 * KIB
    assert packed("js/kept.js") <= 1 * KIB
    assert sum(path.stat().st_size for path in (ROOT / "static/fonts").glob("*.woff2")) <= 70 * KIB
