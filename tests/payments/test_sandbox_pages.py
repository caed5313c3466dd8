"""The pages of the sandbox provider: paying, and the switches."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.payments.sandbox_orders import ORDER_PAGE, opened, paid
from tests.servers.sandbox import SandboxServer, sandbox_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


def shown(payment: dict[str, str], language: str = "en") -> httpx.Response:
    return httpx.get(payment["pay_url"], params={"lang": language}, headers=BROWSER)


def press(sandbox: SandboxServer, page: str, number: int) -> httpx.Response:
    """Submit the page's form of that number as a browser without JavaScript does."""
    action = re.findall(r'<form method="post" action="([^"]+)"', page)[number]
    return httpx.post(sandbox.url + action.replace("&amp;", "&"), headers=BROWSER)


def test_pressing_pay_captures_and_goes_back_to_the_shop(sandbox: SandboxServer) -> None:
    payment = opened(sandbox)

    answer = press(sandbox, shown(payment).text, 0)

    assert (answer.status_code, answer.headers["Location"]) == (303, ORDER_PAGE)
    assert sandbox.call("GET", f"/v1/payments/{payment['id']}")["status"] == "captured"


def test_pressing_decline_fails_and_goes_back_to_the_shop(sandbox: SandboxServer) -> None:
    payment = opened(sandbox)

    answer = press(sandbox, shown(payment).text, 1)

    assert (answer.status_code, answer.headers["Location"]) == (303, ORDER_PAGE)
    assert sandbox.call("GET", f"/v1/payments/{payment['id']}")["status"] == "failed"


def test_leaving_is_a_link_that_changes_nothing(sandbox: SandboxServer) -> None:
    payment = opened(sandbox)

    page = shown(payment).text

    assert f'<a class="quiet" href="{ORDER_PAGE}">Leave without paying</a>' in page
    assert sandbox.call("GET", f"/v1/payments/{payment['id']}")["status"] == "pending"


def test_pressing_pay_twice_captures_once(sandbox: SandboxServer) -> None:
    payment = opened(sandbox)
    page = shown(payment).text

    answers = [press(sandbox, page, 0), press(sandbox, page, 0)]

    assert [answer.headers["Location"] for answer in answers] == [ORDER_PAGE] * 2
    assert [line["kind"] for line in sandbox.log()] == ["payment.captured"]


def test_a_page_left_open_too_long_says_so(sandbox: SandboxServer) -> None:
    payment = opened(sandbox)
    page = shown(payment).text
    sandbox.act("payments", payment["id"], "expire")

    answer = press(sandbox, page, 0)

    assert answer.status_code == 303
    after = httpx.get(sandbox.url + answer.headers["Location"]).text
    assert "Time is over" in after
    assert "<form" not in after


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Sandbox: no money moves here", "Pay ¥1,280.50", "Order 8XK2", "about 30 min"]),
        ("zh-Hans", ["沙盒环境，不会真的扣款", "付款 ¥1,280.50", "先不付，返回", "约 30 分钟"]),
    ],
)
def test_the_page_speaks_both_languages(
    sandbox: SandboxServer, language: str, words: list[str]
) -> None:
    page = shown(opened(sandbox), language).text

    assert f'<html lang="{language}">' in page
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"), ("en-GB", "en"), ("fr", "en"), ("zh-Hans", "zh-Hans")],
)
def test_the_browsers_language_decides_when_none_is_asked_for(
    sandbox: SandboxServer, accepted: str, language: str
) -> None:
    payment = opened(sandbox)

    page = httpx.get(payment["pay_url"], headers={"Accept-Language": accepted}).text

    assert f'<html lang="{language}">' in page


def test_the_shops_language_is_kept_on_the_way(sandbox: SandboxServer) -> None:
    payment = opened(sandbox, locale="zh-Hans")

    page = httpx.get(payment["pay_url"], headers={"Accept-Language": "en"}).text

    assert '<html lang="zh-Hans">' in page


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [(128000, "CNY", "¥1,280<"), (5, "USD", "$0.05<"), (1200, "JPY", "¥1,200<"),
     (1280, "CHF", "CHF 12.80<")],
)  # fmt: skip
def test_the_amount_is_written_in_its_currency(
    sandbox: SandboxServer, amount: int, currency: str, text: str
) -> None:
    assert text in shown(opened(sandbox, amount=amount, currency=currency)).text


