"""Ada and Ben at the door: what they type, what comes by mail, what their pages say."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.customers.commands.sign_in import SIGN_IN
from app.customers.models import Customer, SignInCode
from app.customers.rules import code_hash
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.platform.transaction import transaction
from tests.servers.scenes import remembered

ADA, BEN, NOBODY = "ada@example.com", "ben@example.com", "nobody@example.com"
PASSWORD = "a coat from 1974"
ADDRESS = {
    "name": "林晓",
    "phone": "13800138000",
    "region": "浙江省杭州市西湖区",
    "street": "文三路 1 号 2 幢 301",
    "pasted": "",
}


def mails_to(email: str) -> list[Any]:
    """The mails that went to an address, the oldest first."""
    drain()
    db.session.rollback()
    folder = settings().mail_dir
    paths = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
    return [mail for mail in mails if mail["To"] == email]


def code_for(email: str) -> str:
    """The code in the newest mail to an address."""
    text = mails_to(email)[-1].get_body(("plain",)).get_content()
    found = re.search(r"\b\d{6}\b", text)
    assert found is not None
    return found[0]


def wrong_code_for(email: str) -> str:
    """Six digits that are not the newest code of an address."""
    db.session.rollback()
    kept = db.session.scalars(
        select(SignInCode.code_hash)
        .where(SignInCode.email == email)
        .order_by(SignInCode.id.desc())
        .limit(1)
    ).first()
    secret = settings().secret_key
    codes = (f"{number:06}" for number in range(3))
    return next(code for code in codes if code_hash(secret, SIGN_IN, email, code) != kept)


def enter(client: FlaskClient, email: str, **typed: str) -> Any:
    """Ask for a code, read it, type it; `typed` are further fields of the code's page."""
    client.post("/login", data={"by": "code", "email": email})
    return client.post("/login/code", data={"code": code_for(email), **typed})


def enter_by_password(client: FlaskClient, email: str, password: str, **typed: str) -> Any:
    return client.post(
        "/login", data={"by": "password", "email": email, "password": password, **typed}
    )


def session_of(client: FlaskClient) -> AbstractContextManager[Any]:
    """The session behind a browser's cookie, to be read or tampered with."""
    return client.session_transaction(base_url=settings().public_url)


def account(email: str) -> Customer:
    db.session.rollback()
    return db.session.scalars(select(Customer).where(Customer.email == email)).one()


@remembered
def open_account(email: str, now: datetime, **changes: Any) -> int:
    """An account whose address is proved, without going through the door."""
    with transaction():
        customer = Customer(
            email=email,
            locale="en",
            verified_at=now,
            created_at=now,
            **changes,
        )
        db.session.add(customer)
    return customer.id


def token(client: FlaskClient, path: str = "/me/profile") -> str:
    """The CSRF token in the forms of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def send(client: FlaskClient, path: str, **typed: str) -> Any:
    """Post a form of one's own pages with its token."""
    return client.post(path, data={"csrf_token": token(client), **typed})
