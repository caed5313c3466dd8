"""What staff find in the list of mails."""

import pytest

from app.notifications import commands, privacy, queries
from app.notifications.models import MessageState
from app.platform.errors import NotFound
from tests.notifications.letters import ADA, queue_letter, the_message, tries


def _letters(now, count):
    for number in range(count):
        queue_letter(
            now=now,
            event=f"orders.paid:{number}",
            recipient=f"buyer{number}@example.com",
            reference=f"ORDER{number % 2}",
        )


def test_pages_follow_each_other_without_gap_or_repeat(app, clock):
    _letters(clock.now, 7)

    first = queries.listed(limit=3)
    second = queries.listed(limit=3, before=first.before)
    third = queries.listed(limit=3, before=second.before)

    ids = [row.id for page in (first, second, third) for row in page.rows]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == 7
    assert third.before is None


def test_a_full_last_page_has_no_next_one(app, clock):
    _letters(clock.now, 3)

    assert queries.listed(limit=3).before is None


def test_mails_are_found_by_state_kind_and_words(app, clock):
    _letters(clock.now, 2)
    queue_letter(now=clock.now, kind="orders.shipped", event="parcel:1", subject="On its way_100%")
    commands.deliver(queries.listed(kind="orders.shipped").rows[0].id)

    assert len(queries.listed(state="queued").rows) == 2
    assert [row.kind for row in queries.listed(state="sent").rows] == ["orders.shipped"]
    assert [row.recipient for row in queries.listed(search="BUYER1@").rows] == [
        "buyer1@example.com"
    ]
    assert len(queries.listed(search="order1").rows) == 1
    assert len(queries.listed(search="y_100%").rows) == 1
    assert queries.listed(search="y_200%").rows == ()
    assert queries.listed(state="no such state").rows == ()
    assert queries.kinds() == ["orders.paid", "orders.shipped"]


def test_the_mails_of_one_order_are_in_the_order_of_events(app, clock):
    _letters(clock.now, 4)

    assert [row.recipient for row in queries.for_reference("ORDER1")] == [
        "buyer1@example.com",
        "buyer3@example.com",
    ]


def test_one_mail_is_shown_with_every_try(make_app, smtp, clock):
    app = make_app(smtp_url=smtp.url)
    with app.app_context():
        smtp.answer = "450 4.2.0 later"
        queue_letter(now=clock.now)
        commands.deliver_due()
        smtp.answer = "250 kept"
        clock.advance(seconds=10)
        commands.deliver_due()

        shown = queries.detail(the_message().id)

    answers = [(each.succeeded, each.answer) for each in shown.attempts]
    assert answers == [(False, "450 4.2.0 later"), (True, "250 kept")]
    assert (shown.row.state, shown.text) == (MessageState.SENT, "Thank you.")


def test_a_mail_that_is_not_there_is_not_found(app):
    with pytest.raises(NotFound):
        queries.detail(1)


def test_a_person_gets_a_copy_of_their_own_mails_only(app, clock):
    _letters(clock.now, 2)
    queue_letter(now=clock.now, event="code:1", kind="secret.sign_in_code", text="482913")
    queue_letter(now=clock.now)

    copies = privacy.export(ADA)

    assert [copy["text"] for copy in copies] == ["", "Thank you."]
    assert "482913" not in str(copies)
    assert privacy.export("nobody@example.com") == []


def test_erased_mails_name_nobody_and_are_not_sent(app, settings, clock):
    queue_letter(now=clock.now)
    commands.deliver_due()
    queue_letter(now=clock.now, event="orders.shipped:42")
    queue_letter(now=clock.now, recipient="ben@example.com")

    privacy.erase(ADA.upper())

    rows = queries.listed(search="erased-").rows
    assert [row.state for row in rows] == ["dead", "sent"]
    assert queries.listed(search=ADA).rows == ()
    assert {queries.detail(row.id).text for row in rows} == {""}
    assert {answer for _succeeded, answer in tries()} == {""}
    assert commands.deliver_due() == 1
    assert len(queries.listed(search="ben@").rows) == 1


def test_a_fact_repeated_after_the_erasure_writes_to_nobody(app, clock):
    queue_letter(now=clock.now)
    privacy.erase(ADA)

    assert not queue_letter(now=clock.now)

    assert commands.deliver_due() == 0
    assert queries.listed(search=ADA).rows == ()
