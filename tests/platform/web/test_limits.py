"""Each shop of a process limits its own doors."""

from __future__ import annotations

from app.platform.web import limits
from tests.conftest import visitor

TRIES = [{"by": "code", "email": "ada@example.com"}] * 7


def statuses(shop) -> list[int]:
    with shop.app_context():
        client = visitor(shop)
        return [client.post("/login", data=form).status_code for form in TRIES]


def test_a_shop_is_limited_whichever_shop_was_started_last(
    app, make_app, clock, valkey, monkeypatch
):
    monkeypatch.setattr(limits, "PATIENCE_SECONDS", 5)
    limited = make_app(environment="development", log_level="ERROR", redis_url=valkey.url)
    make_app()

    assert statuses(limited) == [303] * 5 + [429] * 2
    assert statuses(app) == [303] * 7
