"""Every form of the shop, sent as nobody's browser would send it.

Forms are found on the rendered pages, their fields read off them. After each answer the whole
database is compared with what it was: a refusal changes nothing, a success only what its form is
for, nothing ever what belongs to Ben, and the books add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from app.platform.configuration import settings
from tests.faults import books
from tests.hostile import permitted
from tests.hostile.browser import MULTIPART, URLENCODED, Browser, Upload
from tests.hostile.conftest import Kept
from tests.hostile.forms import Form, forms_of
from tests.hostile.judging import complaints
from tests.hostile.rewinding import Rows, Witness, changed_tables, everything, rows_about
from tests.hostile.test_get_walk import filled, genuine
from tests.hostile.values import HOSTILE, MARKUP, SHORTER, SHORTEST
from tests.hostile.world import World

pytestmark = pytest.mark.slow
Sent = list[tuple[str, Any]]
NOT_FORMS = ("/hooks/",)
AREAS = {
    "anonymous": ("/bag", "/checkout", "/o/", "/orders", "/login", "/logout", "/preferences"),
    "ada": ("/me", "/checkout/order", "/logout"),
    "owner": ("/admin",),
}
"""Whose forms each of them sends; the same form of another visitor is the same code."""
STATES = (
    "open", "paid", "shipped", "refunded", "ready", "collect", "questioned", "refused",
    "transferred",
)  # fmt: skip
"""Orders whose pages are read for their forms."""
STRANGE_FIELDS = {
    "is_admin": "1", "price": "1", "total": "1", "discount": "128000", "currency": "XXX",
    "state": "paid", "customer_id": "1", "merchant_id": "1", "order_id": "1", "paid_at": "1",
    "__proto__[x]": "1", "variant[]": "1", "self.key": "x", MARKUP: "x", "a\x00b": "x",
}  # fmt: skip
FILES = {
    "an empty file": Upload("a.png", b""),
    "a page": Upload("a.html", b"<script>vtr()</script>", "text/html"),
    "a drawing with a script": Upload(
        "a.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>vtr()</script></svg>",
        "image/svg+xml",
    ),
    "a picture by name only": Upload("../../../x\x00.png", b"\x89PNG\r\n\x1a\n" + b"x" * 5000),
    "a table": Upload("a.csv", b"Handle,Title\n=cmd|' /C calc'!A0,\xff\xfe", "text/csv"),
}  # fmt: skip


@dataclass
class Post:
    """A form at an address; `page` is where it was found, empty when nowhere."""

    endpoint: str
    path: str
    form: Form
    page: str = ""


@dataclass
class Sender:
    """Sends, compares, puts everything back, and writes down what was wrong."""

    app: Flask
    kept: Kept
    browser: Browser
    posts: list[Post]
    found: list[str] = field(default_factory=list)
    sent: int = 0

    def __post_init__(self) -> None:
        self._cookies = dict(self.browser.cookies)
        self._host = urlsplit(settings().public_url).netloc
        self._providers = frozenset({urlsplit(settings().sandbox_url).netloc})
        self._before = everything(self.app)
        self._witness = Witness(self.app)

    def send(self, post: Post, what: str, fields: Sent, **headers: bytes) -> int:
        return self._judge(post, what, self.browser.post(post.path, fields, **headers))

    def send_body(self, post: Post, what: str, body: bytes, kind: str) -> int:
        return self._judge(post, what, self.browser.ask("POST", post.path, body=body, kind=kind))

    def _judge(self, post: Post, what: str, response: Any) -> int:
        self.sent += 1
        self.browser.cookies = dict(self._cookies)
        wrong = complaints(response, own_host=self._host, providers=self._providers)
        if self._witness.saw_a_change():
            refused = response.status_code >= 400
            after = everything(self.app)
            changed = changed_tables(self._before, after)
            allowed = permitted.tables(post.endpoint, is_refused=refused)
            wrong += self._compare(after, changed, changed - allowed)
            self._put_back(changed)
        self.found += [f"{post.endpoint} {what}: {each}" for each in wrong]
        return int(response.status_code)

    def _compare(self, after: Rows, changed: set[str], strange: set[str]) -> Iterator[str]:
        if strange:
            yield f"changed {sorted(strange)}"
        before, bens = self._before, self.kept.world.bystander
        if rows_about(after, bens, changed) != rows_about(before, bens, changed):
            yield "changed what is Ben's"
        yield from books.faults()

    def _put_back(self, changed: set[str]) -> None:
        self._witness.close()
        self.kept.remembered.restore(changed)
        self._witness = Witness(self.app)

    @property
    def is_postgresql(self) -> bool:
        return settings().database_url.startswith("postgresql")

    def close(self) -> None:
        self._witness.close()

    def done(self, at_least: int) -> None:
        assert not self.found, f"{len(self.found)} of {self.sent}:\n" + "\n".join(self.found[:40])
        assert self.sent >= at_least


@pytest.fixture(params=list(AREAS))
def sender(request: pytest.FixtureRequest, app: Flask, kept: Kept) -> Iterator[Sender]:
    browser = kept.world.browser(app, request.param)
    posts = posts_of(app, kept.world, browser, AREAS[request.param])
    kept.remembered.restore(None)
    sender = Sender(app, kept, kept.world.browser(app, request.param), posts)
    yield sender
    sender.close()


def posts_of(app: Flask, world: World, browser: Browser, areas: tuple[str, ...]) -> list[Post]:
    """Every form of these areas, each kind once; what no page shows a form for has no fields."""
    found: dict[tuple[str, tuple[str, ...]], Post] = {}
    for page in pages(app, world):
        for form in forms_of(browser.get(page), page):
            path = unquote(urlsplit(form.action).path)
            endpoint = endpoint_of(app, path)
            if path.startswith(areas) and endpoint:
                found.setdefault((endpoint, tuple(form.names)), Post(endpoint, path, form, page))
    shown = {endpoint for endpoint, _names in found}
    for rule in post_rules(app):
        if rule.endpoint not in shown and rule.rule.startswith(areas):
            path = filled(rule, genuine(rule, world)).decode()
            found[rule.endpoint, ()] = Post(rule.endpoint, path, Form("post", path))
    return list(found.values())


def post_rules(app: Flask) -> list[Rule]:
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return [rule for rule in rules if not rule.rule.startswith(NOT_FORMS)]


def pages(app: Flask, world: World) -> Iterator[str]:
    """Every page there is, those of orders for orders in every state."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule.startswith(("/static", "/media", "/dev")):
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


