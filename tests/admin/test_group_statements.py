"""A leader's month as a file: own entries, masked, and nobody else's."""

from __future__ import annotations

import csv
from email import message_from_bytes, policy

import pytest
from sqlalchemy import func, select

from app.notifications.models import MessageFile
from app.platform.configuration import KEY
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.presale.commands import leaving
from app.shop.models import Role
from app.shop.sign_in import actor_of
from tests import cast
from tests.admin.counter import clerk
from tests.community import cast as community
from tests.community.test_visitors import ANDROID
from tests.presale import cast as presale


@pytest.fixture
def owner(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def xiaoyu(app, owner, clock):
    """Xiaoyu, through whose link one joined and another joined and left."""
    leader = clerk(app, owner.merchant_id, "xiaoyu", Role.LEADER)
    campaign = community.campaign(owner, clock.now, commission_cap=2000)
    link = community.link(actor_of(leader.member), campaign.id, clock.now)
    medium, _large = presale.skus(campaign.id)
    through = community.through(link)
    presale.confirmed(owner, {medium.id: 1}, clock.now, joining=through, name="林小满")
    gone = presale.confirmed(owner, {medium.id: 1}, clock.now, joining=through)
    leaving.leave(community.participation(gone).id, now=clock.now)
    return leader


def lines(answer) -> list[str]:
    text: str = answer.data.decode("utf-8-sig")
    return text.splitlines()[1:]


def test_the_months_entries_stand_in_it_masked(xiaoyu):
    answer = xiaoyu.get("/admin/statements/2026-11.csv")

    assert answer.mimetype == "text/csv"
    assert len(lines(answer)) == 3
    assert "林**" in lines(answer)[0]
    assert "林小满" not in answer.data.decode("utf-8-sig")
    rows = list(csv.DictReader(answer.data.decode("utf-8-sig").splitlines()))
    columns = ("Paid", "Refunded", "Pending commission", "Agreed")
    assert [tuple(row[name] for name in columns) for row in rows] == [
        ("100.00", "0.00", "5.00", "5 %, at most ¥20 an order"),
        ("100.00", "0.00", "5.00", "5 %, at most ¥20 an order"),
        ("0.00", "100.00", "-5.00", "5 %, at most ¥20 an order"),
    ]


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_it_comes_in_other_forms_too(xiaoyu, kind, begins):
    assert xiaoyu.get(f"/admin/statements/2026-11.{kind}").data.startswith(begins)


def test_another_month_and_another_leader_have_none_of_it(app, owner, xiaoyu):
    awen = clerk(app, owner.merchant_id, "awen", Role.LEADER)

    assert lines(xiaoyu.get("/admin/statements/2026-10.csv")) == []
    assert lines(awen.get("/admin/statements/2026-11.csv")) == []


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "november", "2026-11-01"])
def test_what_is_no_month_has_no_statement(xiaoyu, month):
    assert xiaoyu.get(f"/admin/statements/{month}.csv").status_code == 404
    assert xiaoyu.get("/admin/statements/2026-11.exe").status_code == 404


def test_a_month_goes_to_ones_own_mailbox_with_its_files_which_are_not_kept(app, xiaoyu):
    page = xiaoyu.get("/admin/groups", headers={"User-Agent": ANDROID}).text

    answers = [xiaoyu.post("/admin/statements/2026-11/mails") for _twice in range(2)]
    while drain():
        pass

    (mail,) = (
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in app.extensions[KEY].mail_dir.glob("*.eml")
        if b"2026-11.csv" in path.read_bytes()
    )
    table, _csv = mail.iter_attachments()
    assert [answer.status_code for answer in answers] == [303, 303]
    assert "/admin/statements/2026-11/mails" in page
    assert "2026-11.xlsx" not in page
    assert mail["To"] == xiaoyu.member.email
    assert [part.get_filename() for part in mail.iter_attachments()] == [
        "2026-11.xlsx",
        "2026-11.csv",
    ]
    assert table.get_content().startswith(b"PK")
    assert db.session.scalar(select(func.count()).select_from(MessageFile)) == 0
    assert xiaoyu.post("/admin/statements/2026-13/mails").status_code == 404
