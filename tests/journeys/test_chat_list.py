"""A leader turns a chat's list into links, somebody joins by theirs, and is handed the goods."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.community.models import ListEntry
from app.platform.db import db
from app.shop.models import Role
from app.shop.sign_in import actor_of
from tests.community import cast as community
from tests.journeys.campaign import Desk
from tests.journeys.conftest import Ada
from tests.shop.people import staff

pytestmark = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
TEXT = """#接龙 京都衬衫 11月30日20:00截止
价格398，订金100
1. 小鱼 M×2 3栋502
2. 陈姐 要一件
3. Ada M、L各1 尾号1234
大家快来
4. 老李 M或者L都行
"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_list_becomes_links_and_a_link_a_place(shop, new_page, scripts):
    leader, ada = (new_page(java_script_enabled=scripts) for _ in range(2))
    leader, ada = Desk(leader, "en"), Ada(ada)
    link = shared(shop)
    leader.sign_in("xiaoyu")

    confirm(leader, TEXT)
    ada.page.goto(f"/g/{link.code}?e={code_of('Ada')}&lang=en")
    expect(ada.page.locator("main")).to_contain_text("You are on this group's list as A**.")
    ada.page.get_by_role("button", name="Join with exactly this").click()
    ada.page.wait_for_url("**/checkout")
    expect(ada.page.locator("#name")).to_have_value("Ada")
    order(ada, scripts=scripts)
    shop.deliver()

    leader.page.goto(f"/admin/g/{link.code}/list")
    assert re.search(r"Ada\s+M × 1, L × 1\s+has joined", leader.text)
    leader.page.goto(f"/admin/g/{link.code}/sheet")
    leader.page.get_by_role("button", name="Number 1 has it").click()
    leader.page.get_by_text("1 of 1 have it.").wait_for()


def confirm(leader: Desk, text: str) -> None:
    """Paste a list, mend the second line of it, and keep what is ticked."""
    leader.page.goto("/admin/lists")
    leader.fill(text=text)
    leader.submit("/lists/draft")
    assert "2 lines are unclear:" in leader.text
    assert db.session.scalars(select(ListEntry)).all() == []
    leader.page.locator("[id='sku-1-0']").select_option(label="L")
    leader.page.locator("[id='take-1']").check()
    leader.page.get_by_role("button", name="Confirm the ticked lines").click()
    leader.page.get_by_role("heading", name="Not joined yet").wait_for()
    assert "3 people added. 1 line was left out." in leader.page.inner_text("body")


def shared(shop):
    """A presale in the group of a leader who can sign in."""
    campaign = community.campaign(shop.owner, shop.now)
    member = staff(shop.owner.merchant_id, "xiaoyu", Role.LEADER)
    return community.link(actor_of(member), campaign.id, shop.now)


def code_of(name: str) -> str:
    db.session.rollback()
    return db.session.scalars(select(ListEntry.code).where(ListEntry.name == name)).one()


def order(ada: Ada, *, scripts: bool) -> None:
    """Type the address and pay; without scripts the total is asked for by a button."""
    ada.fill(
        name="Ada Test", phone="13800000012", email="ada@example.org",
        region="浙江省 杭州市 西湖区", street="测试路1号",
    )  # fmt: skip
    if not scripts:
        ada.page.locator("button[formaction*='/checkout/fields']").first.click()
    ada.page.locator("#paybar", has_text="¥").wait_for()
    ada.pay()
    ada.pay_at_provider()