def test_every_form_survives_what_is_missing_doubled_or_unheard_of(sender):
    for post in sender.posts:
        form = post.form
        token = [(name, value) for name, value in form.filled() if name == "csrf_token"]
        sender.send(post, "with nothing typed", token)
        sender.send(
            post, "without its token", [pair for pair in form.filled() if pair not in token]
        )
        if sender.send(post, "as it stands", form.filled()) == HTTPStatus.FORBIDDEN and post.page:
            sender.found.append(f"{post.endpoint}: not even the form of {post.page} is taken")
        sender.send(post, "with strange fields", [*form.filled(), *STRANGE_FIELDS.items()])
        for name in form.names:
            sender.send(post, f"without {name}", form.without(name))
            twice = [(name, form.control(name).value), (name, "-1"), (name, MARKUP)]
            sender.send(post, f"with {name} three times", [*form.without(name), *twice])

    sender.done(at_least=30)


def test_no_field_of_a_form_is_trusted(sender):
    for post in sender.posts:
        form = post.form
        for what, value in SHORTER.items():
            everywhere = dict.fromkeys(form.names, value)
            sender.send(post, f"{what} everywhere", form.filled(**everywhere))
        # What one database refuses the other takes, so that one gets less of it.
        values = SHORTEST if sender.is_postgresql else {"beyond 64 bits": HOSTILE["beyond 64 bits"]}
        for name in form.names if len(form.names) > 1 else ():
            for what, value in values.items():
                sender.send(post, f"{name} {what}", form.filled(**{name: value}))

    sender.done(at_least=100)


