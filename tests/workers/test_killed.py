"""A worker killed with -9 in the middle of a carrier's callback or of a mail; Redis may be gone."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.config import Settings
from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.carriers.rehearsal import kuaidi100_push
from app.fulfilment.commands import parcels
from app.fulfilment.models import ParcelEvent
from app.notifications.models import Message, MessageState
from app.orders import queries
from app.orders.commands import pay
from app.orders.commands.settle import settle
from app.orders.models import OrderEvent
from app.payments.models import Payment
from app.platform import clock
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.inbox.models import InboundEvent
from app.platform.outbox.commands import drain
from app.platform.outbox.models import DeliveryState, OutboxDelivery
from app.platform.transaction import transaction
from tests.cast import captured, house, piece, placed
from tests.notifications.letters import queue_letter
from tests.servers.process import Running, stop, wait_until
from tests.servers.smtp import Mailbox
from tests.servers.valkey import Valkey
from tests.workers import processes
from workers.queue import JobQueue
from workers.relay import DRAIN

pytestmark = pytest.mark.slow
HEALED_WITHIN = 60.0
NUMBER = "SF1234567890"
NOWHERE = ("after", "tests.workers.halting:halting")
Begin = Callable[..., Running]


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.data_dir


@pytest.fixture
def begin(told: dict[str, str], smtp: Mailbox) -> Iterator[Begin]:
    """`begin("work", at=("before", "module:function"))`; mails go to the tests' own server."""
    running: list[Running] = []
    environment = {**told, "SMTP_URL": smtp.url}

    def start(word: str, at: tuple[str, str] = NOWHERE) -> Running:
        running.append(processes.begin("tests.workers.halting", (*at, word), environment))
        return running[-1]

    yield start
    for process in running:
        stop(process, signal.SIGTERM)


@pytest.fixture
def order_id(app: Flask) -> int:
    """An order on its way, about which everything was told."""
    now = clock.now()
    owner = house(now)
    order_id = placed(owner, [piece(owner, now)], now)
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    settle(captured(db.session.get_one(Payment, payment_id).reference, 129200, now), now=now)
    units = {line.id: 1 for line in queries.for_mail(order_id).lines}
    new = parcels.NewParcel(units, "shunfeng", NUMBER, "first")
    parcels.ship(order_id, new, actor=owner.staff(), now=now)
    while drain():
        pass
    return order_id


def call(client: FlaskClient, settings: Settings, now: datetime) -> None:
    history = ((2, TrackingStatus.COLLECTED, "1"), (1, TrackingStatus.DELIVERED, "3"))
    events = [
        TrackingEvent("shunfeng", NUMBER, now - timedelta(hours=hours), status, code, status.value)
        for hours, status, code in history
    ]
    push = kuaidi100_push(settings.kuaidi100_salt, events)
    answer = client.post("/hooks/logistics/kuaidi100", data=push.body, headers=push.headers)
    assert answer.get_json()["returnCode"] == "200"


def kill(worker: Running, folder: Path) -> None:
    """With -9, once it stands where it was told to."""
    wait_until((folder / "reached").exists, seconds=30, what="the worker to get there")
    worker.kill()
    worker.wait()
    (folder / "halt").unlink()


def let_leases_run_out() -> None:
    """What forty-five seconds do."""
    past = clock.now() - timedelta(seconds=1)
    with transaction():
        for table in (OutboxDelivery, Message):
            leased = update(table).where(table.lease_until.is_not(None))
            db.session.execute(leased.values(lease_until=past))


def all_is_done() -> bool:
    db.session.rollback()
    deliveries = set(db.session.scalars(select(OutboxDelivery.state)))
    mails = set(db.session.scalars(select(Message.state)))
    return deliveries == {DeliveryState.DONE} and mails <= {MessageState.SENT}


def spread(column: object) -> dict[str, int]:
    return dict(Counter(db.session.scalars(select(column))))  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("at", "fate"),
    [
        (("before", "app.fulfilment.commands.parcels:advance"), "stays"),
        (("after", "app.fulfilment.commands.callbacks:apply"), "is emptied"),
        (("before", "app.fulfilment.commands.parcels:advance"), "is stopped"),
    ],
    ids=["in its transaction", "when it was done, Redis emptied", "in it, Redis stopped"],
)
def test_a_callback_whose_worker_was_killed_is_applied_once(
    order_id: int, client: FlaskClient, settings: Settings, folder: Path,
    valkey: Valkey, begin: Begin, smtp: Mailbox, at: tuple[str, str], fate: str,
) -> None:  # fmt: skip
    (folder / "halt").touch()
    call(client, settings, clock.now())
    worker = begin("work", at)
    JobQueue(valkey.url).ask(DRAIN)

    kill(worker, folder)
    {"stays": lambda: None, "is emptied": valkey.empty, "is stopped": valkey.kill}[fate]()
    let_leases_run_out()
    begin("relay")
    if fate != "is stopped":
        begin("work")

    wait_until(all_is_done, seconds=HEALED_WITHIN, what="the callback and its mail")
    assert queries.for_mail(order_id).order.headline == "delivered"
    assert spread(InboundEvent.state) == {"applied": 1}
    assert len(db.session.scalars(select(ParcelEvent)).all()) == 2
    assert spread(OrderEvent.kind)["delivered"] == 1
    assert [m["Subject"] for m in smtp.messages if "delivered" in m["Subject"].lower()] != []
    assert max(Counter(mail["Message-ID"] for mail in smtp.messages).values()) == 1


@pytest.mark.parametrize(
    ("at", "came", "fate"),
    [
        (("after", "app.notifications.channels:_hand_over"), 2, "stays"),
        (("before", "app.notifications.channels:_hand_over"), 1, "is emptied"),
        (("after", "app.notifications.channels:_hand_over"), 2, "is stopped"),
    ],
    ids=["accepted already", "not yet accepted, Redis emptied", "accepted, Redis stopped"],
)
def test_a_mail_whose_worker_was_killed_arrives_under_one_name(
    app: Flask, folder: Path, valkey: Valkey, begin: Begin, smtp: Mailbox,
    at: tuple[str, str], came: int, fate: str,
) -> None:  # fmt: skip
    (folder / "halt").touch()
    queue_letter(now=clock.now())
    worker = begin("work", at)
    JobQueue(valkey.url).ask(DRAIN)

    kill(worker, folder)
    {"stays": lambda: None, "is emptied": valkey.empty, "is stopped": valkey.kill}[fate]()
    let_leases_run_out()
    begin("relay")
    if fate != "is stopped":
        begin("work")

    wait_until(all_is_done, seconds=HEALED_WITHIN, what="the mail")
    [message] = db.session.scalars(select(Message))
    assert [mail["Message-ID"] for mail in smtp.messages] == [message.message_id] * came
