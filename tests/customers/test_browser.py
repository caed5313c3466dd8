"""The account in a real browser: on a phone, in both languages, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.customers.people import ADA, code_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import StoppedClock

MARKUP_ALONE = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
"""Which database lies behind a page does not show in it."""

OWN_PAGES = ("/me/addresses", "/me/profile", "/me/password", "/me/delete", "/me/addresses/new")
PASTED = "林晓 13800138000 浙江省杭州市西湖区文三路1号2幢301"
WORDS = {
    "en": {"save": "Save", "saved": "The address is saved.", "gone": "Your account is deleted"},
    "zh-Hans": {"save": "保存", "saved": "地址已保存。", "gone": "账户已注销"},
}


@pytest.fixture
def open_page(browser: Browser, live_server: str) -> Iterator[Callable[..., Page]]:
    """A phone at the shop's door; breaches of the policy and script errors fail the test."""
    contexts, complaints = [], list[str]()

    def open_one(*, scripts: bool) -> Page:
        context = browser.new_context(
            viewport={"width": 390, "height": 844},
            base_url=live_server,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and "status of 4" not in said.text
                else None
            ),
        )
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def arrive(page: Page, path: str) -> None:
    page.wait_for_url(lambda url: urlsplit(url).path == path)


def check_access(page: Page) -> None:
    """No breach of WCAG 2.2 AA that axe can see, and nothing wider than the screen."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert found.response["violations"] == [], f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_shopper_comes_keeps_an_address_and_leaves(
    open_page: Callable[..., Page],
    clock: StoppedClock,
    app: object,
    language: str,
    scripts: bool,
) -> None:
    page, words = open_page(scripts=scripts), WORDS[language]

    page.goto(f"/login?lang={language}&next=/me/addresses")
    page.fill("#email", ADA)
    page.keyboard.press("Enter")
    arrive(page, "/login/code")
    page.fill("#code", code_for(ADA))
    page.keyboard.press("Enter")
    arrive(page, "/me/addresses")

    page.goto("/me/addresses/new")
    page.fill("#pasted", PASTED)
    page.click("button[value=read]")
    page.wait_for_selector("#name[value='林晓']")
    page.focus("#street")
    page.keyboard.press("Enter")
    arrive(page, "/me/addresses")
    assert words["saved"] in page.inner_text("#toasts")
    assert "文三路1号2幢301" in page.inner_text("main")

    page.goto("/me/delete")
    page.check("#sure")
    page.click("form.form button[type=submit]")
    arrive(page, "/goodbye")
    assert words["gone"] in page.inner_text("main")


@MARKUP_ALONE
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_everybody_can_use_the_door(
    open_page: Callable[..., Page], clock: StoppedClock, app: object, language: str
) -> None:
    page = open_page(scripts=True)

    page.goto(f"/login?lang={language}")
    check_access(page)
    page.click("#by-password summary")
    page.fill("#email-with-password", ADA)
    page.fill("#password", "guess")
    page.keyboard.press("Enter")
    page.wait_for_selector("#password-error")
    check_access(page)
    page.fill("#email", ADA)
    page.keyboard.press("Enter")
    arrive(page, "/login/code")
    check_access(page)


@MARKUP_ALONE
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_everybody_can_use_their_own_pages(
    open_page: Callable[..., Page], clock: StoppedClock, app: object, language: str
) -> None:
    page = open_page(scripts=True)
    page.goto(f"/login?lang={language}")
    page.fill("#email", ADA)
    page.keyboard.press("Enter")
    arrive(page, "/login/code")
    page.fill("#code", code_for(ADA))
    page.keyboard.press("Enter")
    page.wait_for_selector("#orders")
    check_access(page)

    for path in OWN_PAGES:
        page.goto(path)
        check_access(page)
    page.focus("#name")
    page.keyboard.press("Enter")
    page.wait_for_selector("#error-summary")
    check_access(page)
