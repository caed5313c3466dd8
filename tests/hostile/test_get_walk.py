"""Every address of the shop, asked for with everything it was not made for.

The walk is generated from the routing table: a new address is walked without being listed here.
What an address reads from its query is found out by watching it read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.platform.configuration import settings
from app.platform.web.security import ShopRequest, Values
from tests.hostile.addresses import filled, genuine, known
from tests.hostile.browser import Browser, Text, quoted
from tests.hostile.judging import complaints
from tests.hostile.values import (
    HEADERS,
    HOSTILE,
    METHODS,
    SHORTER,
    SHORTEST,
    SPOILT_COOKIES,
    dealt,
    some,
)
from tests.hostile.world import World
from tests.soaking import on_postgresql

pytestmark = [pytest.mark.slow, on_postgresql]
VISITORS = ("anonymous", "ada", "owner")
COOKIES = {"bag", "body", "lang", "mode", "unit", "session", "wishes"}
PRIVATE = ("/admin", "/me", "/dev")
OWN_PLACES = {"ada": ("/me", "/bag", "/checkout", "/login"), "owner": ("/admin",)}
"""Where a visitor sees what others do not; the rest is walked in depth as anonymous alone."""


class Watched(Values):
    """Notes which names are read."""

    read: ClassVar[set[str]] = set()

    def getlist(self, key, type=None):  # noqa: A002  (as Werkzeug calls it)
        Watched.read.add(key)
        return super().getlist(key, type)

    def __getitem__(self, key):
        Watched.read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        Watched.read.add(str(key))
        return super().__contains__(key)


@pytest.fixture
def read_names(app: Flask, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of query values and cookies read since it was last cleared."""

    class Watching(ShopRequest):
        parameter_storage_class = Watched
        dict_storage_class = Watched

    Watched.read.clear()
    monkeypatch.setattr(app, "request_class", Watching)
    return Watched.read


@pytest.fixture(params=VISITORS)
def walker(request: pytest.FixtureRequest, app: Flask, world: World) -> Walker:
    return Walker(request.param, world.browser(app, request.param), world, app)


class Walker:
    """Asks, and writes down what was wrong with the answer."""

    def __init__(self, name: str, browser: Browser, world: World, app: Flask) -> None:
        self.name, self.browser, self.world = name, browser, world
        self.found: list[str] = []
        self.asked = 0
        self._own_host = urlsplit(settings().public_url).netloc
        self._providers = frozenset({urlsplit(settings().sandbox_url).netloc})
        self.rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]

    def ask(self, what: str, path: Text, query: Text = b"", **headers: Text) -> int:
        """The answer's status."""
        self.asked += 1
        kept = dict(self.browser.cookies)
        response = self.browser.get(path, query, **headers)
        self.browser.cookies = kept
        wrong = complaints(response, own_host=self._own_host, providers=self._providers)
        self.found += [f"{self.name}: {path!r} with {what}: {each}" for each in wrong]
        return response.status_code

    def open_rules(self) -> Iterator[Rule]:
        """The addresses to walk in depth as this visitor."""
        own = OWN_PLACES.get(self.name)
        for rule in self.rules:
            if rule.rule.startswith(own) if own else not rule.rule.startswith(PRIVATE):
                yield rule

    def path(self, rule: Rule, **parts: Text) -> bytes:
        return filled(rule, {**genuine(rule, self.world), **parts})

    def done(self) -> None:
        assert not self.found, f"{len(self.found)} of {self.asked}:\n" + "\n".join(self.found[:40])


def test_every_part_of_every_address_is_known(app, world):
    """Otherwise the walk stops at a page that says there is nothing."""
    unknown = {
        f"{rule.rule}: say in tests/hostile/world.py what {name} may be"
        for rule in app.url_map.iter_rules()
        for name in rule.arguments
        if not known(name, rule, world)
    }

    assert unknown == set()


def test_every_address_answers_everybody(walker):
    for rule in walker.rules:
        walker.ask("nothing unusual", walker.path(rule))

    walker.done()
    assert walker.asked > 40


def test_no_part_of_an_address_is_trusted(walker):
    parts = [(rule, name) for rule in walker.open_rules() for name in sorted(rule.arguments)]
    for place, (rule, name) in enumerate(parts):
        for what, value in dealt(HOSTILE, place, each=3).items():
            walker.ask(f"{name} {what}", walker.path(rule, **{name: value}))

    walker.done()


def test_no_value_of_a_query_is_trusted(walker, read_names):
    for place, rule in enumerate(walker.open_rules()):
        read_names.clear()
        path = walker.path(rule)
        walker.ask("nothing unusual", path)
        names = sorted((read_names | {"unheard-of"}) - COOKIES | {"lang"})
        for what, value in dealt(SHORTER, place, each=2).items():
            pairs = [f"{quoted(name)}={quoted(value)}" for name in names]
            walker.ask(f"{names} {what}", path, "&".join([*pairs, *pairs]))
        for which, name in enumerate(some(names, place) if len(names) > 3 else ()):
            for what, value in dealt(SHORTEST, place + which, each=1).items():
                walker.ask(f"{name} {what}", path, f"{quoted(name)}={quoted(value)}")
        walker.ask("a broken query", path, b"&&=&%&%zz=%u0041;\xff=\x00&" + b"a=1&" * 3000)

    walker.done()


def test_no_cookie_is_trusted(walker, read_names):
    for place, rule in enumerate(walker.open_rules()):
        read_names.clear()
        path = walker.path(rule)
        walker.ask("nothing unusual", path)
        names = sorted((read_names & COOKIES) | {"session"})
        for what, value in dealt(SPOILT_COOKIES, place, each=2).items():
            kept = dict(walker.browser.cookies)
            walker.browser.cookies |= dict.fromkeys(names, value)
            walker.ask(f"cookies {what}", path)
            walker.browser.cookies = kept

    walker.done()


def test_no_header_is_trusted(walker):
    for place, rule in enumerate(walker.open_rules()):
        for what, headers in dealt(HEADERS, place, each=2).items():
            walker.ask(what, walker.path(rule), **headers)

    walker.done()


def test_another_host_is_refused_and_never_written_into_a_page(walker):
    for rule in walker.open_rules():
        path = walker.path(rule)
        response = walker.browser.get(path, Host=b"vtr.example")
        assert response.status_code == 400, path
        assert "vtr.example" not in response.get_data(as_text=True)

    walker.done()


def test_methods_nobody_wrote_are_refused(walker):
    for place, rule in enumerate(walker.open_rules()):
        for method in dealt(METHODS, place, each=2):
            response = walker.browser.ask(method, walker.path(rule).decode())
            assert response.status_code in {403, 405}, (method, rule.rule)
            assert response.headers["Content-Security-Policy"]
