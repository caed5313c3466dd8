"""A member of staff at the counter: reads pages and sends their forms, as a browser would."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from app.orders.commands import pay
from app.orders.commands.settle import settle
from app.orders.models import OrderLine
from app.payments.models import Payment
from app.platform.actor import GUEST
from app.platform.configuration import settings
from app.platform.db import db
from app.shop.models import Role, Staff
from tests import cast
from tests.conftest import visitor
from tests.servers.scenes import remembered
from tests.shop.people import PASSWORD, staff

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_KEY = re.compile(r'name="key" value="([^"]+)"')


@dataclass
class Clerk:
    """One signed-in browser."""

    client: FlaskClient
    member: Staff

    def get(self, path: str, **facts: Any) -> TestResponse:
        return self.client.get(path, **facts)

    def read(self, path: str) -> str:
        """The page as text; it must be there."""
        response = self.client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return unescape(response.get_data(as_text=True))

    def key_of(self, path: str) -> str:
        """The form's own key, against sending it twice."""
        found = _KEY.search(self.read(path))
        assert found is not None
        return found[1]

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, htmx: bool = False
    ) -> TestResponse:
        """Send a form of ours, with this session's token."""
        typed = {"csrf_token": self.token, **(data or {})}
        return self.client.post(path, data=typed, headers=HTMX if htmx else {})

    def all_at_once(self, path: str, forms: list[dict[str, Any]]) -> list[int]:
        """Send these forms from as many windows at the same moment; returns the answers' states."""
        token, app = self.token, self.client.application
        cookie = self.client.get_cookie("session", domain="127.0.0.1")
        assert cookie is not None

        def send(form: dict[str, Any]) -> int:
            with app.app_context():
                window = visitor(app)
                window.set_cookie("session", cookie.value, domain="127.0.0.1")
                return window.post(path, data={"csrf_token": token, **form}).status_code

        with ThreadPoolExecutor(len(forms)) as pool:
            return sorted(pool.map(send, forms))

    @property
    def token(self) -> str:
        return token_in(self.client.get("/admin/me"))


def token_in(response: TestResponse) -> str:
    found = _TOKEN.search(response.get_data(as_text=True))
    assert found is not None
    return found[1]


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """What the door answers."""
    token = token_in(client.get("/admin/login"))
    typed = {"csrf_token": token, "email": email, "password": password, **more}
    return client.post("/admin/login", data=typed)


def clerk(app: Flask, merchant_id: int, name: str, role: Role = Role.OWNER) -> Clerk:
    """Somebody new in this team, signed in without the quarter of a second a password takes."""
    member = staff(merchant_id, name, role)
    client = visitor(app)
    with client.session_transaction(base_url=settings().public_url) as session:
        session["_user_id"] = member.get_id()
    client.set_cookie("lang", "en", domain="127.0.0.1")
    return Clerk(client, member)


def attempt(order_id: int, now: datetime, gateway: str = "sandbox") -> Payment:
    """How the buyer means to pay."""
    payment_id = pay.open_attempt(order_id, gateway, actor=GUEST, now=now)
    return db.session.get_one(Payment, payment_id)


@remembered
def settle_in_full(order_id: int, now: datetime, **facts: Any) -> None:
    """The provider says that all of it was paid, or `amount` of it."""
    payment = attempt(order_id, now)
    amount = facts.pop("amount", payment.amount)
    settle(cast.captured(payment.reference, amount, now, **facts), now=now)


@remembered
def paid_order(owner: cast.House, now: datetime, units: int = 1, **facts: Any) -> int:
    """Ada's paid order of one line with so many units."""
    variant = cast.piece(owner, now, units=units)
    order_id = cast.placed(owner, [variant], now, quantity=units, **facts)
    settle_in_full(order_id, now)
    return order_id


def lines_of(order_id: int) -> list[OrderLine]:
    statement = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to compare before and after."""
    db.session.rollback()
    return {
        table.name: sorted(tuple(map(repr, row)) for row in db.session.execute(select(table)))
        for table in db.metadata.sorted_tables
    }


class counted_queries:  # noqa: N801  (used as a context manager only)
    """How many statements a block sent to the database."""

    def __enter__(self) -> list[str]:
        self.statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", self._note)
        return self.statements

    def __exit__(self, *_failure: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.statements.append(statement)
