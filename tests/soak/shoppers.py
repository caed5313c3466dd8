"""Shoppers who buy over HTTP, pay at the provider, change their minds and press buttons twice."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from threading import Event

import httpx

from tests.soak.tally import Tally

TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
PATIENCE, TRIES, PAUSE = 30.0, 40, 0.5
UNAVAILABLE, WRONG = 503, 500
WAYS = ("piece", "piece", "piece", "two pieces", "campaign", "look")


class GoneAway(Exception):
    """The shop did not answer, or said that it cannot at the moment."""


@dataclass(frozen=True)
class Goods:
    """What everybody wants; `paths` are the pages of the variants, in their order."""

    variants: Sequence[int]
    paths: Sequence[str]
    campaign: str
    sku: int


@dataclass
class Shopper:
    """One person after another at one browser, until told to stop."""

    url: str
    goods: Goods
    tally: Tally
    random: Random
    name: int
    _visits: count[int] = field(default_factory=count)

    def shop(self, stopping: Event) -> None:
        while not stopping.is_set():
            try:
                with self._browser() as browser:
                    self._visit(browser, self.random.choice(WAYS))
            except GoneAway:
                stopping.wait(PAUSE)

    def _browser(self) -> httpx.Client:
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}
        return httpx.Client(
            base_url=self.url, headers=headers, timeout=PATIENCE, verify=TLS, trust_env=False
        )

    def _visit(self, browser: httpx.Client, way: str) -> None:
        if way == "look":
            for path in ("/", "/c/all", self.random.choice(self.goods.paths), "/search?q=jacket"):
                self._ask(browser, "GET", path)
            return
        if self._is_begun(browser, way):
            self._order(browser)
        else:
            self.tally.count("found it gone")

    def _is_begun(self, browser: httpx.Client, way: str) -> bool:
        """Whether goods are held and the form can be filled in."""
        if way == "campaign":
            page = f"{self.goods.campaign}/joins"
            joined = self._ask(browser, "POST", page, {"sku": self.goods.sku})
            return _leads_to_checkout(joined)
        if way == "two pieces":
            for variant in self.random.sample(self.goods.variants, 2):
                self._ask(browser, "POST", "/bag", {"variant": variant})
            return _leads_to_checkout(self._ask(browser, "POST", "/checkout"))
        nth = self.random.randrange(len(self.goods.variants))
        wanted = {"variant": self.goods.variants[nth], "back": self.goods.paths[nth]}
        begun = self._ask(browser, "POST", "/checkout", wanted)
        return _leads_to_checkout(begun)

    def _order(self, browser: httpx.Client) -> None:
        number = f"{self.name}-{next(self._visits)}"
        typed = {
            "name": f"Buyer {number}", "email": f"buyer{number}@example.org",
            "method": "ship", "phone": f"139{self.random.randrange(10**8):08d}",
            "region": "浙江省 杭州市 西湖区", "street": "测试路1号", "gateway": "sandbox",
        }  # fmt: skip
        form = self._ask(browser, "POST", "/checkout/fields", typed)
        hidden = re.findall(r'name="(key|fingerprint|shown)" value="([^"]*)"', form.text)
        filled = typed | dict(hidden)
        answer = self._insist(browser, "/checkout/order", filled)
        if not answer.is_redirect:
            self.tally.count("found it gone")
            return
        self.tally.count("ordered")
        if self.random.random() < 0.2:
            self._press_again(browser, filled)
        if "/pay/" in answer.headers["Location"]:
            self._pay(browser, answer.headers["Location"])

    def _press_again(self, browser: httpx.Client, filled: Mapping[str, object]) -> None:
        """The same form once more leads to one order, however often it is sent."""
        places = {
            self._insist(browser, "/checkout/order", filled).headers.get("Location", "")
            for _ in range(2)
        }
        paths = {place.partition("?")[0] for place in places}
        if len(paths) != 1 or not paths.pop().startswith("/o/"):
            self.tally.blame(f"one form led to {sorted(places)}")

    def _pay(self, browser: httpx.Client, page: str) -> None:
        """At the provider, whose answer leads back to the order."""
        action = self.random.choices(("pay", "decline", ""), (85, 5, 10))[0]
        if not action:
            self.tally.count("left without paying")
            return
        back = self._insist(browser, f"{page.partition('?')[0]}/{action}", {})
        path = back.headers.get("Location", "").removeprefix(self.url).partition("?")[0]
        if path.startswith("/o/"):
            self.tally.keep(path)
            self.tally.count("paid" if action == "pay" else "declined")
            self._ask(browser, "GET", path)

    def _insist(
        self, browser: httpx.Client, path: str, form: Mapping[str, object]
    ) -> httpx.Response:
        """Send it until it is answered, as somebody does who wants to know."""
        for _ in range(TRIES):
            try:
                return self._ask(browser, "POST", path, form)
            except GoneAway:
                time.sleep(PAUSE)
        raise GoneAway

    def _ask(
        self,
        browser: httpx.Client,
        method: str,
        path: str,
        form: Mapping[str, object] | None = None,
    ) -> httpx.Response:
        self.tally.count("asked")
        try:
            answer = browser.request(method, path, data=dict(form or {}))
        except httpx.TransportError:
            self.tally.count("no answer")
            raise GoneAway from None
        if answer.status_code == UNAVAILABLE:
            self.tally.count("unavailable")
            raise GoneAway
        if answer.status_code >= WRONG:
            self.tally.blame(f"{method} {path.partition('?')[0]} was answered {answer.status_code}")
            raise GoneAway
        return answer


def _leads_to_checkout(answer: httpx.Response) -> bool:
    return str(answer.headers.get("Location", "")).endswith("/checkout")
