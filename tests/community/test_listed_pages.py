"""Somebody's own line of a chat list: opened, changed or taken as it is, joined, and marked."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from app.cart.models import BagLine
from app.community.commands import lists
from app.community.models import ListEntry
from app.orders.models import Order
from app.platform.db import db
from app.presale.models import Participation, PaymentMode, SupplyMode, WaitingEntry
from app.shop.sign_in import actor_of
from tests import cast
from tests.checkout.test_presales import order
from tests.community import cast as community
from tests.community.test_visitors import ANDROID
from tests.conftest import MONDAY
from tests.presale import cast as presale

BROWSER = {"User-Agent": ANDROID}


@pytest.fixture
def owner(app, clock):
    return cast.house(MONDAY)


@pytest.fixture
def campaign(owner):
    return community.campaign(owner, MONDAY)


@pytest.fixture
def link(owner, campaign):
    return community.link(community.leader(owner), campaign.id, MONDAY)


@pytest.fixture
def entry(link) -> ListEntry:
    return entry_of(community.listed(link, MONDAY, units=2))


def entry_of(entry_id: int) -> ListEntry:
    db.session.rollback()
    return db.session.get_one(ListEntry, entry_id, populate_existing=True)


def ordered(client, **typed: str) -> int:
    """Send the form of checkout; returns the order, which is not paid."""
    assert order(client, **typed).status_code == 303
    db.session.rollback()
    order_id = db.session.scalar(select(Order.id).order_by(Order.id.desc()))
    assert order_id is not None
    return order_id


def read(client, path: str) -> str:
    return unescape(client.get(path, headers=BROWSER).text)


def test_the_page_says_whose_line_it_is_shortened_and_that_nothing_is_kept(client, link, entry):
    page = read(client, f"/g/{link.code}?e={entry.code}&lang=en")

    assert "You are on this group's list as 小**." in page
    assert "M × 2" in page
    assert "Nothing is ordered or kept for you yet." in page
    assert "小鱼" not in page
    assert f'action="/g/{link.code}/joins?e={entry.code}"' in page


def test_what_the_list_says_is_chosen_already(client, campaign, link, entry):
    medium, _large = presale.skus(campaign.id)

    page = read(client, f"/g/{link.code}?e={entry.code}")

    assert re.search(rf'name="sku" value="{medium.id}"[^>]* checked', page)
    assert re.search(r'name="quantity" value="2"', page)


def test_a_page_with_somebodys_line_is_kept_by_nobody(client, link, entry):
    answer = client.get(f"/g/{link.code}?e={entry.code}", headers=BROWSER)

    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("code", ["", "K7Q2XM3A", "%00", "x" * 3000])
def test_a_code_that_is_nobodys_shows_the_page_of_the_group(client, link, code):
    answer = client.get(f"/g/{link.code}?lang=en&e={code}", headers=BROWSER)

    assert answer.status_code == 200
    assert "You are on this group's list" not in unescape(answer.text)
    assert f'action="/g/{link.code}/joins"' in answer.text


def test_a_line_of_another_group_is_not_this_ones(client, owner, campaign, link, entry):
    other = community.link(community.leader(owner, "awen"), campaign.id, MONDAY)

    page = read(client, f"/g/{other.code}?e={entry.code}&lang=en")

    assert "You are on this group's list" not in page


def test_the_entrys_code_alone_leads_to_its_page(client, link, entry):
    spoken = f"{entry.code[:4]} {entry.code[4:].lower()}"

    typed = client.get("/g", query_string={"code": spoken})

    assert (typed.status_code, typed.location) == (303, f"/g/{link.code}?e={entry.code}")


def test_who_joins_by_it_finds_their_name_written_and_is_marked(client, campaign, link, entry):
    medium, _large = presale.skus(campaign.id)
    wanted = {"sku": medium.id, "quantity": 2}

    joined = client.post(f"/g/{link.code}/joins?e={entry.code}", data=wanted, headers=BROWSER)
    form = read(client, joined.location)
    assert re.search(r'name="name"[^>]* value="小鱼"', form)
    order_id = ordered(client, name="林小鱼")
    presale.paid(order_id, MONDAY)

    db.session.rollback()
    participation = db.session.scalars(
        select(Participation).where(Participation.order_id == order_id)
    ).one()
    assert participation.link_id == link.id
    assert participation.name == "林小鱼"
    marked = entry_of(entry.id)
    assert (marked.participation_id, marked.joined_at is not None) == (participation.id, True)
    assert "You are on this group's list" not in read(
        client, f"/g/{link.code}?e={entry.code}&lang=en"
    )


def test_who_has_not_paid_is_not_marked(client, campaign, link, entry):
    medium, _large = presale.skus(campaign.id)

    client.post(f"/g/{link.code}/joins?e={entry.code}", data={"sku": medium.id}, headers=BROWSER)
    ordered(client)

    assert entry_of(entry.id).participation_id is None


def test_a_line_of_several_items_is_taken_in_one_tap(client, campaign, link, owner):
    medium, large = presale.skus(campaign.id)
    line = lists.NewEntry("k", "s", 1, "Bo", {medium.id: 2, large.id: 1})
    leader = actor_of(community.staff_of(link))
    lists.confirm(link.code, lists.PastedList("1. Bo", [line], {}), actor=leader, now=MONDAY)
    own = db.session.scalars(select(ListEntry)).one()
    page = read(client, f"/g/{link.code}?e={own.code}&lang=en")

    answer = client.post(f"/g/{link.code}/joins?e={own.code}", data={"all": "1"}, headers=BROWSER)

    assert "Join with exactly this" in page
    assert (answer.status_code, answer.location) == (303, "/checkout")
    db.session.rollback()
    rows = select(BagLine.sku_id, BagLine.quantity, BagLine.link_id, BagLine.listed_id)
    assert set(db.session.execute(rows).all()) == {
        (medium.id, 2, link.id, own.id),
        (large.id, 1, link.id, own.id),
    }


def test_a_line_that_was_taken_out_leads_to_the_page_of_the_group(client, link, entry):
    leader = actor_of(community.staff_of(link))
    lists.withdraw(link.code, entry.id, actor=leader, now=MONDAY)

    page = read(client, f"/g/{link.code}?e={entry.code}&lang=en")

    assert "Shared by" in page
    assert "You are on this group's list" not in page


def test_an_interest_said_by_it_is_marked_and_the_name_stands_there(client, owner):
    asked = community.campaign(owner, MONDAY, payment_mode=PaymentMode.INTEREST, threshold=3)
    link = community.link(community.leader(owner), asked.id, MONDAY)
    entry = entry_of(community.listed(link, MONDAY))
    form = read(client, f"/g/{link.code}?e={entry.code}")
    assert re.search(r'name="name"[^>]* value="小鱼"', form)
    said = {"name": "小鱼", "email": "yu@example.org", "sku": presale.skus(asked.id)[0].id}

    client.post(f"/g/{link.code}/interests?e={entry.code}", data=said, headers=BROWSER)

    assert entry_of(entry.id).participation_id is not None


def test_who_has_to_wait_for_a_place_stays_that_line(client, owner):
    variants = presale.shirt(owner, MONDAY, ("M",))
    full = community.campaign(
        owner, MONDAY, variants=variants, supply_mode=SupplyMode.MADE_TO_ORDER, sku={"cap": 1}
    )
    link = community.link(community.leader(owner), full.id, MONDAY)
    entry = entry_of(community.listed(link, MONDAY))
    presale.confirmed(owner, {presale.skus(full.id)[0].id: 1}, MONDAY)
    form = read(client, f"/g/{link.code}/waiting?e={entry.code}")
    assert re.search(r'name="name"[^>]* value="小鱼"', form)
    ada = {"name": "小鱼", "email": "yu@example.org"}

    client.post(f"/g/{link.code}/waiting?e={entry.code}", data=ada, headers=BROWSER)

    db.session.rollback()
    assert db.session.scalars(select(WaitingEntry.listed_id)).all() == [entry.id]
