"""Sheets out of real rows: arranged as asked, masked for who may not see, recorded for who may."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from app.admin.queries.presales.sheets import packed_rows
from app.community.sheets.kuaituantuan import COLUMNS
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.presale.commands.joining import Joining
from app.presale.drafts import Question
from app.presale.models import Campaign
from app.shop.models import Role
from tests.admin.counter import Clerk, clerk, counted_queries
from tests.cast import House, house
from tests.community import cast as community
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def owner(clock) -> House:
    return house(clock.now)


@pytest.fixture
def joined(owner, clock) -> Campaign:
    """Grace came through a group, 林小满 by herself; one of them types a formula."""
    asked = (Question("building", {"en": "Building"}), Question("room", {"en": "Room"}))
    campaign = community.campaign(owner, clock.now, questions=asked)
    link = community.link(community.leader(owner), campaign.id, clock.now)
    medium, large = cast.skus(campaign.id)
    through = Joining(
        links={campaign.id: link.id},
        answers={campaign.id: {"building": "=2+2", "room": "101"}},
    )
    cast.confirmed(
        owner, {medium.id: 1, large.id: 1}, clock.now, name="Grace Hopper", joining=through
    )
    cast.confirmed(
        owner, {medium.id: 2}, clock.now, name="林小满", method="pickup", fee=0,
        phone="13800000099",
    )  # fmt: skip
    return campaign


def table(who: Clerk, campaign: Campaign, query: str) -> list[list[str]]:
    answer = who.get(f"/admin/presales/{campaign.id}/sheet?{query}&as=csv")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_packing_sheet_names_everybody_for_who_may_see_them(app, owner, joined):
    who = clerk(app, owner.merchant_id, "pan", Role.FULFILMENT)

    rows = table(who, joined, "kind=packing")

    cells = {cell for row in rows for cell in row}
    assert {"Grace Hopper", "林小满", "Xiaoyu", "West gate mothers", "Test Store"} <= cells
    assert len(rows) == 4
    verbs = list(db.session.scalars(select(AuditRow.verb)))
    assert verbs.count("campaign.disclose") == 1


def test_nothing_somebody_typed_computes(app, owner, joined):
    who = clerk(app, owner.merchant_id, "pan", Role.FULFILMENT)

    cells = {cell for row in table(who, joined, "kind=packing") for cell in row}

    assert "'=2+2" in cells
    assert "=2+2" not in cells


def test_the_preset_of_kuaituantuan_keeps_its_columns(app, owner, joined):
    who = clerk(app, owner.merchant_id, "cleo")

    rows = table(who, joined, "kind=kuaituantuan")

    assert rows[0] == [column.title for column in COLUMNS]
    assert [row[0] for row in rows[1:]] == ["1", "2"]
    assert rows[2][9] == "Test Store"


@pytest.mark.parametrize("kind", ["packing", "pickup", "production", "kuaituantuan"])
@pytest.mark.parametrize(("written_as", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_every_sheet_is_printed_and_opened(app, owner, joined, kind, written_as, begins):
    who = clerk(app, owner.merchant_id, "cleo")

    answer = who.get(f"/admin/presales/{joined.id}/sheet?kind={kind}&as={written_as}&by=building")

    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    assert f'filename="{kind}-{joined.slug}.{written_as}"' in answer.headers["Content-Disposition"]


def test_a_sheet_asks_as_often_for_two_as_for_many(app, owner, joined, clock):
    who = clerk(app, owner.merchant_id, "cleo")
    medium, _large = cast.skus(joined.id)
    table(who, joined, "kind=packing")
    with counted_queries() as for_two:
        table(who, joined, "kind=packing")
    for _ in range(4):
        cast.confirmed(owner, {medium.id: 1}, clock.now)

    with counted_queries() as for_six:
        table(who, joined, "kind=packing")

    assert len(for_six) <= len(for_two)


def test_rows_for_who_may_not_see_people_are_masked(joined):
    rows = packed_rows(joined, shows_people=False, state=str)

    assert {row.name for row in rows} == {"G**", "林**"}
    assert "138****0099" in {row.phone for row in rows}
    assert {row.address for row in rows} == {""}


def test_who_may_not_pack_takes_no_sheet(app, owner, joined):
    rui = clerk(app, owner.merchant_id, "rui", Role.READONLY)

    assert rui.get(f"/admin/presales/{joined.id}/sheets").status_code == 403
    assert rui.get(f"/admin/presales/{joined.id}/sheet?kind=packing").status_code == 403
    who = clerk(app, owner.merchant_id, "cleo")
    assert who.get(f"/admin/presales/{joined.id}/sheet?kind=secrets").status_code == 404
