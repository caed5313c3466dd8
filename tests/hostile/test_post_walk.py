"""Every form of the shop, sent as nobody's browser would send it.

Forms are found on the rendered pages, their fields read off them. After each answer the whole
database is compared with what it was: a refusal changes nothing, a success only what its form is
for, nothing ever what belongs to Ben, and the books add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from flask import Flask

from tests.hostile.addresses import filled, genuine
from tests.hostile.browser import MULTIPART, URLENCODED, Upload
from tests.hostile.conftest import Kept
from tests.hostile.finding import post_rules, without_a_page
from tests.hostile.rewinding import Picture, Witness
from tests.hostile.sending import Sender
from tests.hostile.values import MARKUP, ONE_IN, SHORTER, SHORTEST, dealt, some
from tests.soaking import SOAK, on_postgresql

pytestmark = [pytest.mark.slow, on_postgresql]
AREAS = {
    "anonymous": (
        "/bag", "/checkout", "/o/", "/b/", "/w/", "/g/", "/pre/", "/orders", "/login", "/logout",
        "/preferences",
    ),
    "ada": ("/me", "/checkout/order", "/logout"),
    "owner": ("/admin",),
}  # fmt: skip
"""Whose forms each of them sends; the same form of another visitor is the same code."""
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


@pytest.fixture(params=list(AREAS))
def sender(request: pytest.FixtureRequest, app: Flask, kept: Kept) -> Iterator[Sender]:
    name = request.param
    shown, world = kept.shown_to(name, app), kept.world
    posts = [post for post in shown if post.path.startswith(AREAS[name])]
    endpoints = {post.endpoint for post in shown}
    posts += [
        without_a_page(rule, world)
        for rule in post_rules(app)
        if rule.endpoint not in endpoints and rule.rule.startswith(AREAS[name])
    ]
    sender = Sender(app, world, kept.picture, kept.remembered, world.browser(app, name), posts)
    yield sender
    sender.close()


def test_every_form_survives_what_is_missing_doubled_or_unheard_of(sender):
    for number, post in enumerate(sender.posts):
        form = post.form
        token = [(name, value) for name, value in form.filled() if name == "csrf_token"]
        sender.send(post, "with nothing typed", token)
        sender.send(
            post, "without its token", [pair for pair in form.filled() if pair not in token]
        )
        if sender.send(post, "as it stands", form.filled()) == HTTPStatus.FORBIDDEN and post.page:
            sender.found.append(f"{post.endpoint}: not even the form of {post.page} is taken")
        sender.send(post, "with strange fields", [*form.filled(), *STRANGE_FIELDS.items()])
        for place, name in enumerate(some(form.names, number)):
            thrice = [(name, form.control(name).value), (name, "-1"), (name, MARKUP)]
            ways = {"without": form.without(name), "thrice": [*form.without(name), *thrice]}
            for what, fields in dealt(ways, place, each=1).items():
                sender.send(post, f"{name} {what}", fields)

    sender.done(at_least=30)


def test_no_field_of_a_form_is_trusted(sender):
    for number, post in enumerate(sender.posts):
        form = post.form
        for what, value in dealt(SHORTER, number, each=2).items() if form.names else ():
            everywhere = dict.fromkeys(form.names, value)
            sender.send(post, f"{what} everywhere", form.filled(**everywhere))
        names = some(form.names, number) if len(form.names) > 1 else ()
        for place, name in enumerate(names):
            for what, value in dealt(SHORTEST, number + place, each=1).items():
                sender.send(post, f"{name} {what}", form.filled(**{name: value}))

    sender.done(at_least=40 if SOAK else 20)


def test_files_where_text_belongs_and_text_where_files_belong(sender):
    for number, post in enumerate(sender.posts):
        form = post.form
        for place, name in enumerate(form.names):
            if form.is_file(name):
                for what, upload in FILES.items():
                    sender.send(post, f"{name} is {what}", form.filled(**{name: upload}))
                sender.send(post, f"{name} is text", form.filled(**{name: MARKUP}))
            elif SOAK or (number + place) % ONE_IN == 0:
                sender.send(post, f"{name} is a page", form.filled(**{name: FILES["a page"]}))

    sender.done(at_least=10 if SOAK else 4)


def test_no_body_of_a_form_is_trusted(sender):
    # Bodies are read before anybody knows for which form: some of the counter's many.
    posts = sender.posts if len(sender.posts) < 100 else some(sender.posts, 0)
    for number, post in enumerate(posts):
        token = ("csrf_token", dict(post.form.filled()).get("csrf_token", ""))
        for what, fields in dealt(MANY, number, each=1).items():
            sender.send(post, what, [token, *fields])
        for what, (body, kind) in dealt(BODIES, number, each=2).items():
            sender.send_body(post, what, body, kind)

    sender.done(at_least=15)


MANY = {
    "2100 fields": [(f"f{n}", "1") for n in range(2100)],
    "a field of 3 MB": [("name", "x" * 3_000_000)],
}
BODIES = {
    "a cut-off upload": (
        b"--vitrine-boundary-7f3a\r\nContent-Disposition: form-da",
        MULTIPART,
    ),
    "an upload without a boundary": (b"--x\r\n\r\n", "multipart/form-data"),
    "JSON": (b'{"name": {"$ne": null}}', "application/json"),
    "bytes": (b"\x00\xff\xfe&=&;%zz=%u0041", URLENCODED),
    "an unknown kind": (b"x", "text/\xff;charset=utf-99"),
}


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


def test_every_form_of_the_shop_is_found_on_a_page(app, kept):
    """Otherwise the walk sends its address nothing but an empty form."""
    shown = {post.endpoint for name in AREAS for post in kept.shown_to(name, app)}

    hidden = {rule.endpoint for rule in post_rules(app)} - shown - SENT_BY_SCRIPT
    assert hidden == set()


SENT_BY_SCRIPT = {
    "seen.show",
    "checkout.keep_fields",
    "admin_refunds.show_sum",
    "bag.create_restoration",
    "admin_presales.show_consequences",
}
"""Sent by htmx while somebody types, or shown once after a removal."""


def test_remembering_and_putting_back_loses_nothing(app, kept):
    """The ground the walk stands on: a change is seen, and undone."""
    before, witness = Picture(app), Witness(app)
    browser = kept.world.browser(app, "anonymous")

    browser.post("/orders", [("code", "x")])
    assert not witness.saw_a_change()
    browser.post("/bag", [("variant", str(kept.world.pieces[1]))])
    assert witness.saw_a_change()
    assert before.changed().keys() == {"bag_line"}
    witness.close()
    kept.remembered.restore(None)

    assert before.changed() == {}
    assert Picture(app).rows == before.rows
