"""A member of staff at the counter: signs in through the door, reads pages, sends their forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.shop.models import Role, Staff
from tests.conftest import visitor
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
        headers = HTMX if htmx else {}
        return self.client.post(
            path, data={"csrf_token": self.token, **(data or {})}, headers=headers
        )

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


def clerk(app: Any, merchant_id: int, name: str, role: Role = Role.OWNER) -> Clerk:
    """Somebody new in this team, signed in."""
    member = staff(merchant_id, name, role)
    client = visitor(app)
    client.get("/admin/login?lang=en")
    response = sign_in(client, member.email)
    assert response.status_code == 303, response.get_data(as_text=True)
    return Clerk(client, member)
