"""Every form of the shop, found on the pages that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from tests.hostile.addresses import filled, genuine
from tests.hostile.browser import Browser
from tests.hostile.forms import Form, forms_of
from tests.hostile.world import World

NOT_FORMS = ("/hooks/",)
NOT_PAGES = ("/static", "/media", "/dev")
STATES = (
    "open", "paid", "shipped", "refunded", "ready", "collect", "questioned", "refused",
    "transferred",
)  # fmt: skip
"""Orders whose pages are read for their forms."""


@dataclass
class Post:
    """A form at an address; `page` is where it was found, empty when nowhere."""

    endpoint: str
    path: str
    form: Form
    page: str = ""


def shown_to(name: str, app: Flask, world: World) -> list[Post]:
    """Every form that this visitor is shown, each kind once."""
    found: dict[tuple[str, tuple[str, ...]], Post] = {}
    browser = world.browser(app, name)
    for page, answer in _read(app, world, browser):
        for form in forms_of(answer, page):
            action = unquote(urlsplit(form.action).path)
            endpoint = endpoint_of(app, action)
            if endpoint:
                found.setdefault((endpoint, tuple(form.names)), Post(endpoint, action, form, page))
    return list(found.values())


def _read(app: Flask, world: World, browser: Browser) -> Iterator[tuple[str, Response]]:
    """Pages, and what is answered to forms that only show another one."""
    for page in pages(app, world):
        path, _mark, query = page.partition("?")
        yield page, browser.get(path, query)
    for page, typed in world.more_answers:
        for form in forms_of(browser.get(page), page):
            if typed.keys() <= set(form.names):
                yield page, browser.post(form.action, form.filled(**typed))


def post_rules(app: Flask) -> list[Rule]:
    """The addresses that forms go to."""
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return [rule for rule in rules if not rule.rule.startswith(NOT_FORMS)]


def without_a_page(rule: Rule, world: World) -> Post:
    """What no page shows a form for has no fields."""
    path = filled(rule, genuine(rule, world)).decode()
    return Post(rule.endpoint, path, Form("post", path))


def pages(app: Flask, world: World) -> Iterator[str]:
    """Every page there is, those of orders for orders in every state."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule.startswith(NOT_PAGES):
            continue
        parts = genuine(rule, world)
        if parts.get("token") in world.tokens.values():
            choices: Iterable[dict[str, Any]] = ({"token": world.tokens[name]} for name in STATES)
        elif "order_id" in parts:
            choices = ({"order_id": str(world.orders[name])} for name in STATES)
        else:
            choices = ({},)
        for choice in choices:
            yield filled(rule, {**parts, **choice}).decode()
    yield from world.more_pages


def endpoint_of(app: Flask, path: str) -> str:
    """Where a form goes; empty when no address of ours takes it."""
    try:
        endpoint, _parts = app.url_map.bind("localhost").match(path, "POST")
    except HTTPException:
        return ""
    return str(endpoint)