def test_files_where_text_belongs_and_text_where_files_belong(sender):
    for post in sender.posts:
        form = post.form
        for name in form.names:
            chosen = FILES if form.is_file(name) else {"a page": FILES["a page"]}
            for what, upload in chosen.items():
                sender.send(post, f"{name} is {what}", form.filled(**{name: upload}))
            if form.is_file(name):
                sender.send(post, f"{name} is text", form.filled(**{name: MARKUP}))

    sender.done(at_least=20)


def test_no_body_of_a_form_is_trusted(sender):
    for post in sender.posts:
        token = dict(post.form.filled()).get("csrf_token", "")
        many = [("csrf_token", token), *((f"f{n}", "1") for n in range(2100))]
        sender.send(post, "2100 fields", many)
        sender.send(post, "a field of 3 MB", [("csrf_token", token), ("name", "x" * 3_000_000)])
        for what, body, kind in BODIES:
            sender.send_body(post, what, body, kind)

    sender.done(at_least=30)


BODIES = (
    ("a cut-off upload", b"--vitrine-boundary-7f3a\r\nContent-Disposition: form-da", MULTIPART),
    ("an upload without a boundary", b"--x\r\n\r\n", "multipart/form-data"),
    ("JSON", b'{"name": {"$ne": null}}', "application/json"),
    ("bytes", b"\x00\xff\xfe&=&;%zz=%u0041", URLENCODED),
    ("an unknown kind", b"x", "text/\xff;charset=utf-99"),
)


def test_every_form_refuses_other_sites(app, kept):
    """Generated from the routing table: whoever adds a form gets this for nothing."""
    witness = Witness(app)
    for name in AREAS:
        browser = kept.world.browser(app, name)
        for rule in post_rules(app):
            path = filled(rule, genuine(rule, kept.world))
            for site in (b"cross-site", b"same-site", b"vtr"):
                answer = browser.post(path, [("name", "x")], Sec_Fetch_Site=site)
                assert answer.status_code == 403, (path, site)
            assert not witness.saw_a_change(), path
    witness.close()


def test_every_form_of_the_shop_is_found_on_a_page(app, world):
    """Otherwise the walk sends its address nothing but an empty form."""
    shown = set()
    for name in AREAS:
        browser = world.browser(app, name)
        for page in (*pages(app, world), f"/admin/team/{int(world.parts['staff_id']) + 1}"):
            for form in forms_of(browser.get(page), page):
                shown.add(endpoint_of(app, unquote(urlsplit(form.action).path)))

    hidden = {rule.endpoint for rule in post_rules(app)} - shown - SENT_BY_SCRIPT
    assert hidden == set()


SENT_BY_SCRIPT = {
    "checkout.keep_fields",
    "admin_refunds.show_sum",
    "bag.create_restoration",
    "admin_presales.show_consequences",
}
"""Sent by htmx while somebody types, or shown once after a removal."""


def test_remembering_and_putting_back_loses_nothing(app, kept, tmp_path: Path):
    """The ground the walk stands on: a change is seen, and undone."""
    before, witness = everything(app), Witness(app)
    browser = kept.world.browser(app, "anonymous")

    browser.post("/orders", [("code", "x")])
    assert not witness.saw_a_change()
    browser.post("/bag", [("variant", str(kept.world.pieces[1]))])
    assert witness.saw_a_change()
    assert changed_tables(before, everything(app)) == {"bag_line"}
    witness.close()
    kept.remembered.restore(None)

    assert everything(app) == before
