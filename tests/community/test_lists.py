"""Chat lists that are confirmed: once each, held for nobody, and marked when somebody joined."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.community import privacy
from app.community.chat_list.reading import read
from app.community.chat_list.repeats import lines_of
from app.community.commands import links, lists
from app.community.commands.lists import Confirmed, NewEntry, PastedList
from app.community.errors import ListClosed, StillUnclear
from app.community.models import ChatList, ListEntry, ListItem
from app.community.queries.listed import link_code_of, listed
from app.community.queries.lists import Stand, entries, kept, sku_names
from app.community.rules.proposals import Change, propose
from app.orders.models import Order
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.errors import Forbidden, NotFound
from app.platform.privacy import covered_tables
from app.platform.transaction import transaction
from app.presale.commands import leaving
from app.presale.commands.joining import Joining
from app.shop.models import Role
from tests import cast
from tests.community import cast as community
from tests.customers.people import open_account
from tests.platform.together import together
from tests.presale import cast as presale

TEXT = "#接龙 京都衬衫\n1. 小鱼 M×2\n2. 陈姐 L\n3. Ada M、L各1"


@pytest.fixture
def owner(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def leader(owner):
    return community.leader(owner)


@pytest.fixture
def campaign(owner, clock):
    return community.campaign(owner, clock.now)


@pytest.fixture
def link(leader, campaign, clock):
    return community.link(leader, campaign.id, clock.now)


def pasted(link, text: str = TEXT, withdrawn: dict[int, str] | None = None) -> PastedList:
    """Every line of a text as it was read."""
    read_lines = lines_of(read(text, sku_names(link.campaign_id)))
    new = [
        NewEntry(
            line.key, line.said, at, line.entry.name,
            {int(item.sku): item.quantity for item in line.entry.items if item.sku},
        )
        for at, line in enumerate(read_lines, 1)
        if not line.entry.cancelled
    ]  # fmt: skip
    return PastedList(text, new, withdrawn or {})


def names(link) -> list[tuple[str, dict[int, int], Stand]]:
    db.session.rollback()
    return [(each.name, dict(each.items), each.stand) for each in entries(link.id)]


def changes(link, text: str) -> list[Change]:
    db.session.rollback()
    found = propose(lines_of(read(text, sku_names(link.campaign_id))), kept(link.id))
    return [each.change for each in found.lines]


def own(link, name: str) -> ListEntry:
    db.session.rollback()
    statement = select(ListEntry).where(ListEntry.link_id == link.id, ListEntry.name == name)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def test_what_is_confirmed_is_kept_with_a_code_for_each(link, leader, campaign, clock):
    medium, large = presale.skus(campaign.id)

    result = lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)

    assert result == Confirmed(added=3)
    assert names(link) == [
        ("小鱼", {medium.id: 2}, Stand.WAITING),
        ("陈姐", {large.id: 1}, Stand.WAITING),
        ("Ada", {medium.id: 1, large.id: 1}, Stand.WAITING),
    ]
    codes = set(db.session.scalars(select(ListEntry.code)))
    assert len(codes) == 3
    assert all(len(code) == 8 for code in codes)


def test_an_entry_holds_nothing_and_counts_nowhere(link, leader, campaign, clock):
    before = [(sku.committed, sku.held) for sku in presale.skus(campaign.id)]

    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)

    db.session.rollback()
    assert [(sku.committed, sku.held) for sku in presale.skus(campaign.id)] == before
    assert presale.fresh(campaign.id).last_number == 0


def test_confirming_the_same_again_changes_nothing(link, leader, clock):
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)
    before = names(link)

    again = lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)

    assert again.is_nothing
    assert names(link) == before
    assert db.session.query(ChatList).count() == 1
    told = select(AuditRow).where(AuditRow.verb == "community.confirm_list")
    assert len(db.session.scalars(told).all()) == 1


def test_two_windows_confirming_at_the_same_moment_add_each_line_once(app, link, leader, clock):
    lines, code, now = pasted(link), link.code, clock.now
    db.session.rollback()

    added = together(app, [lambda: lists.confirm(code, lines, actor=leader, now=now).added] * 2)

    assert sorted(added) == [0, 3]
    assert len(names(link)) == 3


def test_of_a_list_that_grew_only_the_new_lines_are_proposed(link, leader, clock):
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)
    grown = TEXT.replace("陈姐 L", "陈姐 L×2") + "\n4. Bo M\n"

    assert changes(link, grown) == [Change.SAME, Change.CHANGED, Change.SAME, Change.NEW]
    result = lists.confirm(link.code, pasted(link, grown), actor=leader, now=clock.now)
    assert result == Confirmed(added=1, changed=1)
    assert changes(link, grown) == [Change.SAME] * 4


def test_who_is_struck_out_is_taken_out_and_not_asked_about_again(link, leader, clock):
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)
    struck = TEXT.replace("2. 陈姐 L", "2. ~~陈姐 L~~")
    line = next(each for each in lines_of(read(struck, sku_names(link.campaign_id)))
                if each.entry.cancelled)  # fmt: skip

    assert changes(link, struck) == [Change.SAME, Change.CANCELLED, Change.SAME]
    out = pasted(link, struck, {own(link, "陈姐").id: line.said})
    assert lists.confirm(link.code, out, actor=leader, now=clock.now).withdrawn == 1

    assert changes(link, struck) == [Change.SAME, Change.NOTHING, Change.SAME]
    assert names(link)[1][2] is Stand.WITHDRAWN


def test_an_entry_is_taken_out_and_put_back(link, leader, clock):
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)
    entry = own(link, "小鱼")

    for _ in range(2):
        lists.withdraw(link.code, entry.id, actor=leader, now=clock.now)
    assert names(link)[0][2] is Stand.WITHDRAWN
    assert listed(link.id, entry.code) is None
    assert changes(link, TEXT)[0] is Change.TAKEN_OUT

    for _ in range(2):
        lists.take_back(link.code, entry.id, actor=leader, now=clock.now)
    assert names(link)[0][2] is Stand.WAITING
    verbs = select(AuditRow.verb).where(AuditRow.verb.like("community.%_entry"))
    assert sorted(db.session.scalars(verbs)) == [
        "community.take_back_entry",
        "community.withdraw_entry",
    ]


def test_who_joins_by_their_own_link_is_marked_and_stays_as_they_are(
    link, leader, owner, campaign, clock
):
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)
    entry = own(link, "小鱼")
    medium, _large = presale.skus(campaign.id)
    joining = Joining(links={campaign.id: link.id}, listed={campaign.id: entry.id})

    order_id = presale.confirmed(owner, {medium.id: 1}, clock.now, joining=joining)

    marked = own(link, "小鱼")
    assert marked.participation_id == presale.participation(order_id)
    assert marked.joined_at == clock.now
    assert names(link)[0][2] is Stand.JOINED
    lists.withdraw(link.code, entry.id, actor=leader, now=clock.now)
    assert names(link)[0][2] is Stand.JOINED
    assert changes(link, TEXT.replace("M×2", "M×5"))[0] is Change.JOINED


def test_only_the_first_who_joins_by_an_entry_is_marked(link, leader, owner, campaign, clock):
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)
    entry = own(link, "小鱼")
    medium, _large = presale.skus(campaign.id)
    joining = Joining(links={campaign.id: link.id}, listed={campaign.id: entry.id})
    first = presale.confirmed(owner, {medium.id: 1}, clock.now, joining=joining)

    presale.confirmed(owner, {medium.id: 1}, clock.now, joining=joining)

    assert own(link, "小鱼").participation_id == presale.participation(first)


def test_who_joins_another_presale_marks_nothing(link, leader, owner, clock):
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)
    entry = own(link, "小鱼")
    other = community.campaign(owner, clock.now)
    joining = Joining(listed={other.id: entry.id})

    presale.confirmed(owner, {presale.skus(other.id)[0].id: 1}, clock.now, joining=joining)

    assert own(link, "小鱼").participation_id is None


def test_who_joined_and_went_again_is_told_apart(link, leader, owner, campaign, clock):
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)
    entry = own(link, "小鱼")
    medium, _large = presale.skus(campaign.id)
    joining = Joining(links={campaign.id: link.id}, listed={campaign.id: entry.id})
    order_id = presale.confirmed(owner, {medium.id: 1}, clock.now, joining=joining)

    leaving.leave(presale.participation(order_id), now=clock.now)

    assert names(link)[0][2] is Stand.LEFT


@pytest.mark.parametrize(
    ("name", "sku", "units"),
    [(" ", None, 1), ("Bo", 999_999, 1), ("Bo", None, 0), ("Bo", None, 100)],
    ids=["nobody's", "of nothing", "none", "more than anybody takes"],
)
def test_a_line_that_is_not_clear_keeps_nothing(link, leader, campaign, clock, name, sku, units):
    medium, _large = presale.skus(campaign.id)
    unclear = NewEntry("k", "s", 1, name, {sku or medium.id: units})

    with pytest.raises(StillUnclear):
        lists.confirm(link.code, PastedList(TEXT, [unclear], {}), actor=leader, now=clock.now)

    assert names(link) == []


def test_no_list_is_kept_for_a_link_that_has_ended_or_a_presale_that_closed(link, leader, clock):
    links.revoke(link.code, actor=leader, now=clock.now)
    with pytest.raises(ListClosed):
        lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)

    links.share(link.campaign_id, link.group_id, actor=leader, now=clock.now)
    with pytest.raises(ListClosed):
        lists.confirm(link.code, pasted(link), actor=leader, now=clock.now + timedelta(days=8))

    assert names(link) == []


def test_only_those_who_share_and_only_their_own(link, leader, owner, clock):
    awen, reader = community.leader(owner, "awen"), community.leader(owner, "rui", Role.READONLY)
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)
    entry = own(link, "小鱼")

    for verb in (lists.withdraw, lists.take_back):
        with pytest.raises(NotFound):
            verb(link.code, entry.id, actor=awen, now=clock.now)
        with pytest.raises(Forbidden):
            verb(link.code, entry.id, actor=reader, now=clock.now)
    with pytest.raises(NotFound):
        lists.confirm(link.code, pasted(link), actor=awen, now=clock.now)
    with pytest.raises(NotFound):
        lists.withdraw("K7Q2XM3A", entry.id, actor=leader, now=clock.now)


def test_an_entrys_code_leads_to_its_link(link, leader, clock):
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)
    entry = own(link, "小鱼")

    assert link_code_of(["K7Q2XM3A", entry.code]) == (link.code, entry.code)
    assert link_code_of(["K7Q2XM3A"]) is None


def test_two_weeks_after_the_close_text_names_and_notes_are_forgotten(link, leader, clock):
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)

    clock.advance(days=20, hours=23)
    assert lists.forget_lists() == 0
    assert [name for name, _items, _stand in names(link)] == ["小鱼", "陈姐", "Ada"]

    clock.advance(hours=2)
    assert lists.forget_lists() == 1
    assert lists.forget_lists() == 0
    db.session.rollback()
    assert db.session.scalars(select(ChatList.text)).all() == [""]
    rows = db.session.execute(select(ListEntry.name, ListEntry.note, ListEntry.said)).all()
    assert {tuple(row) for row in rows} == {("", "", "")}
    assert [each.key == each.code for each in db.session.scalars(select(ListEntry))] == [True] * 3
    assert db.session.query(ListItem).count() == 4


def test_somebodys_entry_is_theirs_to_have_and_to_have_erased(link, leader, owner, campaign, clock):
    lists.confirm(link.code, pasted(link), actor=leader, now=clock.now)
    medium, _large = presale.skus(campaign.id)
    entry = own(link, "小鱼")
    joining = Joining(links={campaign.id: link.id}, listed={campaign.id: entry.id})
    order_id = presale.confirmed(owner, {medium.id: 1}, clock.now, joining=joining)
    customer_id = open_account("ada@example.org", clock.now)
    with transaction():
        db.session.execute(
            update(Order).where(Order.id == order_id).values(customer_id=customer_id)
        )

    assert {"chat_list", "list_entry", "list_item"} <= covered_tables()
    exported = privacy.export(customer_id)
    assert [row["name_in_the_chat"] for row in exported] == ["小鱼"]
    privacy.erase(customer_id, clock.now)

    db.session.rollback()
    assert [name for name, _items, _stand in names(link)] == ["", "陈姐", "Ada"]
    assert db.session.scalars(select(ChatList.text)).all() == [""]
    assert privacy.export(customer_id)[0]["name_in_the_chat"] == ""
