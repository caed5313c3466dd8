"""What a page weighs on its way to a phone, as a proxy that speaks brotli sends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import brotli  # type: ignore[import-untyped]
import httpx

KILOBYTE = 1000
OF_A_PAGE, OF_A_FILE = 5, 11
"""Brotli's effort: a page is compressed while somebody waits, a file once."""
FONT = re.compile(r"url\([\"']?([^)\"']+\.woff2[^)\"']*)")
IMPORT = re.compile(r"""(?:import|from)\s*["']([^"']+)["']""")


@dataclass
class Weight:
    """Kilobytes of each kind."""

    html: float = 0.0
    css: float = 0.0
    js: float = 0.0
    fonts: float = 0.0

    @property
    def text(self) -> float:
        return self.html + self.css + self.js


class _Named(HTMLParser):
    """The stylesheets and scripts that a page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.css: list[str] = []
        self.js: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "link" and named.get("rel") == "stylesheet":
            self.css.append(named["href"])
        if tag == "script" and "src" in named:
            self.js.append(named["src"])


@dataclass
class Scales:
    """Weighs one page; whatever it names is weighed once."""

    client: httpx.Client
    weighed: set[str] = field(default_factory=set)
    weight: Weight = field(default_factory=Weight)

    def weigh(self, url: str) -> Weight:
        page = self.client.get(url).raise_for_status()
        self.weight.html = _kilobytes(brotli.compress(page.content, quality=OF_A_PAGE))
        named = _Named()
        named.feed(page.text)
        for address in named.css:
            self._add_css(urljoin(url, address))
        for address in named.js:
            self._add_js(urljoin(url, address))
        return self.weight

    def _add_css(self, url: str) -> None:
        text = self._once(url)
        self.weight.css += _kilobytes(brotli.compress(text.encode(), quality=OF_A_FILE))
        for font in FONT.findall(text):
            address = urljoin(url, font)
            if address not in self.weighed:
                self.weighed.add(address)
                self.weight.fonts += _kilobytes(self.client.get(address).raise_for_status().content)

    def _add_js(self, url: str) -> None:
        text = self._once(url)
        self.weight.js += _kilobytes(brotli.compress(text.encode(), quality=OF_A_FILE))
        for address in IMPORT.findall(text):
            if urlsplit(address).path.endswith(".js"):
                self._add_js(urljoin(url, address))

    def _once(self, url: str) -> str:
        if url in self.weighed:
            return ""
        self.weighed.add(url)
        return self.client.get(url).raise_for_status().text


def _kilobytes(content: bytes) -> float:
    return len(content) / KILOBYTE