@pytest.mark.parametrize(
    ("action", "heading"), [("pay", "Paid"), ("decline", "Declined"), ("expire", "Time is over")]
)
def test_a_payment_that_is_over_offers_only_the_way_back(
    sandbox: SandboxServer, action: str, heading: str
) -> None:
    payment = opened(sandbox)
    sandbox.act("payments", payment["id"], action)

    page = shown(payment).text

    assert f">{heading}</h1>" in page
    assert "<form" not in page
    assert f'href="{ORDER_PAGE}">Back to the shop</a>' in page


def test_what_the_shop_sends_is_text_on_the_page(sandbox: SandboxServer) -> None:
    page = shown(opened(sandbox, description='<script>alert("1")</script>')).text

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_allows_no_script_and_forms_only_to_itself_and_the_shop(
    sandbox: SandboxServer,
) -> None:
    answer = shown(opened(sandbox))

    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none';"
        " form-action 'self' http://127.0.0.1:9"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in answer.text
    assert "style=" not in answer.text


def test_an_unknown_payment_has_a_page_too(sandbox: SandboxServer) -> None:
    answer = httpx.get(f"{sandbox.url}/pay/pay_nothing?lang=zh-Hans")

    assert answer.status_code == 404
    assert "没有这笔付款" in answer.text


def test_switches_are_turned_on_their_page(sandbox: SandboxServer) -> None:
    typed = {"drop": "all", "reorder": "on", "falsify": "amount", "delay_seconds": "1.5"}

    answer = httpx.post(f"{sandbox.url}/_switches", data=typed, headers=BROWSER)

    assert answer.status_code == 303
    switches = sandbox.call("GET", "/_switches")
    assert {name: switches[name] for name in typed} == {
        "drop": -1, "reorder": True, "falsify": "amount", "delay_seconds": 1.5,
    }  # fmt: skip
    page = httpx.get(sandbox.url + answer.headers["Location"], headers=BROWSER).text
    assert 'name="reorder" value="on" checked' in page
    assert "<option selected>amount</option>" in page
    httpx.post(f"{sandbox.url}/_switches", data={"drop": "0"}, headers=BROWSER)
    assert sandbox.call("GET", "/_switches")["reorder"] is False


def test_a_wrong_switch_keeps_what_was_typed(sandbox: SandboxServer) -> None:
    typed = {"drop": "some", "delay_seconds": "2", "api_down": "on"}

    answer = httpx.post(f"{sandbox.url}/_switches?lang=zh-Hans", data=typed, headers=BROWSER)

    assert answer.status_code == 422
    assert 'value="some" autocomplete="off" aria-invalid="true"' in answer.text
    assert "这个值不合适。" in answer.text
    assert 'name="delay_seconds" value="2"' in answer.text
    assert sandbox.call("GET", "/_switches")["api_down"] is False


def test_the_page_of_switches_shows_the_latest_callbacks(sandbox: SandboxServer) -> None:
    paid(sandbox)
    sandbox.wait_until_quiet()

    page = httpx.get(f"{sandbox.url}/_switches", headers=BROWSER).text

    assert "<strong>payment.captured</strong> · given up" in page
    assert "ConnectError, ConnectError" in " ".join(page.split())


def test_a_browser_without_javascript_pays_and_lands_in_the_shop(
    sandbox: SandboxServer, browser: Browser, tmp_path: Path
) -> None:
    """The shop is another origin, to which the page's own policy must let the redirect go."""
    with sandbox_server(tmp_path / "shop") as shop:
        payment = opened(sandbox, return_url=f"{shop.url}/healthz", locale="zh-Hans")
        context = browser.new_context(java_script_enabled=False, locale="en-GB")
        page = context.new_page()

        page.goto(payment["pay_url"])
        page.get_by_role("button", name="付款 ¥1,280.50").click()

        assert page.url == f"{shop.url}/healthz"
        context.close()
    assert sandbox.call("GET", f"/v1/payments/{payment['id']}")["status"] == "captured"
