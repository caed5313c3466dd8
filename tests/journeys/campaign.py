"""Who runs a presale and who joins it, each with a phone of their own and nothing but pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.journeys.conftest import Ada
from tests.shop.people import PASSWORD

if TYPE_CHECKING:
    from datetime import datetime

    from playwright.sync_api import Page

SHANGHAI = ZoneInfo("Asia/Shanghai")
OVERVIEW = re.compile(r"/admin/presales/[0-9]+$")
RISKS = {"en": "The dyer may be late.", "zh": "染坊可能会晚。"}


class Desk:
    """Somebody of the team."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language

    def sign_in(self, name: str) -> None:
        """Through the staff door, with a password."""
        tag = {"en": "en", "zh": "zh-Hans"}[self.language]
        self.page.goto(f"/admin/login?lang={tag}")
        self.fill(email=f"{name}@example.org", password=PASSWORD)
        self.page.locator("#password").press("Enter")
        self.page.wait_for_url(lambda url: "/login" not in url)

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"#{name}").fill(text)

    def submit(self, action: str) -> None:
        """Send the form of this page that goes there."""
        with self.page.expect_navigation():
            self.page.locator(f"form[action$='{action}'] button[type=submit]").last.click()

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()


class Merchant(Desk):
    """Writes a presale, has it made, asks for the balances and hands the goods on."""

    campaign = ""
    """The address of the one just written."""

    def publish_campaign(self, title: str, now: datetime, **fields: str) -> None:
        """On one page: find the goods, say the terms, publish."""
        self.page.goto("/admin/presales/new")
        self.fill(find=title)
        self.page.locator("button[name=do][value=find]").click()
        self.page.locator("button[value^='add:']").first.click()
        self.page.locator(".sku-edit").first.wait_for()
        closes = (now + timedelta(days=7)).astimezone(SHANGHAI)
        self.fill(
            **{f"risks-{language}": text for language, text in RISKS.items()},
            closes_at=closes.strftime("%Y-%m-%dT%H:%M"),
            promise_earliest=(now + timedelta(days=30)).strftime("%Y-%m-%d"),
            promise_latest=(now + timedelta(days=45)).strftime("%Y-%m-%d"),
            **fields,
        )
        self.page.locator("button[name=do][value=publish]").click()
        self.page.wait_for_url(OVERVIEW)
        self.campaign = self.page.url

    def begin_production(self) -> None:
        self.page.goto(f"{self.campaign}/production")
        self.submit("/production")

    def count(self, **units: int) -> None:
        """So many more of the first SKU have been received, have passed."""
        for stage, number in units.items():
            form = self.page.locator(".count-form").first
            form.locator("[name=units]").fill(str(number))
            form.locator("[name=stage]").select_option(stage)
            with self.page.expect_navigation():
                form.locator("button").click()

    def share_out(self) -> None:
        """The goods are here and too few: share out what passed, as the page proposes."""
        self.submit("/arrival")
        self.page.goto(f"{self.campaign}/production")
        self.submit("/split")

    def ask_for_balances(self) -> None:
        self.page.goto(f"{self.campaign}/balances")
        self.submit("/balances")

    def hand_on(self) -> None:
        """Everybody whose goods are paid for can be packed."""
        self.page.goto(f"{self.campaign}/production")
        self.submit("/fulfilment")

    def ship(self, order_id: int, number: str) -> None:
        """The whole of an order in one parcel."""
        self.page.goto(f"/admin/orders/{order_id}/parcels/new")
        self.fill(number=number)
        self.submit("/parcels")


class Leader(Desk):
    """Shares presales in groups, and sees what came of it."""

    def share(self, group: str) -> str:
        """A new group and its link of the one presale; returns the link's path."""
        self.page.goto("/admin/groups")
        self.fill(name=group)
        self.submit("/admin/groups")
        self.page.locator("#group").select_option(label=group)
        self.submit("/admin/g")
        code = self.page.locator(".said-code").inner_text()
        return f"/g/{re.sub('[^0-9A-Z]', '', code)}"

    def poster(self) -> bytes:
        """The picture of the page that shares the last link, as a phone saves it."""
        source = self.page.locator("img.share-poster").get_attribute("src")
        return self.page.request.get(str(source)).body()

    def figures_of(self, path: str) -> str:
        self.page.goto(f"/admin{path}")
        return self.text


class Shopper(Ada):
    """Joins a presale through the page that a group was sent."""

    def __init__(self, page: Page, language: str, name: str) -> None:
        super().__init__(page, language)
        self.name = name
        self.order = ""

    def join(self, path: str, size: str, units: int = 1) -> None:
        """Open the page, choose, pay what is asked for now at the provider."""
        self.page.goto(path)
        self.page.get_by_role("radio", name=re.compile(rf"^{size}\b")).check()
        self.page.locator("#quantity").fill(str(units))
        self.page.locator("#join button:not([name])").click()
        self.page.wait_for_url("**/checkout")
        self.fill(
            name=self.name, phone="13800000012", email=f"{self.name.lower()}@example.org",
            region="浙江省 杭州市 西湖区", street="测试路1号",
        )  # fmt: skip
        if self.page.evaluate("typeof htmx") == "undefined":
            self.pay()
        self.page.locator("#paybar", has_text="¥").wait_for()
        self.pay()
        self.pay_at_provider()
        self.order = self.page.url.partition("?")[0].removesuffix("/return")

    def leave(self) -> None:
        """On the order's page, at once and without asking anybody."""
        self.page.goto(self.order)
        leaving = self.page.locator("details:has(form[action$='/departures'])")
        leaving.locator("summary").click()
        leaving.locator("button").click()
        self.page.locator("details form[action$='/departures']").wait_for(state="detached")

    def pay_the_balance(self, path: str) -> None:
        """From one's own place on the presale's page to the provider and back."""
        self.page.goto(f"{path}/mine")
        self.page.locator("a[href$='#pay']").click()
        self.page.locator("form[action$='/payments'] button").first.click()
        self.pay_at_provider()

    def standing(self, path: str) -> str:
        """How far the presale is, as this one is told."""
        self.page.goto(path)
        return self.page.locator("#standing section").inner_text()
