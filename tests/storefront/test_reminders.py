"""Reminders: an address is confirmed before it is written to, told once, and forgotten."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.notifications.models import Message
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.presale.commands import clockwork, editing, lifecycle, reminding
from app.presale.models import CampaignReminder, CampaignState
from tests.cast import house
from tests.conftest import MONDAY
from tests.presale import cast

ADA = "ada@example.org"


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def over(owner):
    """A presale that was given up."""
    campaign = cast.campaign(owner, MONDAY)
    lifecycle.cancel(campaign.id, reason="No cloth.", actor=owner.staff(), now=MONDAY)
    return cast.fresh(campaign.id)


def mails(kind):
    clockwork.advance()
    while drain():
        pass
    db.session.rollback()
    return db.session.scalars(
        select(Message).where(Message.kind == f"presale.{kind}").order_by(Message.id)
    ).all()


def ask(client, campaign, email=ADA):
    return client.post(f"/pre/{campaign.slug}/reminder", data={"email": email})


def confirm(client):
    """Follow the link of the mail, and press its button."""
    path = re.findall(r"/again/[\w-]+", mails("reminder_asked")[-1].text)[0]
    assert "Yes, remind me" in client.get(f"{path}?lang=en").text
    return path, client.post(f"{path}/confirmation")


def offered_again(owner, campaign, clock):
    copy_id = editing.duplicate(campaign.id, actor=owner.staff(), now=clock.now)
    editing.publish(copy_id, actor=owner.staff(), now=clock.now)
    clock.advance(days=2)
    clockwork.advance()
    return cast.fresh(copy_id)


def kept():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(CampaignReminder))


def test_who_confirmed_is_told_once_when_a_copy_opens(client, owner, over, clock):
    ask(client, over)
    _path, answer = confirm(client)
    again = offered_again(owner, over, clock)

    told = mails("reminder_due")
    clock.advance(days=1)
    later = mails("reminder_due")

    assert answer.status_code == 303
    assert again.state == CampaignState.OPEN
    assert [letter.recipient for letter in told] == [ADA]
    assert f"/pre/{again.slug}" in told[0].text
    assert len(later) == 1


def test_a_copy_of_a_copy_is_still_the_same_thing(client, owner, over, clock):
    copy_id = editing.duplicate(over.id, actor=owner.staff(), now=clock.now)
    ask(client, over)
    confirm(client)

    again = offered_again(owner, cast.fresh(copy_id), clock)

    assert f"/pre/{again.slug}" in mails("reminder_due")[0].text


def test_an_address_nobody_confirmed_is_never_written_to_again(client, owner, over, clock):
    ask(client, over)
    ask(client, over)
    offered_again(owner, over, clock)

    assert len(mails("reminder_asked")) == 1
    assert mails("reminder_due") == []
    clock.advance(days=7)
    assert reminding.forget_old() == 1
    assert kept() == 0


def test_whoever_asked_may_take_it_back(client, owner, over, clock):
    ask(client, over)
    path, _answer = confirm(client)

    answer = client.post(f"{path}/withdrawal")

    assert "The address is forgotten" in client.get(f"{answer.location}&lang=en").text
    assert client.get(path).status_code == 404
    offered_again(owner, over, clock)
    assert mails("reminder_due") == []


def test_what_was_told_is_forgotten_after_thirty_days(client, owner, over, clock):
    ask(client, over)
    confirm(client)
    offered_again(owner, over, clock)
    mails("reminder_due")

    clock.advance(days=29)
    assert reminding.forget_old() == 0
    clock.advance(days=1)
    assert reminding.forget_old() == 1


def test_an_opening_to_come_is_told_to_who_asked_before_it(client, owner, clock):
    opens = MONDAY + timedelta(days=1)
    campaign = cast.campaign(owner, MONDAY, opens_at=opens, closes_at=opens + timedelta(days=3))
    assert f"/pre/{campaign.slug}/reminder" in client.get(f"/pre/{campaign.slug}").text
    ask(client, campaign)
    confirm(client)
    assert mails("reminder_due") == []

    clock.advance(days=1)

    assert len(mails("reminder_due")) == 1


@pytest.mark.parametrize("email", ["", "ada", "a@b", "x" * 300 + "@example.org"])
def test_an_address_that_cannot_be_one_is_refused_beside_its_field(client, over, email):
    answer = ask(client, over, email)

    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text
    assert kept() == 0


def test_what_closes_within_a_day_needs_no_reminder(client, owner, clock):
    campaign = cast.campaign(owner, MONDAY)
    clock.advance(days=6)

    answer = ask(client, campaign)

    assert answer.status_code == 409
    assert kept() == 0
    assert "It can be joined right now" in client.get(f"/pre/{campaign.slug}/reminder?lang=en").text
    assert f"/pre/{campaign.slug}/reminder" not in client.get(f"/pre/{campaign.slug}").text


def test_who_has_not_decided_is_reminded_a_day_before_the_close_unless_they_joined(
    client, owner, clock
):
    campaign = cast.campaign(owner, MONDAY)
    page = client.get(f"/pre/{campaign.slug}?lang=en").text
    for email in (ADA, "ben@example.org"):
        ask(client, campaign, email)
        confirm(client)
    (medium, _large) = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, MONDAY, email="Ben@example.org")
    clock.advance(days=6, seconds=-1)
    early = mails("reminder_due")

    clock.advance(seconds=1)
    told = mails("reminder_due")

    assert "Remind me before it closes" in page
    assert early == []
    assert [letter.recipient for letter in told] == [ADA]
    assert told[0].subject == "Closes soon: Kyoto shirt"
    clock.advance(days=1)
    reminding.forget_old()
    assert kept() == 1


def test_nobody_is_told_anything_in_the_quiet_hours_of_the_shop(client, owner, clock):
    opens = MONDAY + timedelta(hours=12)
    campaign = cast.campaign(owner, MONDAY, opens_at=opens, closes_at=opens + timedelta(days=3))
    ask(client, campaign)
    confirm(client)

    clock.advance(hours=12)
    at_ten_at_night = mails("reminder_due")
    clock.advance(hours=11, seconds=-1)
    before_nine = mails("reminder_due")
    clock.advance(seconds=1)

    assert at_ten_at_night == before_nine == []
    assert [letter.recipient for letter in mails("reminder_due")] == [ADA]


def test_an_address_has_two_mails_of_a_presale_at_most_however_often_it_is_left(
    client, owner, clock
):
    opens = MONDAY + timedelta(days=1)
    campaign = cast.campaign(owner, MONDAY, opens_at=opens, closes_at=opens + timedelta(days=5))
    ask(client, campaign)
    confirm(client)
    for days in (1, 1, 2, 1):
        clock.advance(days=days)
        mails("reminder_due")
        ask(client, campaign)

    subjects = [letter.subject for letter in mails("reminder_due")]
    assert subjects == ["Open now: Kyoto shirt", "Closes soon: Kyoto shirt"]


def test_a_window_nobody_could_be_told_of_says_so_on_the_form(client, owner):
    opens = MONDAY + timedelta(hours=13)
    night = cast.campaign(
        owner, MONDAY, opens_at=opens, closes_at=opens + timedelta(hours=2),
        variants=cast.shirt(owner, MONDAY, ("M",)),
    )  # fmt: skip

    text = client.get(f"/pre/{night.slug}/reminder?lang=en").text

    assert "when we write to nobody" in text
    assert "opening.ics" in text


def test_a_presale_that_failed_offers_the_next_time(client, over):
    english = client.get(f"/pre/{over.slug}?lang=en").text
    chinese = client.get(f"/pre/{over.slug}?lang=zh-Hans").text

    assert "Remind me next time" in english
    assert "下次开团通知我" in chinese
