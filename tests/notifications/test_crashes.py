"""Nothing is lost and nothing doubled when senders are killed, stopped or many."""

import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from aiosmtpd.controller import Controller

from app.notifications import commands, queries
from app.notifications.models import MessageState
from app.platform import clock
from app.platform.outbox.commands import drain
from tests.notifications.letters import queue_letter, the_message
from tests.servers.process import free_port
from tests.soaking import on_postgresql

pytestmark = on_postgresql

SENDER = """
from app.factory import create_app
from app.notifications.commands import deliver_due
with create_app().app_context():
    deliver_due()
"""


class Deadly:
    """Accepts a mail, and at that moment the sender is killed, frozen or left alone."""

    def __init__(self):
        self.message_ids = []
        self.strike = None
        self.sender = None
        self.url = ""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        head = envelope.content.decode(errors="replace").split("\r\n\r\n")[0]
        line = next(line for line in head.splitlines() if line.startswith("Message-ID:"))
        self.message_ids.append(line.partition(":")[2].strip())
        if self.strike is not None and self.sender is not None:
            os.kill(self.sender.pid, self.strike)
        return "250 kept"


@pytest.fixture
def deadly():
    handler = Deadly()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.url = f"smtp://127.0.0.1:{controller.port}"
    yield handler
    controller.stop()


@contextmanager
def _sender(environment, deadly):
    """A process that sends what is due."""
    process = subprocess.Popen(
        [sys.executable, "-c", SENDER],
        env={**os.environ, **environment, "SMTP_URL": deadly.url},
        stdin=subprocess.DEVNULL,
    )
    deadly.sender = process
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _deliver_later(make_app, deadly, seconds):
    deadly.strike = None
    app = make_app(smtp_url=deadly.url)
    with clock.stopped_at(clock.now() + timedelta(seconds=seconds)), app.app_context():
        return commands.deliver_due()


def test_a_sender_killed_after_the_server_accepted_repeats_the_same_mail_once(
    app, environment, make_app, deadly
):
    queue_letter(now=clock.now())
    deadly.strike = signal.SIGKILL

    with _sender(environment, deadly) as process:
        process.wait(30)
    assert deadly.message_ids == [the_message().message_id]
    assert the_message().state == MessageState.QUEUED

    assert _deliver_later(make_app, deadly, seconds=20) == 0
    assert _deliver_later(make_app, deadly, seconds=50) == 1
    assert _deliver_later(make_app, deadly, seconds=500) == 0

    assert deadly.message_ids == [the_message().message_id] * 2
    assert the_message().state == MessageState.SENT


def test_a_sender_that_wakes_after_its_lease_changes_nothing(app, environment, make_app, deadly):
    queue_letter(now=clock.now())
    deadly.strike = signal.SIGSTOP

    with _sender(environment, deadly) as process:
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        assert _deliver_later(make_app, deadly, seconds=50) == 1
        sent_at = the_message().sent_at
        os.kill(process.pid, signal.SIGCONT)
        assert process.wait(30) == 0

    assert set(deadly.message_ids) == {the_message().message_id}
    assert len(deadly.message_ids) == 2
    assert (the_message().state, the_message().sent_at) == (MessageState.SENT, sent_at)


def test_eight_senders_never_send_one_mail_twice(app, make_app, smtp):
    now = clock.now()
    for number in range(40):
        queue_letter(now=now, event=f"orders.paid:{number}")
    mailing, start, errors = make_app(smtp_url=smtp.url), Barrier(8), []

    def send(by_fact):
        with mailing.app_context():
            start.wait(10)
            try:
                while drain(5) if by_fact else commands.deliver_due(limit=5):
                    pass
            except Exception as error:  # noqa: BLE001  (shown by the assertion below)
                errors.append(error)

    threads = [Thread(target=send, args=(number % 2 == 0,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert errors == []
    sent = Counter(mail["Message-ID"] for mail in smtp.messages)
    assert len(sent) == 40
    assert set(sent.values()) == {1}
    assert queries.counts() == {"queued": 0, "sent": 40, "dead": 0}
