"""A leader's own sheets: their people alone, shortened, to be ticked, printed and kept."""

from __future__ import annotations

import csv
import io

import pytest

from app.community.models import HandedOut, ShareLink
from app.community.sheets.keys import Key
from app.platform.db import db
from app.presale.commands.joining import Joining
from app.presale.drafts import Question
from app.shop.models import Role
from app.shop.sign_in import actor_of
from tests import cast
from tests.admin.counter import Clerk, clerk, contents, counted_queries
from tests.community import cast as community
from tests.community.test_visitors import ANDROID
from tests.presale import cast as presale


@pytest.fixture
def owner(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def campaign(owner, clock):
    asked = (Question("building", {"en": "Building"}), Question("room", {"en": "Room"}))
    return community.campaign(owner, clock.now, questions=asked)


@pytest.fixture
def xiaoyu(app, owner) -> Clerk:
    return clerk(app, owner.merchant_id, "xiaoyu", Role.LEADER)


@pytest.fixture
def link(xiaoyu, campaign, clock) -> ShareLink:
    return community.link(actor_of(xiaoyu.member), campaign.id, clock.now)


@pytest.fixture
def joined(owner, campaign, link, clock) -> None:
    """林小满 of building 10 and Ada of building 2 came through the link, Grace did not."""
    medium, large = presale.skus(campaign.id)
    for name, building, items in (
        ("林小满", "10", {medium.id: 2}),
        ("Ada Test", "2", {medium.id: 1, large.id: 1}),
    ):
        through = Joining(
            links={campaign.id: link.id}, answers={campaign.id: {"building": building}}
        )
        presale.confirmed(owner, items, clock.now, name=name, joining=through, phone="13800001234")
    presale.confirmed(owner, {large.id: 1}, clock.now, name="Grace Hopper")


def table(who: Clerk, path: str) -> list[list[str]]:
    answer = who.get(path)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def ticked() -> int:
    db.session.rollback()
    return db.session.query(HandedOut).count()


def test_the_sheet_shows_ones_own_people_shortened(xiaoyu, link, joined):
    page = xiaoyu.read(f"/admin/g/{link.code}/sheet")

    for said in ("林**", "A**", "1234", "M × 2", "Still to pay: ¥596", "0 of 2 have it."):
        assert said in page
    for hidden in ("林小满", "Ada Test", "G**", "1380000"):
        assert hidden not in page


@pytest.mark.parametrize("by", ["number", "point", "building", "sku"])
def test_it_is_arranged_by_what_is_asked_for(xiaoyu, link, joined, by):
    page = xiaoyu.read(f"/admin/g/{link.code}/sheet?by={by}")

    people = page.split('class="hand-lines"', 1)[1]
    if by == "building":
        assert people.index("A**") < people.index("林**")
        assert 'id="part-1">2<' in page
    elif by == "sku":
        assert 'id="part-2"' in page
    else:
        assert people.index("林**") < people.index("A**")


@pytest.mark.parametrize("sheet", ["pickup", "packing"])
@pytest.mark.parametrize(
    ("file", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")]
)
def test_every_file_opens_and_names_nobody(xiaoyu, link, joined, sheet, file, begins):
    answer = xiaoyu.get(f"/admin/g/{link.code}/sheets/{sheet}.{file}?by=building")

    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"].endswith(f'"{sheet}-{link.code}.{file}"')
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("sheet", ["pickup", "packing"])
def test_a_file_has_the_same_people_with_four_digits(xiaoyu, link, joined, sheet):
    rows = table(xiaoyu, f"/admin/g/{link.code}/sheets/{sheet}.csv?by=building")

    cells = {cell.lstrip("'") for row in rows for cell in row}
    assert {"林**", "A**", "1234"} <= cells
    assert not cells & {"林小满", "Ada Test", "Grace Hopper", "G**", "13800001234", "138****1234"}
    assert len(rows) == 1 + 3


def test_all_own_groups_are_one_sheet_and_nobody_elses(app, owner, xiaoyu, campaign, link, joined,
                                                       clock):  # fmt: skip
    mine = community.link(actor_of(xiaoyu.member), campaign.id, clock.now, "Runners")
    awen = community.link(community.leader(owner, "awen"), campaign.id, clock.now, "Readers")
    medium, _large = presale.skus(campaign.id)
    for shared, name in ((mine, "Bo Test"), (awen, "Zoe Test")):
        presale.confirmed(
            owner, {medium.id: 1}, clock.now, joining=community.through(shared), name=name
        )

    one = xiaoyu.read(f"/admin/g/{link.code}/sheet")
    every = xiaoyu.read(f"/admin/g/{link.code}/sheet?groups=all")
    rows = table(xiaoyu, f"/admin/g/{link.code}/sheets/pickup.csv?groups=all")

    assert "B**" not in one
    assert "Runners" in every
    assert "B**" in every
    assert "Z**" not in every
    assert "Readers" not in every
    assert len(rows) == 1 + 4


def test_who_has_it_is_ticked_once_and_the_tick_taken_back(xiaoyu, link, joined):
    here = f"/admin/g/{link.code}/sheet/1?by=building"

    answers = [xiaoyu.post(here) for _ in range(2)]
    assert {(each.status_code, each.location) for each in answers} == {
        (303, f"/admin/g/{link.code}/sheet?by=building#no-1")
    }
    assert ticked() == 1
    assert "1 of 2 have it." in xiaoyu.read(f"/admin/g/{link.code}/sheet")

    for _ in range(2):
        xiaoyu.post(here, {"off": "1"})
    assert ticked() == 0


def test_a_tick_changes_nothing_in_the_order(xiaoyu, link, joined):
    before = contents()

    xiaoyu.post(f"/admin/g/{link.code}/sheet/1")
    xiaoyu.post(f"/admin/g/{link.code}/sheet/1", {"off": "1"})

    assert contents() == before


@pytest.mark.parametrize("number", [3, 99])
def test_who_did_not_come_through_ones_link_cannot_be_ticked(xiaoyu, link, joined, number):
    assert xiaoyu.post(f"/admin/g/{link.code}/sheet/{number}").status_code == 404
    assert ticked() == 0


@pytest.mark.parametrize("who", ["another leader", "another merchant's owner"])
def test_what_is_not_ones_own_is_not_there(app, owner, link, joined, clock, who):
    north = cast.house(clock.now, "north", is_house=False)
    awen = (
        clerk(app, owner.merchant_id, "awen", Role.LEADER)
        if who == "another leader"
        else clerk(app, north.merchant_id, "nora", Role.OWNER)
    )

    answers = [
        awen.get(f"/admin/g/{link.code}/sheet"),
        awen.get(f"/admin/g/{link.code}/sheet?groups=all"),
        awen.get(f"/admin/g/{link.code}/sheets/pickup.pdf"),
        awen.post(f"/admin/g/{link.code}/sheet/1"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert ticked() == 0


def test_a_reader_looks_and_ticks_nothing(app, owner, link, joined):
    rui = clerk(app, owner.merchant_id, "rui", Role.READONLY)

    assert f"/admin/g/{link.code}/sheet/1" not in rui.read(f"/admin/g/{link.code}/sheet")
    assert rui.post(f"/admin/g/{link.code}/sheet/1").status_code == 403


def test_an_unknown_sheet_is_not_there(xiaoyu, link):
    for name in ("secrets.pdf", "pickup.exe", "production.pdf"):
        assert xiaoyu.get(f"/admin/g/{link.code}/sheets/{name}").status_code == 404


def test_in_a_chat_app_nothing_is_offered_to_be_downloaded(xiaoyu, link, joined):
    page = xiaoyu.get(f"/admin/g/{link.code}/sheet", headers={"User-Agent": ANDROID}).text

    assert ".pdf" not in page
    assert "Please open this page in your browser to download it." in page


def test_before_anybody_joined_it_says_so(xiaoyu, link):
    assert "Nothing to hand out yet" in xiaoyu.read(f"/admin/g/{link.code}/sheet")


def test_the_page_asks_as_often_however_many_joined(xiaoyu, owner, campaign, link, joined, clock):
    medium, _large = presale.skus(campaign.id)
    db.session.rollback()
    with counted_queries() as few:
        xiaoyu.read(f"/admin/g/{link.code}/sheet")
    for _ in range(4):
        presale.confirmed(owner, {medium.id: 1}, clock.now, joining=community.through(link))

    with counted_queries() as many:
        xiaoyu.read(f"/admin/g/{link.code}/sheet")

    assert len(many) == len(few)


@pytest.mark.parametrize("key", list(Key), ids=lambda key: key.value)
@pytest.mark.parametrize("kind", ["packing", "pickup"])
@pytest.mark.parametrize(("file", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_a_merchant_has_each_sheet_in_sections_by_each_of_these(
    app, owner, campaign, joined, kind, key, file, begins
):
    pan = clerk(app, owner.merchant_id, "pan", Role.FULFILMENT)

    answer = pan.get(f"/admin/presales/{campaign.id}/sheet?kind={kind}&as={file}&by={key.value}")

    assert answer.status_code == 200
    assert answer.data.startswith(begins)
