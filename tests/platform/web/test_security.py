"""Headers on every answer, names that are ours, and writes that another site may have sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.cart.models import Bag
from app.catalog.models import Product
from app.config import Settings
from app.platform.configuration import KEY as SETTINGS
from app.platform.db import db
from tests.cast import house, piece
from tests.conftest import StoppedClock, visitor

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action {form_action}; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=()",
    "X-Frame-Options": "DENY",
}
SITE = "Sec-Fetch-Site"


@pytest.fixture
def stranger(app: Flask, client: FlaskClient) -> FlaskClient:
    """A visitor whose browser says nothing of where its requests come from."""
    del client.environ_base["HTTP_SEC_FETCH_SITE"]
    return client


@pytest.fixture
def variant(app: Flask, clock: StoppedClock) -> int:
    return piece(house(clock.now), clock.now)


def bags() -> int | None:
    return db.session.scalar(select(func.count()).select_from(Bag))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/bag/badge", 200),
        ("GET", "/static/css/app.css", 200),
        ("GET", "/robots.txt", 200),
        ("GET", "/healthz", 200),
        ("POST", "/checkout", 303),
        ("GET", "/nothing-here", 404),
        ("GET", "/static/nothing.css", 404),
        ("POST", "/hooks/payments/nobody", 404),
        ("POST", "/", 405),
    ],
)
def test_every_answer_carries_the_headers(client, settings, method, path, status):
    answer = client.open(path, method=method, buffered=True)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    policy = POLICY.format(form_action=f"'self' {settings.sandbox_url}")
    assert answer.headers["Content-Security-Policy"] == policy


def test_without_the_sandbox_forms_lead_nowhere_else(app, client, settings, monkeypatch):
    other = replace(settings, payment_methods=("bank_transfer",))
    monkeypatch.setitem(app.extensions, SETTINGS, other)

    answer = client.get("/help")

    assert answer.headers["Content-Security-Policy"] == POLICY.format(form_action="'self'")


@pytest.mark.parametrize(("scheme", "expected"), [("http", None), ("https", "max-age=31536000")])
def test_only_encrypted_answers_ask_for_encryption(client, settings: Settings, scheme, expected):
    own = settings.public_url.replace("http:", f"{scheme}:")

    answer = client.get("/healthz", base_url=own)

    assert answer.headers.get("Strict-Transport-Security") == expected
    assert ("Cross-Origin-Opener-Policy" in answer.headers) is (expected is not None)


@pytest.mark.parametrize("path", ["/search", "/help", "/orders", "/i/{number}/reviews"])
def test_a_page_that_says_nothing_else_is_kept_for_nobody_else(client, variant, path):
    number = db.session.scalars(select(Product.number)).one()

    answer = client.get(path.format(number=number))

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert {"Accept-Language", "Cookie", "HX-Request"} <= set(answer.vary)


def test_a_machine_is_told_too(client):
    for path in ("/robots.txt", "/healthz", "/sitemap.xml"):
        assert client.get(path).headers["Cache-Control"] == "private, no-cache"


def test_an_answer_that_sets_a_cookie_is_kept_by_nobody(client):
    answer = client.get("/?lang=en")

    assert "Set-Cookie" in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"


def ours(settings: Settings) -> Mapping[str, str]:
    """Placeholders of the tables below."""
    port = settings.port
    return {
        "{own}": settings.public_url,
        "{port}": f"http://127.0.0.1:{port + 1}",
        "{prefix}": f"{settings.public_url}.example.org",
        "{user}": f"http://127.0.0.1:{port}@example.org",
    }


def filled(headers: Mapping[str, str], settings: Settings) -> dict[str, str]:
    values = dict(headers)
    for name, text in values.items():
        for placeholder, meant in ours(settings).items():
            text = text.replace(placeholder, meant)  # noqa: PLW2901
        values[name] = text
    return values


@pytest.mark.parametrize(
    "headers",
    [
        {SITE: "same-origin"},
        {SITE: "none"},
        {SITE: "same-origin", "Origin": "null"},
        {"Origin": "{own}"},
        {"Referer": "{own}/bag?x=1"},
        {"Origin": "{own}", "Referer": "https://example.org/"},
    ],
    ids=str,
)
def test_a_write_from_our_own_pages_is_taken(stranger, settings, variant, headers):
    answer = stranger.post("/bag", data={"variant": variant}, headers=filled(headers, settings))

    assert answer.status_code == 303
    assert bags() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SITE: ""},
        {SITE: "cross-site"},
        {SITE: "same-site"},
        {SITE: "Same-Origin"},
        {SITE: "cross-site", "Origin": "{own}", "Referer": "{own}/"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "{port}"},
        {"Origin": "{prefix}"},
        {"Origin": "{user}"},
        {"Origin": "null", "Referer": "{own}/"},
        {"Origin": "https://example.org", "Referer": "{own}/"},
        {"Referer": "https://example.org/{own}"},
        {"Referer": "/bag"},
    ],
    ids=str,
)
def test_a_write_that_another_site_may_have_sent_is_refused(stranger, settings, variant, headers):
    answer = stranger.post("/bag", data={"variant": variant}, headers=filled(headers, settings))

    assert answer.status_code == 403
    assert bags() == 0


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
def test_every_way_to_write_is_guarded(stranger, method):
    answer = stranger.open("/bag", method=method, headers={SITE: "cross-site"})

    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_links_from_other_sites_may_be_followed(stranger, method):
    answer = stranger.open("/bag", method=method, headers={SITE: "cross-site"})

    assert answer.status_code == 200


def test_callbacks_come_from_elsewhere_and_prove_themselves(stranger):
    answer = stranger.post("/hooks/payments/sandbox", json={}, headers={SITE: "cross-site"})

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("language", "said"), [("en", "not sent from our own page"), ("zh-Hans", "不是从本店页面")]
)
def test_a_refusal_is_said_in_the_readers_language(stranger, language, said):
    stranger.get("/", headers={"Accept-Language": "zh"})
    stranger.get("/", headers={"Accept-Language": "en"})

    answer = stranger.post("/bag", headers={SITE: "cross-site", "Accept-Language": language})

    assert said in answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "evil\\127.0.0.1"])
def test_a_name_that_is_not_ours_is_not_answered(client, host):
    answer = client.get("/bag", headers={"Host": host})

    assert answer.status_code == 400
    assert "example.org" not in answer.get_data(as_text=True)


def test_a_forwarded_name_is_believed_of_known_proxies_only(client, make_app, settings):
    forwarded = {"X-Forwarded-Host": "example.org", "X-Forwarded-Proto": "https"}
    behind = make_app(proxy_count=1, trusted_hosts=("example.org",))

    without = client.get("/healthz", headers=forwarded)
    with behind.app_context():
        through = visitor(behind).get("/healthz", headers=forwarded)

    assert (without.status_code, "Strict-Transport-Security" in without.headers) == (200, False)
    assert (through.status_code, "Strict-Transport-Security" in through.headers) == (200, True)
