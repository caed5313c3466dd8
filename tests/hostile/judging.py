"""What no answer of the shop may ever be, whatever was asked."""

from __future__ import annotations

from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Response

from tests.hostile.browser import goes_to

OUR_COOKIES = {"session", "bag", "body", "lang", "mode", "unit", "wishes"}
ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "poster", "data", "cite"}
EVALUATED = "1343433"
TOLD_BY_SCRIPT = ("<script>vtr", "<img src=x", "onerror=vtr()>")
POLICY = ("default-src 'none'", "script-src 'self';", "style-src 'self';", "base-uri 'none'")
SPOKEN_BY = ("Accept-Language", "Cookie")
MEDIA_POLICY = "default-src 'none'; sandbox"


def complaints(response: Response, *, own_host: str, providers: frozenset[str]) -> list[str]:
    """Everything that is wrong with an answer, in words; empty when nothing is."""
    found = []
    if response.status_code >= 500:
        found.append(f"status {response.status_code}")
    place = goes_to(response)
    if place not in {None, "", own_host} and place not in providers:
        found.append(f"leads away to {response.headers.get('Location')!r}")
    found += _headers(response) + _page(response, own_host)
    return found


def _headers(response: Response) -> list[str]:
    found = []
    policy = response.headers.get("Content-Security-Policy", "")
    if policy != MEDIA_POLICY and not all(word in policy for word in POLICY):
        found.append(f"content policy {policy!r}")
    if response.headers.get("X-Content-Type-Options") != "nosniff":
        found.append("may be sniffed")
    if "X-Vtr" in response.headers or any("\n" in value for _name, value in response.headers):
        found.append("a header was injected")
    found += _caching(response)
    set_cookies = response.headers.getlist("Set-Cookie")
    strange = {line.partition("=")[0] for line in set_cookies} - OUR_COOKIES
    if strange:
        found.append(f"sets cookies {strange}")
    if (
        set_cookies
        and response.status_code == 200
        and "private" not in response.headers.get("Cache-Control", "")
    ):
        found.append("a cookie that caches may keep")
    return found


def _caching(response: Response) -> list[str]:
    """Every answer says what caches may do; a page that may be kept, whom else it depends on."""
    said = response.headers.get("Cache-Control", "")
    if not said:
        return ["says nothing to caches"]
    if response.mimetype != "text/html" or "no-store" in said:
        return []
    return [f"the same for every {name}" for name in SPOKEN_BY if name not in response.vary]


def _page(response: Response, own_host: str) -> list[str]:
    if response.mimetype not in {"text/html", "application/xml", "image/svg+xml"}:
        return []
    return list(_text(response.get_data(as_text=True), own_host))


@lru_cache(maxsize=64)
def _text(text: str, own_host: str) -> tuple[str, ...]:
    """Most of what is asked changes nothing in the page, which is then not read again."""
    found = [f"{word!r} stands in the page" for word in TOLD_BY_SCRIPT if word in text]
    if EVALUATED in text:
        found.append("a template evaluated what was typed")
    reader = Reader()
    reader.feed(text)
    found += [f"{name}={value!r}" for name, value in reader.addresses if _is_bad(value, own_host)]
    found += [f"attribute {name}" for name in reader.attributes if name.startswith("on")]
    return tuple(found)


def _is_bad(address: str, own_host: str) -> bool:
    parts = urlsplit(address.strip())
    if parts.scheme not in {"", "http", "https", "mailto", "tel", "data"}:
        return True
    return "vtr.example" in parts.netloc


class Reader(HTMLParser):
    """Every address and every attribute's name of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str]] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.attributes.add(name)
            if name in ADDRESSES:
                self.addresses.append((name, value or ""))
