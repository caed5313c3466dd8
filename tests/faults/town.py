"""A shop whose every hop leads through a fault proxy, and those who try what it can do."""

from __future__ import annotations

import io
import json
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.catalog.models import Stock
from app.catalog.queries.sellable import sellable
from app.orders.models import Order
from app.payments.gateways import signature
from app.platform import clock
from app.platform.db import db
from app.platform.inbox.models import InboundEvent
from app.search.commands import indexing
from tests import cast
from tests.admin.counter import Clerk, clerk
from tests.conftest import visitor
from tests.faults.lines import database_line
from tests.servers.fault_proxy import Address, FaultProxy, fault_proxy
from tests.servers.sandbox import KEY, MERCHANT, SECRET, SandboxServer
from tests.servers.smtp import Mailbox
from tests.servers.valkey import Valkey

COLUMNS = ("browse", "search", "cart", "pay", "callbacks", "admin")
ADDRESS = {
    "method": "ship", "name": "Ada Test", "phone": "13800000012", "email": "ada@example.org",
    "region": "浙江省 杭州市 西湖区", "street": "测试路1号", "gateway": "sandbox",
}  # fmt: skip
UNITS = 60
WELL, AWAY = 400, 503


@dataclass
class Town:
    """`lines` are the proxies, by what is at their other end."""

    app: Flask
    owner: cast.House
    variant: int
    sandbox: SandboxServer
    smtp: Mailbox
    valkey: Valkey
    lines: dict[str, FaultProxy]
    transfer: str = ""
    shopper: FlaskClient = field(init=False)
    clerk: Clerk = field(init=False)
    _token: str = field(init=False)

    def __post_init__(self) -> None:
        number = sellable([self.variant], now=clock.now())[self.variant].number
        self.path = f"/i/{number:04d}"
        self.shopper = self.somebody()
        self.clerk = clerk(self.app, self.owner.merchant_id, "cleo")
        self._token = self.clerk.token

    def somebody(self) -> FlaskClient:
        """Another visitor who reads English."""
        visitor_ = visitor(self.app)
        visitor_.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        return visitor_

    def tries(self) -> dict[str, str]:
        """What each column of the matrix comes to at this moment."""
        return {column: getattr(self, column)() for column in COLUMNS}

    def browse(self) -> str:
        return _word(*(self.shopper.get(path) for path in ("/", "/c/all", self.path)))

    def search(self) -> str:
        answer = self.shopper.get("/search?q=jacket")
        if answer.status_code == 200 and self.path not in answer.text:
            return "finds nothing"
        return _word(answer)

    def cart(self) -> str:
        added = self.shopper.post("/bag", data={"variant": self.variant})
        shown = self.shopper.get("/bag")
        if added.status_code < WELL and "Test jacket" not in shown.text:
            return "is forgotten"
        return _word(added, shown) if added.status_code < WELL else _word(added)

    def pay(self) -> str:
        """`yes` is the provider's page; `pending` an order that can be paid a little later."""
        answers, location = self.order(self.somebody())
        if not location.startswith("/o/"):
            return _word(*answers) if location else _word(answers[-1])
        return "pending" if "away=1" in location else "an order without a payment"

    def order(self, buyer: FlaskClient, **typed: str) -> tuple[list[TestResponse], str]:
        """From the product to the payment; every answer, and where the last one leads."""
        address = ADDRESS | typed
        answers = [buyer.post("/checkout", data={"variant": self.variant, "back": self.path})]
        if answers[-1].status_code < WELL:
            answers.append(buyer.post("/checkout/fields", data=address))
        if answers[-1].status_code < WELL:
            answers.append(buyer.post("/checkout/order", data=address | hidden(answers[-1].text)))
            return answers, answers[-1].headers.get("Location", "")
        return answers, ""

    def callbacks(self) -> str:
        answer = self.call(f"evt_{secrets.token_hex(8)}")
        return _word(answer)

    def call(self, event: str, **facts: Any) -> TestResponse:
        """A genuine callback of the provider."""
        body = json.dumps({"id": event, "type": "payment.captured", **facts}).encode()
        moment = int(clock.now().timestamp())
        signed = f"t={moment},v1={signature.sign(SECRET, moment, body)}"
        headers = {"Sandbox-Signature": signed}
        return self.shopper.post("/hooks/payments/sandbox", data=body, headers=headers)

    def admin(self) -> str:
        """`read only` when what is there can be looked at and not changed."""
        seen = [self.clerk.get(path) for path in ("/admin/", "/admin/orders")]
        if any(answer.status_code != 200 for answer in seen):
            return "no"
        counted = self.clerk.client.post(f"/admin/stock/{self.variant}/counts", data=self._count())
        return "yes" if counted.status_code < WELL else f"read only ({counted.status_code})"

    def _count(self) -> dict[str, Any]:
        """One more was found than there was thought to be."""
        db.session.rollback()
        on_hand = db.session.scalar(select(Stock.on_hand).where(Stock.variant_id == self.variant))
        return {
            "csrf_token": self._token, "location": self.owner.store_id, "seen": on_hand,
            "units": (on_hand or 0) + 1, "reason": "corrected",
        }  # fmt: skip

    @cached_property
    def pages(self) -> tuple[Callable[[], object], ...]:
        """What a visitor or somebody of the staff may wait for."""
        public = ("/", "/c/all", self.path, "/bag", "/search?q=jacket", "/login", "/help")
        looks = [lambda path=path: self.shopper.get(path) for path in public]
        return (*looks, lambda: self.clerk.get("/admin/"), lambda: self.clerk.get("/admin/orders"))


