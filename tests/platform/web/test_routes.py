"""Addresses are written as Werkzeug writes them, and none is compiled before it is written."""

from __future__ import annotations

import pytest
from werkzeug.routing import Map, Rule

from app.platform.web.routes import Route

RULES = {
    "plain": "/cart",
    "numbered": "/orders/<int(max=99):number>",
    "named": "/i/<int:number>/<name>.<path:rest>",
    "first": "/listing/",
    "page": "/listing/<int:page>",
}
VALUES: tuple[dict[str, object], ...] = (
    {},
    {"number": 7},
    {"number": 7, "name": "a b", "rest": "c/d"},
    {"page": 1},
    {"page": 2, "q": "coat & hat"},
    {"number": "seven"},
    {"route": "a name of our own", "self": "another", "number": 7},
)


def written(kind: type[Rule], endpoint: str, values: dict[str, object]) -> list[object]:
    defaults = {"first": {"page": 1}}
    rules = [kind(rule, endpoint=name, defaults=defaults.get(name)) for name, rule in RULES.items()]
    addresses = Map(rules).bind("shop.example.org")

    def build() -> object:
        try:
            return addresses.build(endpoint, dict(values))
        except Exception as refused:  # noqa: BLE001  (which kind is what is compared)
            return type(refused)

    return [build(), build()]


@pytest.mark.parametrize("endpoint", RULES)
def test_an_address_is_written_as_werkzeug_writes_it(endpoint):
    for values in VALUES:
        assert written(Route, endpoint, values) == written(Rule, endpoint, values), values


def test_how_an_address_is_written_is_compiled_once_and_not_before(monkeypatch):
    compiled: list[str] = []
    own = Rule._compile_builder

    def compile_builder(rule: Rule, append_unknown: bool = True):
        compiled.append(rule.rule)
        return own(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", compile_builder)
    addresses = Map([Route("/cart", endpoint="cart"), Route("/other", endpoint="other")]).bind("a")
    assert compiled == []
    assert {addresses.build("cart") for _time in range(3)} == {"/cart"}
    assert compiled == ["/cart"]
