"""Each shop of a process limits its own doors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from limits.storage import RedisStorage
from redis.exceptions import TimeoutError as RedisTimeout

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


def test_all_who_wait_for_redis_when_it_fails_are_answered(make_app, clock, valkey, monkeypatch):
    limited = make_app(environment="development", log_level="ERROR", redis_url=valkey.url)
    together = Barrier(2, timeout=30)
    count, failed = RedisStorage.incr, list[str]()

    def fail_twice(storage: RedisStorage, key: str, expiry: int, amount: int) -> int:
        if len(failed) == 2:
            return count(storage, key, expiry, amount)
        failed.append(key)
        together.wait()
        raise RedisTimeout("Timeout reading from socket")

    def status(_number: int) -> int:
        with limited.app_context():
            return visitor(limited).post("/login", data=TRIES[0]).status_code

    monkeypatch.setattr(RedisStorage, "incr", fail_twice)
    with ThreadPoolExecutor(2) as visitors:
        assert list(visitors.map(status, range(2))) == [303, 303]
    assert len(failed) == 2
