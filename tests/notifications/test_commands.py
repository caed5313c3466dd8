"""A message is queued once, sent once, tried again with growing waits, and at last given up."""

from email import message_from_bytes, policy

import pytest

from app.notifications import commands, queries, rules
from app.notifications.commands import BeingSent
from app.notifications.models import MessageState
from app.platform.actor import Actor
from app.platform.audit.models import AuditRow
from app.platform.errors import NotFound
from app.platform.outbox.commands import drain
from app.platform.transaction import transaction
from tests.notifications.letters import ADA, queue_letter, the_message, tries
from tests.servers.process import free_port

DORA = Actor("staff", 1, 1)


@pytest.fixture
def mailing(make_app, smtp):
    """The shop with a mail server, its context pushed."""
    app = make_app(smtp_url=smtp.url)
    with app.app_context():
        yield app


def test_the_same_event_queues_one_mail_per_recipient(app, clock):
    queued = [
        queue_letter(now=clock.now),
        queue_letter(now=clock.now, text="A repeated fact says it again."),
        queue_letter(now=clock.now, recipient=" Ada@Example.COM "),
        queue_letter(now=clock.now, recipient="ben@example.com"),
        queue_letter(now=clock.now, event="orders.paid:43"),
    ]

    assert queued == [True, False, False, True, True]
    assert len(queries.listed().rows) == 3


def test_a_mail_queued_in_a_change_that_is_undone_is_not_sent(app, clock):
    def change_then_fail():
        with transaction():
            queue_letter(now=clock.now)
            raise RuntimeError("the change failed")

    with pytest.raises(RuntimeError):
        change_then_fail()

    assert drain() == 0
    assert commands.deliver_due() == 0
    assert queries.listed().rows == ()


def test_a_queued_mail_goes_out_with_its_fact(mailing, smtp, clock):
    queue_letter(now=clock.now, locale="zh-Hans", subject="已付款：订单 7K3M", text="谢谢。")

    assert drain() == 1

    (mail,) = smtp.messages
    assert mail["Message-ID"] == the_message().message_id
    assert mail["Subject"] == "已付款：订单 7K3M"
    assert mail["To"] == ADA
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "zh-Hans"
    assert mail["Date"].datetime == clock.now
    assert mail.get_content_type() == "multipart/alternative"
    assert mail.get_body(("plain",)).get_content().strip() == "谢谢。"
    assert mail.get_body(("html",)).get_content().strip() == "<p>Thank you.</p>"
    assert the_message().state == MessageState.SENT
    assert the_message().sent_at == clock.now
    assert tries() == [(True, "250 kept")]


def test_a_fact_delivered_again_sends_nothing_again(mailing, smtp, clock):
    queue_letter(now=clock.now)
    message_id = the_message().id

    assert commands.deliver(message_id)
    assert not commands.deliver(message_id)
    assert commands.deliver_due() == 0

    assert len(smtp.messages) == 1


def test_a_greylisted_mail_goes_out_at_its_next_try(mailing, smtp, clock):
    smtp.answer = "450 4.7.1 greylisted, come back later"
    queue_letter(now=clock.now)

    assert commands.deliver_due() == 1
    assert the_message().state == MessageState.QUEUED
    clock.advance(seconds=9)
    assert commands.deliver_due() == 0
    smtp.answer = "250 kept"
    clock.advance(seconds=1)
    assert commands.deliver_due() == 1

    assert the_message().state == MessageState.SENT
    assert tries() == [(False, "450 4.7.1 greylisted, come back later"), (True, "250 kept")]
    assert len(smtp.messages) == 1


def test_a_mail_nobody_takes_is_given_up_after_twelve_tries(mailing, smtp, clock):
    smtp.answer = "451 4.3.0 not now"
    queue_letter(now=clock.now)
    began = clock.now

    while the_message().state == MessageState.QUEUED:
        clock.advance(seconds=(the_message().due_at - clock.now).total_seconds())
        assert commands.deliver_due() == 1

    assert the_message().state == MessageState.DEAD
    assert len(tries()) == rules.MAX_TRIES
    assert 68 < (clock.now - began).total_seconds() / 3600 < 76


