"""The log of mails: every try, the text on demand, and sending again."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from app.admin.words import mail_kind
from app.notifications import commands as notifications
from app.notifications.models import Message, MessageState
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.i18n import speaking
from app.platform.transaction import transaction
from app.shop.models import Role
from tests import cast
from tests.admin.counter import clerk

pytestmark = pytest.mark.usefixtures("app")
TEXT, LINK = "Dear Ada Test, your order", "http://shop.example/o/TOKEN"


@pytest.fixture
def now(clock):
    return clock.now


@pytest.fixture
def owner(now):
    return cast.house(now)


PRESALE_MAILS = (
    "joined", "registered", "succeeded", "extended", "asked", "in_production", "promise_changed",
    "update", "balance_asked", "balance_reminder", "balance_extended", "balance_paid",
    "leave_refused", "wish_made", "place_offered", "place_lost",
)  # fmt: skip


@pytest.mark.parametrize("word", PRESALE_MAILS)
def test_every_mail_of_a_presale_is_called_by_words(word):
    with speaking("zh-Hans"):
        called = mail_kind(f"presale.{word}")

    assert not called.isascii()


def written(now, kind: str = "orders.paid", event: str = "orders.paid:1") -> int:
    notifications.queue(
        kind=kind,
        event=event,
        recipient="ada@example.org",
        locale="en",
        subject="Order K7 is paid",
        text=f"{TEXT} {LINK}",
        html=f"<style>p{{color:red}}</style><p>{TEXT}</p><script>alert(1)</script>",
        reference="order:1",
        now=now,
    )
    return max(db.session.scalars(select(Message.id)))


def given_up(message_id: int) -> None:
    with transaction():
        db.session.execute(
            update(Message)
            .where(Message.id == message_id)
            .values(state=MessageState.DEAD, attempts=12)
        )


def test_the_log_shows_every_mail_by_state_and_word(app, owner, now):
    message = written(now)
    given_up(written(now, event="orders.paid:2"))
    who = clerk(app, owner.merchant_id, "sol", Role.SUPPORT)

    assert who.read("/admin/mails").count("Order K7 is paid") == 2
    assert who.read("/admin/mails?state=dead").count("Order K7 is paid") == 1
    assert f'/admin/mails/{message}"' in who.read("/admin/mails?q=order:1")
    assert "No mail here" in who.read("/admin/mails?q=nothing")


def test_who_got_it_and_what_it_says_is_shown_on_demand_and_recorded_once(app, owner, now):
    address = f"/admin/mails/{written(now)}"
    who = clerk(app, owner.merchant_id, "sol", Role.SUPPORT)
    masked = who.read(address)
    assert "a***@example.org" in masked
    assert not [word for word in ("ada@example.org", TEXT, LINK) if word in masked]
    assert who.get(f"{address}/html").status_code == 404

    for _ in range(2):
        who.post(f"{address}/disclosure")

    shown = who.read(address)
    assert all(word in shown for word in ("ada@example.org", TEXT, LINK))
    assert db.session.scalar(select(func.count()).where(AuditRow.verb == "message.disclose")) == 1


def test_the_mail_as_its_reader_sees_it_may_do_nothing(app, owner, now):
    address = f"/admin/mails/{written(now)}"
    who = clerk(app, owner.merchant_id, "sol", Role.SUPPORT)
    who.post(f"{address}/disclosure")

    response = who.get(f"{address}/html")

    policy = response.headers["Content-Security-Policy"]
    assert TEXT in response.get_data(as_text=True)
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert response.headers["X-Frame-Options"] == "DENY"


def test_a_role_that_may_not_see_people_reads_no_mail(app, owner, now):
    address = f"/admin/mails/{written(now)}"
    reader = clerk(app, owner.merchant_id, "rui", Role.READONLY)

    assert reader.post(f"{address}/disclosure").status_code == 403

    text = reader.read(address) + reader.read("/admin/mails")
    assert not [word for word in ("ada@example.org", TEXT, LINK) if word in text]
    assert "No mail here" in reader.read("/admin/mails?q=ada")


def test_a_mail_that_lets_its_reader_in_is_read_by_nobody_else(make_app, app, owner, now):
    message = written(now, kind="secret.sign_in_code", event="secret:1")
    with_server = make_app(smtp_url="smtp://127.0.0.1:1")
    who = clerk(with_server, owner.merchant_id, "cleo")

    with with_server.app_context():
        who.post(f"/admin/mails/{message}/disclosure")
        text = who.read(f"/admin/mails/{message}")
        html = who.get(f"/admin/mails/{message}/html")

    assert "its text is kept from everybody else" in text
    assert TEXT not in text
    assert html.status_code == 404


def test_a_mail_given_up_is_begun_anew(app, owner, now):
    message = written(now)
    given_up(message)
    who = clerk(app, owner.merchant_id, "sol", Role.SUPPORT)

    for _ in range(2):
        assert who.post(f"/admin/mails/{message}/retry").status_code == 303

    db.session.rollback()
    row = db.session.get_one(Message, message, populate_existing=True)
    assert (row.state, row.attempts) == ("queued", 0)


def test_a_mail_that_was_sent_is_not_sent_again(app, owner, now):
    message = written(now)
    notifications.deliver(message)
    who = clerk(app, owner.merchant_id, "sol", Role.SUPPORT)

    response = who.post(f"/admin/mails/{message}/retry")

    assert response.status_code == 409
    assert b"sent already" in response.data
    assert "/retry" not in who.read(f"/admin/mails/{message}")
