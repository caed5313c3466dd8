"""What must hold while something is down, and once it is back, by the words of the matrix."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import func, select

from app.admin import backstage
from app.catalog.models import Hold, HoldState
from app.notifications.commands import deliver_due
from app.notifications.models import Message, MessageState
from app.orders.commands import pay
from app.orders.models import Order, OrderLine
from app.payments.models import Payment, PaymentProof
from app.platform import clock
from app.platform.clock import stopped_at
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.platform.outbox.models import DeliveryState, OutboxDelivery
from app.search import index
from app.search import queries as search
from app.search.commands import indexing
from tests.admin.counter import sign_in
from tests.faults.town import Town, orders, stored_callbacks
from workers import runner
from workers.leadership import FileLock
from workers.queue import JobQueue
from workers.relay import Relay

Check = Callable[[Town], None]
LONGER, ANSWER = 1.0, 1.0
SEEN_WITHIN = timedelta(seconds=60)


def _nothing(_town: Town) -> None:
    """Nothing more to look at."""


@dataclass(frozen=True)
class Must:
    """What is looked at while it is down, and once it is back."""

    while_down: Check
    afterwards: Check = _nothing


def staff_see_a_banner(town: Town) -> None:
    backstage.forget()
    assert "banner-warn" in town.clerk.read("/admin/orders")


def nothing_is_slow(town: Town) -> None:
    """Neither while connections are refused nor while nobody answers them."""
    line = town.lines["Redis"]
    slowest = max(_seconds(page) for page in town.pages)
    line.heal()
    line.faults.seconds = 4.0
    backstage.forget()
    slowest = max([slowest, *(_seconds(page) for page in town.pages)])
    line.fail()
    assert slowest < LONGER


def guessing_is_harder(town: Town) -> None:
    """Five tries a minute for a shopper, ten in a quarter for staff, as long as Redis counts."""
    guesser = town.somebody()
    shopper = {"by": "password", "email": "ada@example.org", "password": "guessed"}
    tries = [guesser.post("/login", data=shopper).status_code for _ in range(4)]
    assert tries.count(429) == 2
    staff = [sign_in(guesser, "cleo@example.org", "guessed").status_code for _ in range(6)]
    assert staff.count(429) == 2


def due_is_done(town: Town) -> None:
    """By the scheduler, which cannot ask the worker."""
    queue = JobQueue(settings().redis_url)
    runner_app, runner.application = runner.application, lambda: town.app
    try:
        Relay(town.app, queue, FileLock(settings().data_dir / "lock"), ()).tick()
    finally:
        runner.application = runner_app
        queue.close()
    db.session.rollback()
    assert set(db.session.scalars(select(OutboxDelivery.state))) == {DeliveryState.DONE}


def the_silent_worker_is_named(town: Town) -> None:
    with stopped_at(clock.now() + SEEN_WITHIN):
        told = _health(town)
    assert (told["status"], told["checks"]["worker"][:6]) == ("ready", "silent")


def the_oldest_delivery_is_told(town: Town) -> None:
    with stopped_at(clock.now() + SEEN_WITHIN):
        assert _health(town)["oldest_delivery_seconds"] >= SEEN_WITHIN.total_seconds()


def staff_see_the_worker_missing(town: Town) -> None:
    with stopped_at(clock.now() + SEEN_WITHIN):
        staff_see_a_banner(town)
    backstage.forget()


def every_answer_comes_soon(town: Town) -> None:
    """And says when to try again."""
    for path in ("/", "/bag", town.path):
        assert _seconds(partial(town.shopper.get, path)) < ANSWER
        assert town.shopper.get(path).headers["Retry-After"] == "5"


def no_half_order(_town: Town) -> None:
    """Each order has its lines, its attempt and its goods; each live hold has somebody."""
    db.session.rollback()
    numbers = [
        db.session.scalar(select(func.count(func.distinct(column))))
        for column in (Order.id, OrderLine.order_id, Payment.subject)
    ]
    held = select(func.sum(Hold.quantity)).where(Hold.state == HoldState.LIVE)
    assert numbers == [orders()] * 3
    assert db.session.scalar(held) == orders()


def no_false_receipt(town: Town) -> None:
    stored = stored_callbacks()
    assert town.call("evt_full").status_code == 503
    assert stored_callbacks() == stored


def delivered_again_it_is_taken(town: Town) -> None:
    stored = stored_callbacks()
    assert town.call("evt_full").status_code == 200
    assert stored_callbacks() == stored + 1


def no_upload_without_its_file(town: Town) -> None:
    """A picture of a transfer, sent while nothing can be written."""
    picture = BytesIO()
    Image.new("RGB", (40, 40), (90, 60, 30)).save(picture, "PNG")
    picture.seek(0)
    sent = town.shopper.post(f"{town.transfer}/proofs", data={"picture": (picture, "proof.png")})
    assert sent.status_code == 503
    db.session.rollback()
    assert not db.session.scalars(select(PaymentProof)).all()
    assert not list(settings().data_dir.rglob("proofs/**/*.part"))


def nothing_failed(_town: Town) -> None:
    db.session.rollback()
    assert set(db.session.scalars(select(Payment.state))) <= {"pending", "unknown"}


def one_key_one_payment(town: Town) -> None:
    """The provider acted and its reply was lost; asked again it names the same payment."""
    line, buyer = town.lines["payment provider"], town.somebody()
    line.heal()
    line.faults.swallows_replies = True
    _answers, address = town.order(buyer)
    line.heal()
    assert "away=1" in address
    again = buyer.post(address.partition("?")[0] + "/payments", data={"gateway": "sandbox"})
    (opened,) = town.sandbox.call("GET", "/v1/payments", params=_newest())["data"]
    assert opened["pay_url"] == again.headers["Location"]
    line.fail(rudely=True)


def the_provider_decides(town: Town) -> None:
    """Paid at the provider, every callback lost: asking finds out."""
    (payment,) = town.sandbox.call("GET", "/v1/payments", params=_newest())["data"]
    town.sandbox.switch(drop="all")
    town.sandbox.act("payments", payment["id"], "pay")
    newest = db.session.scalars(select(Order).order_by(Order.id.desc()).limit(1)).one()
    pay.ask_about(newest.id)
    db.session.rollback()
    assert db.session.get_one(Order, newest.id, populate_existing=True).headline == "to_ship"


def mails_wait(_town: Town) -> None:
    while drain():
        pass
    assert _mails() == {MessageState.QUEUED}


def mails_are_sent(town: Town) -> None:
    with stopped_at(clock.now() + timedelta(minutes=10)):
        while drain():
            pass
        deliver_due()
    assert _mails() == {MessageState.SENT}
    assert town.smtp.messages


def the_database_answers_soon(town: Town) -> None:
    assert not index.backend().health().is_good
    assert _seconds(lambda: town.shopper.get("/search?q=jacket")) < ANSWER


def rebuilt_twice_it_is_the_same(_town: Town) -> None:
    found = []
    for _ in range(2):
        indexing.rebuild_all()
        found.append((index.backend().indexed_ids(), search.found("jacket").ids))
    assert found[0] == found[1]


def it_is_whole_again(_town: Town) -> None:
    indexing.ensure()
    assert search.found("jacket").total == 1


MUSTS: Mapping[str, Mapping[str, Must]] = {
    "Redis": {
        "staff see a banner": Must(staff_see_a_banner),
        "no page takes a second longer, even when Redis hangs": Must(nothing_is_slow),
        "whoever guesses passwords has fewer tries, not more": Must(guessing_is_harder),
        "the scheduler does what is due by itself": Must(due_is_done),
    },
    "all workers": {
        "health names a silent idle worker within 60 seconds": Must(the_silent_worker_is_named),
        "health tells the age of the oldest delivery": Must(the_oldest_delivery_is_told),
        "staff see a banner": Must(staff_see_the_worker_missing),
    },
    "the database": {
        "every answer comes within a second and says when to try again": Must(
            every_answer_comes_soon
        ),
        "two seconds after its return all is well, nothing restarted": Must(_nothing),
    },
    "the disk (full)": {
        "no half order": Must(no_half_order, no_half_order),
        "no callback is acknowledged that was not stored": Must(
            no_false_receipt, delivered_again_it_is_taken
        ),
        "no upload is recorded whose file is not there": Must(no_upload_without_its_file),
    },
    "the payment provider": {
        "a silent provider fails no attempt": Must(nothing_failed),
        "the same key opens one payment although the reply was lost": Must(one_key_one_payment),
        "what the provider says decides": Must(_nothing, the_provider_decides),
    },
    "the mail server": {
        "mails wait and are sent once it is back": Must(mails_wait, mails_are_sent),
    },
    "the search index": {
        "the database answers within a second": Must(the_database_answers_soon),
        "rebuilding twice gives the same": Must(_nothing, rebuilt_twice_it_is_the_same),
        "the index is whole again after the worker's next look": Must(it_is_whole_again),
    },
}


def _seconds(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def _health(town: Town) -> dict[str, Any]:
    told: dict[str, Any] = town.shopper.get("/readyz").get_json()
    return told


def _newest() -> dict[str, str]:
    db.session.rollback()
    newest = select(Payment.reference).order_by(Payment.id.desc()).limit(1)
    return {"merchant_reference": str(db.session.scalar(newest))}


def _mails() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Message.state)))
