"""Every error becomes a page, or JSON for machines, and gives nothing away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from app.platform.errors import Conflict
from tests.conftest import visitor

BY_HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
HUGE = 3 * 1024 * 1024


class SoldElsewhere(Conflict):
    code = "sold_elsewhere"


@pytest.fixture
def broken(make_app: Callable[..., Flask]) -> Iterator[FlaskClient]:
    """A visitor of a shop with routes that fail."""
    shop = make_app()

    def breaks() -> str:
        raise RuntimeError("the secret reason")

    def refuses() -> str:
        raise SoldElsewhere("It was sold at a market.")

    def teapot() -> str:
        abort(418)

    for view in (breaks, refuses, teapot):
        shop.add_url_rule(f"/{view.__name__}", view_func=view)
    shop.add_url_rule("/hooks/breaks", "hook", view_func=breaks)
    with shop.app_context():
        yield visitor(shop)


@pytest.fixture
def without_database(make_app: Callable[..., Flask]) -> Iterator[FlaskClient]:
    """A visitor of a shop whose database nobody answers for."""
    shop = make_app(database_url="postgresql://nobody@127.0.0.1:9/none?connect_timeout=1")
    with shop.app_context():
        yield visitor(shop)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Nothing at this address"), ("zh-Hans", "这个地址没有内容")]
)
def test_an_address_without_a_page_is_404_in_the_readers_language(client, language, sentence):
    answer = client.get("/nothing-here", headers={"Accept-Language": language})

    assert answer.status_code == 404
    assert sentence in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_was_typed_is_not_echoed(client):
    answer = client.get("/<script>alert(1)</script>")

    assert "<script>alert(1)" not in answer.get_data(as_text=True)


def test_a_part_of_a_page_gets_a_part_as_its_error(client):
    answer = client.get("/nothing-here", headers=BY_HTMX)

    assert answer.status_code == 404
    assert "<html" not in answer.get_data(as_text=True)


def test_another_method_is_405_and_says_which_are_allowed(client):
    answer = client.post("/help")

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("data", [{"variant": "1" * HUGE}, b"x" * HUGE], ids=["form", "bytes"])
@pytest.mark.parametrize("path", ["/checkout/fields", "/login"])
def test_a_body_that_is_no_upload_and_too_large_is_413(client, path, data):
    answer = client.post(path, data=data)

    assert answer.status_code == 413
    assert answer.mimetype == "text/html"


def test_an_upload_may_be_larger(client):
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    body = head + b"x" * HUGE + b"\r\n--edge--\r\n"

    answer = client.post(
        "/checkout/fields", data=body, content_type="multipart/form-data; boundary=edge"
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/hooks/payments/sandbox", "/hooks/logistics/standard"])
def test_a_callback_that_is_too_large_is_413_for_machines(client, path):
    answer = client.post(path, data=b"x" * (256 * 1024 + 1))

    assert answer.status_code == 413
    assert answer.get_json()["error"] == "too_large"


@pytest.mark.parametrize("path", ["/hooks/payments/sandbox", "/hooks/logistics/standard"])
def test_a_length_that_was_not_announced_is_found_out(client, path):
    body = BytesIO(b"x" * (256 * 1024 + 1))

    answer = client.post(path, input_stream=body, environ_overrides={"wsgi.input_terminated": True})

    assert answer.status_code == 413
    assert answer.get_json()["error"] == "too_large"


@pytest.mark.parametrize("path", ["/hooks/payments/nobody", "/hooks/logistics/nobody"])
def test_machines_get_json(client, path):
    answer = client.post(path, data=b"{}")

    assert answer.status_code == 404
    assert set(answer.get_json()) == {"error", "message", "request_id"}


def test_a_refusal_of_the_shop_is_shown_with_its_sentence(broken):
    answer = broken.get("/refuses")

    assert answer.status_code == 409
    assert "It was sold at a market." in answer.get_data(as_text=True)


def test_an_error_nobody_thought_of_is_a_page_too(broken):
    answer = broken.get("/teapot", headers={"Accept-Language": "en"})

    assert answer.status_code == 418
    assert "That did not work." in answer.get_data(as_text=True)


def test_a_fault_of_ours_is_500_in_both_languages_and_tells_no_secret(broken):
    answer = broken.get("/breaks")
    text = answer.get_data(as_text=True)

    assert answer.status_code == 500
    assert 'lang="en"' in text
    assert 'lang="zh-Hans"' in text
    assert answer.headers["X-Request-ID"] in text
    assert "secret" not in text
    assert "Traceback" not in text


def test_a_fault_of_ours_is_logged_with_its_reason(broken):
    with capture_logs() as lines:
        broken.get("/breaks")

    (line,) = [line for line in lines if line["event"] == "unexpected"]
    assert (line["log_level"], line["route"]) == ("error", "/breaks")
    assert str(line["exc_info"]) == "the secret reason"


def test_a_fault_behind_a_callback_is_json(broken):
    answer = broken.post("/hooks/breaks")

    assert answer.status_code == 405
    assert broken.get("/hooks/breaks").get_json()["error"] == "unavailable"


def test_without_a_database_the_shop_says_so_and_when_to_come_again(without_database):
    answer = without_database.get("/")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["X-Request-ID"] in answer.get_data(as_text=True)


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client):
    answer = client.get("/admin/orders?view=all")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/admin/login?next=/admin/orders%3Fview%3Dall"


def test_a_part_for_nobody_sends_the_whole_page_to_sign_in(client):
    answer = client.get("/admin/orders", headers=BY_HTMX)

    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/admin/login")