def test_a_dead_mail_is_sent_when_staff_ask_for_it(mailing, smtp, clock):
    smtp.answer = "451 4.3.0 not now"
    queue_letter(now=clock.now)
    while the_message().state == MessageState.QUEUED:
        clock.advance(days=1)
        commands.deliver_due()
    smtp.answer = "250 kept"

    commands.retry(the_message().id, actor=DORA, now=clock.now)
    drain()

    assert the_message().state == MessageState.SENT
    assert len(smtp.messages) == 1


def test_asking_for_it_leaves_an_audit_row(mailing, clock, db_session):
    queue_letter(now=clock.now)
    message_id = the_message().id

    commands.retry(message_id, actor=DORA, now=clock.now)

    row = db_session.query(AuditRow).one()
    assert (row.verb, row.object_kind, row.object_id, row.actor_id) == (
        "notifications.retry",
        "message",
        message_id,
        DORA.id,
    )


def test_a_sent_mail_is_not_sent_once_more(mailing, smtp, clock):
    queue_letter(now=clock.now)
    commands.deliver_due()

    with pytest.raises(BeingSent):
        commands.retry(the_message().id, actor=DORA, now=clock.now)

    assert commands.deliver_due() == 0
    assert len(smtp.messages) == 1


def test_a_mail_that_does_not_exist_cannot_be_sent(app, clock):
    with pytest.raises(NotFound):
        commands.retry(404, actor=DORA, now=clock.now)


def test_a_server_that_is_away_costs_one_try_not_one_per_mail(make_app, clock):
    app = make_app(smtp_url=f"smtp://127.0.0.1:{free_port()}")
    with app.app_context():
        for number in range(5):
            queue_letter(now=clock.now, event=f"orders.paid:{number}")

        assert commands.deliver_due() == 1
        assert commands.deliver_due() == 0
        assert len(tries()) == 1
        assert queries.counts() == {"queued": 5, "sent": 0, "dead": 0}


def test_mails_wait_for_a_server_that_is_away(make_app, smtp, clock):
    away = make_app(smtp_url=f"smtp://127.0.0.1:{free_port()}")
    with away.app_context():
        for number in range(3):
            queue_letter(now=clock.now, event=f"orders.paid:{number}")
        for _minute in range(3):
            commands.deliver_due()
            clock.advance(minutes=1)

    back = make_app(smtp_url=smtp.url)
    with back.app_context():
        clock.advance(hours=1)
        assert commands.deliver_due() == 3
        assert queries.counts() == {"queued": 0, "sent": 3, "dead": 0}

    assert len(smtp.messages) == 3


def test_one_mail_that_cannot_be_written_does_not_stop_the_others(mailing, smtp, clock):
    queue_letter(now=clock.now, event="orders.paid:1", recipient="阿达@example.com")
    queue_letter(now=clock.now, event="orders.paid:2", recipient="no address at all")
    queue_letter(now=clock.now, event="orders.paid:3")

    assert commands.deliver_due() == 3

    assert [mail["To"] for mail in smtp.messages] == [ADA]
    assert queries.counts() == {"queued": 0, "sent": 1, "dead": 2}


def test_a_code_is_forgotten_once_it_is_sent(mailing, smtp, clock):
    queue_letter(now=clock.now, kind="secret.sign_in_code", text="Your code: 482913", html="")
    message_id = the_message().id

    assert queries.detail(message_id).is_hidden
    assert queries.detail(message_id).text == ""
    commands.deliver_due()

    assert "482913" in smtp.messages[0].get_content()
    assert the_message().text == ""


def test_without_a_mail_server_mails_lie_in_a_folder(app, settings, clock):
    queue_letter(now=clock.now, kind="secret.sign_in_code", text="Your code: 482913", html="")

    drain()

    (path,) = settings.mail_dir.iterdir()
    assert path.suffix == ".eml"
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["Message-ID"] == the_message().message_id
    assert "482913" in queries.detail(the_message().id).text