def hidden(text: str) -> dict[str, str]:
    """Key, fingerprint and shown total of the form that stands there."""
    return dict(re.findall(r'type="hidden" name="(key|fingerprint|shown)" value="([^"]*)"', text))


def orders() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Order)) or 0


def stored_callbacks() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(InboundEvent)) or 0


@contextmanager
def town(
    make_app: Callable[..., Flask], database: str, neighbours: tuple[SandboxServer, Mailbox, Valkey]
) -> Iterator[Town]:
    """A furnished shop; what it says goes nowhere, since a full disk could not take it."""
    sandbox, smtp, valkey = neighbours
    with ExitStack() as open_lines:

        def line(upstream: Address) -> FaultProxy:
            return open_lines.enter_context(fault_proxy(upstream))

        lines = {
            "payment provider": line(("127.0.0.1", _port(sandbox.url))),
            "mail server": line(("127.0.0.1", _port(smtp.url))),
            "Redis": line(valkey.url.removeprefix("unix://")),
        }
        if database.startswith("postgresql"):
            lines["database"], database = open_lines.enter_context(database_line(database))
        open_lines.enter_context(redirect_stderr(io.StringIO()))
        app = make_app(
            environment="development", database_url=database, log_level="ERROR",
            redis_url=f"redis://127.0.0.1:{lines['Redis'].port}",
            smtp_url=f"smtp://127.0.0.1:{lines['mail server'].port}",
            sandbox_url=lines["payment provider"].url, sandbox_key=KEY, sandbox_secret=SECRET,
            sandbox_merchant=MERCHANT,
        )  # fmt: skip
        app.jinja_env.bytecode_cache = None
        with app.app_context():
            open_lines.callback(db.engine.dispose)
            owner = cast.house(clock.now())
            variant = cast.piece(owner, clock.now(), units=UNITS)
            indexing.rebuild_all()
            yield Town(app, owner, variant, sandbox, smtp, valkey, lines)
            db.session.remove()


def _word(*answers: TestResponse) -> str:
    statuses = {answer.status_code for answer in answers}
    if max(statuses) < WELL:
        return "yes"
    return "503" if statuses == {AWAY} else f"statuses {sorted(statuses)}"


def _port(url: str) -> int:
    return int(url.rsplit(":", 1)[1])
