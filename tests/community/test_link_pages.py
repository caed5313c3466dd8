"""A group's link: whose code is forgiven what, who is counted, and who came through it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.cart.models import BagLine
from app.community.commands import links
from app.community.models import LinkHour
from app.platform.configuration import settings
from app.platform.db import db
from app.presale.models import Participation, PaymentMode, WaitingEntry
from app.shop.models import Role
from tests import cast
from tests.admin.counter import clerk
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


def opened(link_id: int) -> tuple[int, int]:
    db.session.rollback()
    rows = db.session.execute(
        select(LinkHour.opened, LinkHour.viewed).where(LinkHour.link_id == link_id)
    ).all()
    return sum(row.opened for row in rows), sum(row.viewed for row in rows)


def links_in_bag() -> list[int | None]:
    db.session.rollback()
    return list(db.session.scalars(select(BagLine.link_id)))


def put_into_bag(client: Any, path: str, sku_id: int) -> Any:
    return client.post(f"{path}/joins", data={"sku": sku_id, "bag": "1"}, headers=BROWSER)


def test_the_link_shows_the_presale_with_whose_group_it_is(client, link):
    answer = client.get(f"/g/{link.code}?lang=en", headers=BROWSER)

    assert answer.status_code == 200
    assert "Shared by Xiaoyu in “West gate mothers”" in answer.text
    assert f'action="/g/{link.code}/joins"' in answer.text


@pytest.mark.parametrize(
    "spelled", ["{small}", "{halves}", "{code}，快来", "【{code}】", "{dashed}/"]
)
def test_a_code_as_people_pass_it_on_leads_to_the_link(client, link, spelled):
    code = link.code
    heard = spelled.format(
        code=code,
        small=code.lower(),
        halves=f"{code[:4]} {code[4:]}",
        dashed=f"{code[:4]}-{code[4:]}",
    )

    answer = client.get(f"/g/{heard}", headers=BROWSER)

    assert (answer.status_code, answer.location) == (303, f"/g/{code}")


def test_a_whole_message_pasted_for_the_code_is_understood(client, link):
    message = f"来参加 https://shop.example/g/{link.code.lower()}（未成团全额退）"

    answer = client.get("/g", query_string={"code": message})

    assert answer.location == f"/g/{link.code}"


@pytest.mark.parametrize("heard", ["K7Q2XM3A", "nothing", "%E4%BD%A0%E5%A5%BD", "a" * 900])
def test_an_unknown_code_is_helped_on(client, campaign, heard):
    answer = client.get(f"/g/{heard}?lang=en")

    assert answer.status_code == 404
    assert "This code leads nowhere" in answer.text
    assert 'name="code"' in answer.text


def test_a_revoked_link_leads_to_the_presale_and_counts_for_nobody(client, owner, campaign, link):
    links.revoke(link.code, actor=owner.staff(), now=MONDAY)

    answer = client.get(f"/g/{link.code}", headers=BROWSER)

    assert answer.location == f"/pre/{campaign.slug}"
    assert client.get_cookie("groups") is None
    assert client.get(f"/g/{link.code}/poster.jpg").status_code == 404


def test_people_are_counted_and_machines_and_polls_are_not(client, link):
    client.get(f"/g/{link.code}", headers=BROWSER)
    client.get(f"/g/{link.code}", headers=BROWSER)
    client.get(f"/g/{link.code}", headers={"User-Agent": "WhatsApp/2.23.20.0 A"})
    client.get(f"/g/{link.code}", headers=BROWSER | {"Sec-Purpose": "prefetch"})
    client.get(f"/g/{link.code}?everybody=1", headers=BROWSER)
    client.head(f"/g/{link.code}", headers=BROWSER)
    client.get(
        f"/g/{link.code}?kind=join",
        headers=BROWSER | {"HX-Request": "true", "HX-Request-Type": "partial"},
    )

    assert opened(link.id) == (2, 1)


def test_the_team_is_not_counted(app, owner, link):
    xiaoyu = clerk(app, owner.merchant_id, "cleo", Role.OWNER)

    xiaoyu.get(f"/g/{link.code}", headers=BROWSER)

    assert opened(link.id) == (0, 0)
    assert xiaoyu.client.get_cookie("groups", domain="127.0.0.1") is None


def test_joining_on_the_links_page_is_joining_through_the_link(client, campaign, link):
    medium, _large = presale.skus(campaign.id)

    answer = put_into_bag(client, f"/g/{link.code}", medium.id)

    assert answer.location == "/bag"
    assert links_in_bag() == [link.id]


def test_who_came_by_a_link_and_joins_on_the_presales_page_came_through_it(client, campaign, link):
    medium, _large = presale.skus(campaign.id)
    client.get(f"/g/{link.code}", headers=BROWSER)

    put_into_bag(client, f"/pre/{campaign.slug}", medium.id)

    assert links_in_bag() == [link.id]


def test_the_last_link_counts_and_each_presale_has_its_own(client, owner, campaign, link):
    awen = community.leader(owner, "awen")
    second = community.link(awen, campaign.id, MONDAY)
    other = community.campaign(owner, MONDAY)
    elsewhere = community.link(awen, other.id, MONDAY)
    for visited in (link, second, elsewhere):
        client.get(f"/g/{visited.code}", headers=BROWSER)

    put_into_bag(client, f"/pre/{campaign.slug}", presale.skus(campaign.id)[0].id)
    put_into_bag(client, f"/pre/{other.slug}", presale.skus(other.id)[0].id)

    assert links_in_bag() == [second.id, elsewhere.id]


def test_a_link_is_remembered_for_seven_days(client, clock, owner):
    long = community.campaign(owner, MONDAY, closes_at=MONDAY + timedelta(days=14))
    shared = community.link(community.leader(owner), long.id, MONDAY)
    medium, large = presale.skus(long.id)
    client.get(f"/g/{shared.code}", headers=BROWSER)

    clock.advance(days=6, hours=23, minutes=59, seconds=59)
    put_into_bag(client, f"/pre/{long.slug}", medium.id)
    clock.advance(seconds=1)
    put_into_bag(client, f"/pre/{long.slug}", large.id)

    assert links_in_bag() == [shared.id, None]


def test_a_cookie_somebody_wrote_themselves_is_nobodys(client, campaign, link):
    medium, _large = presale.skus(campaign.id)
    client.get(f"/g/{link.code}", headers=BROWSER)
    written = client.get_cookie("groups", domain="127.0.0.1").value
    forged = written.replace(link.code, "K7Q2XM3A")
    client.set_cookie("groups", forged, domain="127.0.0.1")

    put_into_bag(client, f"/pre/{campaign.slug}", medium.id)

    assert links_in_bag() == [None]


def test_the_page_of_a_link_is_kept_by_nobody_that_of_the_presale_by_everybody(
    client, campaign, link
):
    own = client.get(f"/g/{link.code}", headers=BROWSER)
    shared = client.get(f"/pre/{campaign.slug}", headers=BROWSER)

    assert own.headers["Cache-Control"] == "private, no-store"
    assert shared.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in shared.headers


def test_chats_show_the_links_own_card_beside_its_address(client, campaign, link):
    own = client.get(f"/g/{link.code}?lang=en", headers=BROWSER).text
    shared = client.get(f"/pre/{campaign.slug}?lang=en", headers=BROWSER).text

    picture = f"{settings().public_url}/g/{link.code}/card.jpg?lang=en"
    assert f'property="og:image" content="{picture}"' in own
    assert f"/pre/{campaign.slug}/card.jpg?lang=en" in shared


def test_whoever_waits_or_is_interested_came_through_the_link_too(client, owner):
    variants = presale.shirt(owner, MONDAY, ("M",))
    taken = community.campaign(owner, MONDAY, threshold=1, variants=variants, sku={"cap": 1})
    presale.confirmed(owner, {presale.skus(taken.id)[0].id: 1}, MONDAY)
    asked = community.campaign(owner, MONDAY, payment_mode=PaymentMode.INTEREST, threshold=3)
    xiaoyu = community.leader(owner)
    full, open_ = (community.link(xiaoyu, row.id, MONDAY) for row in (taken, asked))
    ada = {"name": "Ada Test", "email": "ada@example.org", "sku": presale.skus(asked.id)[0].id}

    listed = client.get(f"/g/{full.code}/waiting")
    waited = client.post(f"/g/{full.code}/waiting", data=ada)
    told = client.post(f"/g/{open_.code}/interests", data=ada)

    assert f'action="/g/{full.code}/waiting"' in listed.text
    assert waited.location == f"/pre/{taken.slug}/waiting?sent=1"
    assert told.location == f"/pre/{asked.slug}/mine?registered=1"
    db.session.rollback()
    assert db.session.scalars(select(WaitingEntry.link_id)).all() == [full.id]
    assert open_.id in db.session.scalars(select(Participation.link_id)).all()
