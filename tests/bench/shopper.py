"""Somebody who buys through plain HTTP: cookies, forms and redirects, and nothing that costs the
machine much.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse  # noqa: TID251  (httpx computes too long)
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'type="hidden" name="(key|fingerprint|shown)" value="([^"]*)"')
ADDRESS = {
    "method": "ship", "name": "Ada Test", "phone": "13800000012", "email": "ada@example.org",
    "region": "浙江省 杭州市 西湖区", "street": "测试路1号", "gateway": "sandbox",
}  # fmt: skip
TIMEOUT = 60.0
CLIENT_ERROR, SERVER_ERROR = 400, 500


class Refused(RuntimeError):
    """An answer that a shopper must never see."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


@dataclass
class Shopper:
    """One browser at an address of its own."""

    port: int
    number: int
    cookies: dict[str, str] = field(default_factory=dict)
    _lines: dict[str, HTTPConnection] = field(default_factory=dict)

    def get(self, url: str) -> Answer:
        return self._ask("GET", url, None)

    def post(self, url: str, **typed: object) -> Answer:
        return self._ask("POST", url, urlencode(typed))

    def close(self) -> None:
        for line in self._lines.values():
            line.close()

    def buy(self, page: str, variant: int) -> str:
        """Product, bag, checkout, paid, order page; the order, or nothing when it is gone."""
        self.get(page)
        self.post("/bag", variant=variant)
        self.get("/bag")
        return self.pay(self.fill_in()) if self.begin() else ""

    def begin(self) -> bool:
        """Press checkout; whether the goods are held from now on."""
        return self.post("/checkout").location == "/checkout"

    def fill_in(self) -> str:
        """The form of checkout; where to pay for the order."""
        self.get("/checkout")
        form = self.post("/checkout/fields", **ADDRESS).text
        placed = self.post("/checkout/order", **ADDRESS, **dict(HIDDEN.findall(form)))
        return placed.location

    def pay(self, address: str) -> str:
        """At the provider, then back; the page of the paid order."""
        self.get(address)
        back = self.post(address.partition("?")[0] + "/pay").location
        order = self.get(back).location
        shown = self.get(order)
        if "Paid" not in shown.text:
            raise Refused(f"{order} does not say that it was paid")
        return order

    def host(self, named: str) -> str:
        """Where to ask for an address that names this host or none."""
        return named or f"127.0.0.1:{self.port}"

    def _ask(self, method: str, url: str, body: str | None) -> Answer:
        parts = urlsplit(url)
        host = self.host(parts.netloc)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}."
            f"{self.number & 255}",
            "Accept-Language": "en",
        }
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://{host}",
            }
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        answer, text = self._answer(host, method, path, body, headers)
        if answer.status >= SERVER_ERROR:
            raise Refused(f"{method} {url} answered {answer.status}")
        self._remember(answer)
        return Answer(answer.status, answer.headers.get("Location", ""), text)

    def _answer(
        self, host: str, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[HTTPResponse, str]:
        line = self._lines.get(host)
        if line is None:
            line = self._lines[host] = HTTPConnection(host, timeout=TIMEOUT)
        line.request(method, path, body, headers)
        answer = line.getresponse()
        return answer, answer.read().decode()

    def _remember(self, answer: HTTPResponse) -> None:
        for set_cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = set_cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
