"""`flask shop doctor`: every dependency is looked at, and whatever is wrong comes with advice."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import insert

from app.config import Settings
from app.notifications.models import Message, MessageState
from app.operations.checks import business, databases, machine, providers, queues, surroundings
from app.operations.findings import Finding
from app.payments.models import Payment, PaymentState, Refund, RefundState
from app.platform import clock as time
from app.platform import life_signs
from app.platform.db import db
from app.platform.fonts import faces
from app.platform.inbox.models import InboundEvent, InboundState
from app.platform.life_signs import LifeSigns
from app.platform.outbox.models import DeliveryState, OutboxDelivery, OutboxFact
from app.platform.transaction import transaction
from app.search.commands.indexing import rebuild_all
from app.shop import queries
from app.shop.models import Role
from tests.conftest import MONDAY, StoppedClock
from tests.operations.conftest import Shop
from tests.servers.process import free_port
from tests.servers.sandbox import KEY, SandboxServer
from tests.servers.smtp import Mailbox
from tests.servers.valkey import Valkey
from tests.shop.people import staff
from workers.queue import NAME, JobQueue

LOOKED_AT = [
    "database", "migrations", "durability", "clock", "queue", "worker", "scheduler", "data folder",
    "disk", "fonts", "mail", "address", "secret key", "provider sandbox", "search", "outbox",
    "callbacks", "payments", "mails", "audit", "staff",
]  # fmt: skip
PRODUCTION: dict[str, Any] = {
    "environment": "production",
    "public_url": "https://vitrine.test",
    "trusted_hosts": ("vitrine.test",),
    "proxy_count": 1,
    "metrics_token": "m" * 40,
    "standard_carrier_secret": "s" * 40,
    "kuaidi100_salt": "k" * 40,
}


@pytest.fixture
def told(settings: Settings) -> Settings:
    """What a shop of production is told."""
    return replace(settings, **PRODUCTION)


def named(name: str, findings: Any) -> Finding:
    found: Finding = next(each for each in findings if each.name == name)
    return found


def states(findings: Any) -> dict[str, str]:
    return {finding.name: finding.state for finding in findings}


def store(model: Any, **values: object) -> int:
    with transaction():
        statement = insert(model).values(**values).returning(model.id)
        return int(db.session.execute(statement).scalar_one())


def test_a_shop_that_works_is_looked_at_whole(
    make_app: Callable[..., Flask], valkey: Valkey, sandbox: SandboxServer, shop: Shop
) -> None:
    shop("init")
    staff(queries.merchant("house").id, "cleo", Role.OWNER)
    for part in ("worker", "scheduler"):
        LifeSigns(valkey.url, part).give(again_within=60)

    well = make_app(redis_url=valkey.url, sandbox_url=sandbox.url, sandbox_key=KEY)
    with well.app_context():
        rebuild_all()

    done = shop("doctor", "--json", by=well)

    findings = json.loads(done.output)["findings"]
    others = [one for one in findings if one["name"] not in {"durability", "server"}]
    assert [one["name"] for one in others] == [name for name in LOOKED_AT if name != "durability"]
    assert [one for one in others if one["state"] != "ok"] == []


def test_whatever_is_not_well_comes_with_advice_and_an_exit_code(shop: Shop) -> None:
    done = shop("doctor", "--json")
    said = shop("doctor").output

    answer = json.loads(done.output)
    assert (done.exit_code, answer["well"]) == (1, False)
    for one in answer["findings"]:
        assert (one["advice"] == "") == (one["state"] == "ok")
        assert one["name"] in said
        assert one["advice"] in said


def test_a_missing_migration_leaves_the_tables_alone(app: Flask, shop: Shop, monkeypatch) -> None:
    monkeypatch.setitem(app.extensions, "vitrine.migration_head", lambda: "newer")

    done = shop("doctor", "--json")

    found = {one["name"]: one for one in json.loads(done.output)["findings"]}
    assert found["migrations"]["state"] == "failed"
    assert "flask db upgrade" in found["migrations"]["advice"]
    assert "outbox" not in found


def test_a_database_that_is_away_does_not_end_the_examination(make_app, shop: Shop) -> None:
    away = make_app(database_url="postgresql://nobody@127.0.0.1:9/none?connect_timeout=1")

    done = shop("doctor", "--json", by=away)

    found = {one["name"]: one["state"] for one in json.loads(done.output)["findings"]}
    assert found["database"] == "failed"
    assert found.keys() >= {"queue", "mail", "disk", "secret key"}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_that_forgets_is_a_failure_that_says_what_to_set(kind: str) -> None:
    needed = dict(databases.KEEPS[kind])
    name = next(iter(needed))

    assert databases.durability(kind, needed).state == "ok"
    found = databases.durability(kind, {**needed, name: "off"})
    assert found.state == "failed"
    assert f"{name} = {needed[name]}" in found.advice


def test_what_is_in_force_is_asked_of_the_database(app: Flask, settings: Settings) -> None:
    found = named("durability", databases.examine(settings))

    forgetful = {"sqlite": "synchronous", "postgresql": "fsync"}[databases.kind()]
    assert found.state == "failed"
    assert forgetful in found.text


def test_a_clock_that_is_wrong_is_a_failure(app: Flask, settings: Settings, clock) -> None:
    found = named("clock", databases.examine(settings))

    assert found.state == {"sqlite": "ok", "postgresql": "failed"}[databases.kind()]


def test_a_queue_that_is_away_is_only_a_warning(settings: Settings) -> None:
    assert states(queues.examine(settings)) == {"queue": "warning"}


def test_who_lives_by_the_queue_is_seen_and_missed(
    valkey: Valkey, settings: Settings, clock: StoppedClock
) -> None:
    known = replace(settings, redis_url=valkey.url)
    assert named("scheduler", queues.examine(known)).text == "none was seen"
    worker, scheduler = LifeSigns(valkey.url, "worker"), LifeSigns(valkey.url, "scheduler")
    worker.give(again_within=600)
    scheduler.give(again_within=60)
    assert states(queues.examine(known)) == dict.fromkeys(("queue", "worker", "scheduler"), "ok")

    clock.advance(seconds=76)
    silent = named("scheduler", queues.examine(known))
    assert (silent.state, "silent for 76 s" in silent.text) == ("warning", True)
    assert named("worker", queues.examine(known)).state == "ok"

    worker.end()
    assert named("worker", queues.examine(known)).text == "none was seen"
    clock.advance(days=2)
    assert life_signs.seen(valkey.url) == []


def test_in_production_nobody_at_work_is_a_failure(
    valkey: Valkey, told: Settings, clock: StoppedClock
) -> None:
    known = replace(told, redis_url=valkey.url)
    nobody = {"queue": "ok", "worker": "failed", "scheduler": "failed"}
    assert states(queues.examine(known)) == nobody

    for part in ("worker", "scheduler"):
        LifeSigns(valkey.url, part).give(again_within=40)
    assert states(queues.examine(known)) == dict.fromkeys(nobody, "ok")
    clock.advance(seconds=56)
    assert states(queues.examine(known)) == nobody


def test_jobs_that_wait_or_failed_show(valkey: Valkey, settings: Settings) -> None:
    known = replace(settings, redis_url=valkey.url)
    queue = JobQueue(valkey.url)
    queue.ask("workers.runner.drain")

    with time.stopped_at(time.now()) as advance:
        assert named("queue", queues.examine(known)).text == "1 jobs wait"
        advance(MONDAY.resolution * 70_000_000)
        assert named("queue", queues.examine(known)).state == "warning"
    queue._queue.failed_job_registry.add(queue._queue.jobs[0], ttl=60)
    assert named("queue", queues.examine(known)).text == "1 jobs failed within a day"
    queue.close()
    with Redis.from_url(valkey.url) as redis:
        redis.delete(f"rq:queue:{NAME}")
        redis.config_set("maxmemory-policy", "allkeys-lru")
        evicting = named("queue", queues.examine(known))
        redis.config_set("maxmemory-policy", "noeviction")
    assert "noeviction" in evicting.advice


def test_folders_are_written_to_and_looked_into(told: Settings, tmp_path, monkeypatch) -> None:
    folder = tmp_path / "data"
    known = replace(told, data_dir=folder)
    assert named("data folder", machine.examine(known)).state == "failed"
    (folder / "media").mkdir(parents=True)
    folder.chmod(0o755)
    found = states(machine.examine(known))
    assert (found["data folder"], found["media"]) == ("warning", "ok")
    folder.chmod(0o700)
    assert named("data folder", machine.examine(known)).state == "ok"

    for room, state in (("LITTLE_ROOM", "warning"), ("NO_ROOM", "failed")):
        monkeypatch.setattr(machine, room, 1 << 60)
        assert named("disk", machine.examine(known)).state == state


def test_a_backup_that_was_forgotten_shows(told: Settings, tmp_path, clock) -> None:
    known = replace(told, data_dir=tmp_path)
    assert "none in" in named("backup", machine.examine(known)).text
    made = tmp_path / "backups" / "vitrine-1.tar"
    made.parent.mkdir()
    made.touch()

    for hours, state in ((25, "ok"), (27, "warning")):
        then = MONDAY.timestamp() - hours * 3600
        os.utime(made, (then, then))
        assert named("backup", machine.examine(known)).state == state


def test_missing_faces_are_named(told: Settings, monkeypatch, tmp_path) -> None:
    monkeypatch.setitem(faces._HAN, "serif", (tmp_path / "gone.otf",))

    assert "gone.otf" in named("fonts", machine.examine(told)).text


def test_a_mail_server_is_signed_in_to(told: Settings, smtp: Mailbox) -> None:
    def mail(**changes: Any) -> Finding:
        return named("mail", surroundings.examine(replace(told, **changes)))

    assert mail().state == "warning"
    assert mail(smtp_url=smtp.url, mail_from="Shop <shop@vitrine.test>").state == "ok"
    assert mail(smtp_url=smtp.url, mail_from="Shop <shop@vitrine.example>").state == "warning"
    nobody = mail(smtp_url=f"smtp://127.0.0.1:{free_port()}")
    refused = mail(smtp_url=smtp.url.replace("//", "//shop:wrong@"))
    assert (nobody.state, refused.state) == ("failed", "failed")
    assert smtp.messages == []


def test_a_provider_is_asked_and_told_by_what_is_wrong(
    app: Flask, shop: Shop, make_app: Callable[..., Flask], sandbox: SandboxServer
) -> None:
    def told(**changes: Any) -> tuple[str, str, str]:
        asking = make_app(**{"sandbox_url": sandbox.url, "sandbox_key": KEY, **changes})
        findings = json.loads(shop("doctor", "--json", by=asking).output)["findings"]
        [one] = [each for each in findings if each["name"] == "provider sandbox"]
        assert one["text"] in shop("doctor", by=asking).output
        return one["state"], one["text"], one["advice"]

    nobody = f"http://127.0.0.1:{free_port()}"
    assert told()[0] == "ok"
    state, text, advice = told(sandbox_key="another")
    assert (state, text) == ("failed", "does not take our key: unauthorized")
    assert "VITRINE_SANDBOX_KEY" in advice
    state, text, advice = told(sandbox_url=nobody)
    assert (state, text) == ("failed", "does not answer: ConnectError at /v1/payments")
    assert "VITRINE_SANDBOX_URL" in advice
    state, text, _ = told(sandbox_url=f"{sandbox.url}/elsewhere")
    assert (state, text.partition(":")[0]) == ("failed", "refuses to look anything up")


def test_a_bank_is_not_asked(settings: Settings) -> None:
    by_hand = replace(settings, payment_methods=("bank_transfer",))

    assert list(providers.examine(by_hand)) == []


def test_the_address_visitors_use_is_one_we_answer_to(told: Settings) -> None:
    def address(**changes: Any) -> str:
        return named("address", surroundings.examine(replace(told, **changes))).state

    assert address() == "ok"
    assert address(trusted_hosts=(".test",)) == "ok"
    assert address(trusted_hosts=("other.test",)) == "failed"
    assert address(proxy_count=0) == "warning"


def test_secrets_are_strong_there_and_nobody_elses(told: Settings, tmp_path) -> None:
    def secrets(name: str = "secret key", **changes: Any) -> list[str]:
        found = surroundings.examine(replace(told, data_dir=tmp_path, **changes))
        return [one.state for one in found if one.name == name]

    assert secrets(secret_key="0123456789" * 4) == ["failed"]
    assert secrets("secrets") == []
    assert secrets("secrets", metrics_token="", kuaidi100_salt="") == ["warning", "warning"]
    kept = tmp_path / "secret_key"
    kept.write_text("irrelevant")
    kept.chmod(0o644)
    assert secrets() == ["warning"]
    kept.chmod(0o600)
    assert secrets() == ["ok"]


def test_what_was_left_lying_shows(app: Flask, settings: Settings, clock: StoppedClock) -> None:
    fact = store(OutboxFact, name="test.v1", payload={}, published_at=MONDAY)
    delivery = store(OutboxDelivery, fact_id=fact, handler="test:one", due_at=MONDAY)
    dead = {"state": MessageState.DEAD, "queued_at": MONDAY, "due_at": MONDAY}
    text = dict.fromkeys(("event", "kind", "recipient", "locale", "subject", "text", "html"), "x")
    store(Message, message_id="<1@x>", **text, **dead)
    store(InboundEvent, source="payments/sandbox", event_id="1", headers={}, body=b"",
          state=InboundState.UNMATCHED, received_at=MONDAY)  # fmt: skip
    found = states(business.examine(settings))
    assert (found["outbox"], found["mails"], found["callbacks"]) == ("ok", "warning", "warning")

    clock.advance(seconds=61)
    assert "the oldest for 61 s" in named("outbox", business.examine(settings)).text
    with transaction():
        db.session.get_one(OutboxDelivery, delivery).state = DeliveryState.DEAD
    assert "replay" in named("outbox", business.examine(settings)).advice


def test_money_in_limbo_is_counted_by_what_it_waits_for(
    app: Flask, settings: Settings, clock: StoppedClock
) -> None:
    payment = {"subject": 1, "due": 1, "gateway": "sandbox", "amount": 100, "currency": "CNY",
               "created_at": MONDAY, "expires_at": MONDAY, "ask_at": MONDAY}  # fmt: skip
    refund = {"subject": 1, "purpose": "test", "amount": 100, "currency": "CNY",
              "created_at": MONDAY, "ask_at": MONDAY}  # fmt: skip
    first = store(Payment, reference="1", state=PaymentState.UNKNOWN, **payment)
    assert named("payments", business.examine(settings)).text == "none in limbo"

    clock.advance(minutes=16)
    store(Payment, reference="2", state=PaymentState.QUESTIONED, **payment)
    store(Refund, reference="1", payment_id=first, state=RefundState.SENT, **refund)
    store(Refund, reference="2", payment_id=first, state=RefundState.FAILED, **refund)
    store(Refund, reference="3", payment_id=first, state=RefundState.FAILED,
          reason="again:4", **refund)  # fmt: skip

    assert named("payments", business.examine(settings)).text == (
        "1 payments without an answer, 1 payments of another amount, "
        "1 refunds on their way for long, 1 refunds refused"
    )


def test_a_shop_nobody_can_sign_in_to_says_what_is_next(settings: Settings, shop: Shop) -> None:
    assert named("staff", business.examine(settings)).advice == "flask shop init"
    shop("init")
    assert "create-admin" in named("staff", business.examine(settings)).advice
