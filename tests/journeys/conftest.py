"""A furnished shop with a payment provider behind it, and Ada in front of it with a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.serving import make_server

from app.catalog.queries.sellable import sellable
from app.orders.models import Order
from app.platform import clock as system_clock
from app.platform.db import db
from app.platform.outbox.commands import drain
from tests.cast import House, house, piece
from tests.servers.sandbox import KEY, MERCHANT, SECRET, SandboxServer

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.servers.stage import Stage


@dataclass(frozen=True)
class Shop:
    """The shop on this provider, in real time. `pieces` are variant ids, the newest last."""

    app: Flask
    sandbox: SandboxServer
    owner: House
    pieces: tuple[int, ...]

    @property
    def now(self) -> datetime:
        return system_clock.now()

    def deliver(self) -> None:
        """What the worker does: apply callbacks, write mails, index."""
        while drain():
            pass
        db.session.rollback()

    def address(self, variant_id: int) -> str:
        """The page where it is sold."""
        return f"/i/{sellable([variant_id], now=self.now)[variant_id].number}"

    def orders(self) -> list[Order]:
        db.session.rollback()
        return list(db.session.scalars(select(Order).order_by(Order.id)))


@pytest.fixture
def shop(make_app: Callable[..., Flask], app: Flask, sandbox: SandboxServer) -> Iterator[Shop]:
    made = make_app(
        sandbox_url=sandbox.url, sandbox_key=KEY, sandbox_secret=SECRET, sandbox_merchant=MERCHANT
    )
    with made.app_context():
        owner = house(system_clock.now())
        pieces = tuple(piece(owner, system_clock.now(), price=128000 + n * 1000) for n in range(3))
        yield Shop(made, sandbox, owner, pieces)


@pytest.fixture
def live_server(shop: Shop, stage: Stage) -> Iterator[str]:
    """The shop above, served by threads of this process."""
    server = make_server("127.0.0.1", stage.settings.port, shop.app, threaded=True)
    thread = Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    yield stage.settings.public_url
    server.shutdown()
    thread.join()
    server.server_close()


class Ada:
    """What a shopper does, in the words of either language."""

    WORDS = {
        "en": {
            "add": "Add to bag",
            "buy": "Buy now",
            "read": "Read it",
            "pay": "Pay",
            "out": "Take",
        },
        "zh": {"add": "加入购物袋", "buy": "直接买", "read": "识别", "out": "移除"},
    }

    def __init__(self, page: Page, language: str = "en") -> None:
        self.page = page
        self.words = self.WORDS[language]

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=re.compile(self.words[name])).first.click()

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"#{name}").fill(text)

    def fill_address(self) -> None:
        """Five fields; the amount follows the region."""
        self.fill(
            name="Ada Test", phone="13800000012", email="ada@example.org",
            region="浙江省 杭州市 西湖区", street="测试路1号",
        )  # fmt: skip
        self.page.locator("#paybar", has_text="¥").wait_for()

    def pay(self) -> None:
        """Press the button with the amount."""
        self.page.locator("#paybar button").click()

    def pay_at_provider(self) -> None:
        """On the provider's own page; it leads back to the order."""
        self.page.wait_for_url("**/pay/**")
        self.page.locator("form button").first.click()
        self.page.wait_for_url("**/o/**")

    @property
    def headline(self) -> str:
        return self.page.locator("h1").inner_text()


@pytest.fixture
def ada(page: Page) -> Ada:
    """On a phone, in English, with scripts."""
    return Ada(page)
