"""A presale from «new campaign» to «completed»: three groups, deposits, somebody who leaves, a
shortage, a balance nobody pays, parcels; and at the end every cent on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from app.community.models import ShareLink
from app.community.queries.commission import booked, commissions, recompute
from app.orders.bookkeeping import examine
from app.orders.ledger import sums
from app.orders.models import Order
from app.orders.queries import id_by_token
from app.platform.db import db
from app.presale.models import Campaign, Commitment, Participation
from app.shop.models import Role
from tests.journeys.campaign import Leader, Merchant, Shopper
from tests.journeys.conftest import Shop
from tests.journeys.test_purchase import WECHAT
from tests.journeys.weeks import Weeks, weeks_of
from tests.presale import cast
from tests.shop import people
from tests.soaking import rarely

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOCALES = {"en": "en-GB", "zh": "zh-CN"}
FEE = 12_00
GROUPS = ("West gate mothers", "Night runners", "Choir")
CHAT_APP = {"user_agent": WECHAT, "is_mobile": True, "has_touch": True}
NO_SCRIPTS = {"java_script_enabled": False}


@pytest.fixture
def weeks(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Weeks]:
    with weeks_of(shop, monkeypatch) as weeks:
        yield weeks


class Telling:
    """The people of one journey and what they have to do with each other."""

    def __init__(
        self, shop: Shop, new_page: Callable[..., Page], weeks: Weeks, language: str
    ) -> None:
        self.shop, self.weeks, self.language = shop, weeks, language
        self._new_page = new_page
        people.staff(shop.owner.merchant_id, "cleo", Role.OWNER)
        people.staff(shop.owner.merchant_id, "xiaoyu", Role.LEADER)
        cast.shirt(shop.owner, weeks.now)
        self.cleo = Merchant(new_page(locale=LOCALES[language]), language)
        self.xiaoyu = Leader(new_page(locale=LOCALES[language]), language)

    def shopper(self, name: str, **browser: object) -> Shopper:
        page = self._new_page(locale=LOCALES[self.language], **browser)
        return Shopper(page, self.language, name)

    @property
    def campaign(self) -> Campaign:
        db.session.rollback()
        return db.session.scalars(select(Campaign)).one()

    @property
    def path(self) -> str:
        return f"/pre/{self.campaign.slug}"

    def states(self) -> dict[str, str]:
        """By the person who joined."""
        db.session.rollback()
        rows = db.session.execute(
            select(Order.name, Commitment.state)
            .join(Participation, Participation.order_id == Order.id)
            .join(Commitment, Commitment.participation_id == Participation.id)
        )
        return {row.name: row.state for row in rows}


def order_of(shopper: Shopper) -> int:
    db.session.rollback()
    return id_by_token(shopper.order.rpartition("/")[2])


@pytest.mark.parametrize(
    ("stage", "language"), [rarely("sqlite", "zh"), ("postgresql", "en")], indirect=["stage"]
)
def test_a_presale_from_new_campaign_to_completed(shop, new_page, weeks, language):
    told = Telling(shop, new_page, weeks, language)
    began = weeks.now

    told.cleo.sign_in("cleo")
    told.cleo.publish_campaign(
        "Kyoto shirt", weeks.now, deposit="100", cap="6", threshold="3", commission="5"
    )
    weeks.pass_by(hours=1)
    paths = shared_in_three_groups(told)
    ada, ben, cyd, dan = joined(told, paths)
    dan.leave()
    weeks.work()
    assert told.states()["Dan"] == "refunded"
    everybody_sees_the_same([ada, ben, cyd], [paths[0], paths[1], told.path])
    weeks.pass_by(days=7)
    assert told.campaign.state == "succeeded"
    made_with_one_missing(told)
    balances_asked(told, paying=[ada, cyd])
    sent(told, [ada, cyd])

    assert told.campaign.state == "completed"
    everybody_has_what_is_theirs(told, [ada, ben, cyd, dan])
    weeks.pass_by(days=8)
    assert earned(told) == [19_90, 0, 19_90]
    assert "¥19.90" in told.xiaoyu.figures_of(paths[0])
    books = examine(began - timedelta(days=1), weeks.now + timedelta(days=1))
    assert books.agree, books
    assert books.compared == len("AABCCD") + len("BCD")


def everybody_has_what_is_theirs(told: Telling, shoppers: list[Shopper]) -> None:
    """The goods, or every cent that was paid for them."""
    assert told.states() == {
        "Ada": "delivered",
        "Ben": "refunded",
        "Cyd": "delivered",
        "Dan": "refunded",
    }
    assert [sums(order_of(one)) for one in shoppers] == [
        (398_00 + FEE, 0),
        (100_00 + FEE, 100_00 + FEE),
        (2 * 100_00 + 298_00, 100_00),  # two travel free
        (100_00 + FEE, 100_00 + FEE),
    ]


def earned(told: Telling) -> list[int]:
    """What is certain by group; what was booked is what the orders alone say."""
    db.session.rollback()
    ids = list(db.session.scalars(select(ShareLink.id).order_by(ShareLink.id)))
    certain = commissions(ids, now=told.weeks.now)
    assert [booked(one) for one in ids] == [recompute(one) for one in ids]
    return [certain[one].confirmed if one in certain else 0 for one in ids]


def shared_in_three_groups(told: Telling) -> list[str]:
    """Three links with a poster each, whose code leads where it says."""
    told.xiaoyu.sign_in("xiaoyu")
    paths = []
    for group in GROUPS:
        paths.append(told.xiaoyu.share(group))
        (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(told.xiaoyu.poster())))
        assert paths[-1] in found.text
    return paths


def joined(told: Telling, paths: list[str]) -> list[Shopper]:
    """Ada inside the chat app, Ben without scripts, Cyd takes two, Dan changes his mind."""
    west, night, choir = paths
    ada, ben = told.shopper("Ada", **CHAT_APP), told.shopper("Ben", **NO_SCRIPTS)
    cyd, dan = told.shopper("Cyd"), told.shopper("Dan")
    ada.join(west, "M")
    ben.join(night, "M")
    cyd.join(choir, "M", 2)
    dan.join(west, "L")
    told.weeks.work()
    return [ada, ben, cyd, dan]


def everybody_sees_the_same(shoppers: list[Shopper], paths: list[str]) -> None:
    """Whoever looks, wherever: the four that were paid for and not given back."""
    seen = {one.standing(path) for one, path in zip(shoppers, paths, strict=True)}
    assert len(seen) == 1
    assert re.search(r"\b4\s*/\s*3", seen.pop())


def made_with_one_missing(told: Telling) -> None:
    """Four are ordered, three are good: whoever joined last gets one fewer, and money back."""
    told.cleo.begin_production()
    told.cleo.count(received=3, passed=3)
    told.cleo.share_out()
    told.weeks.work()


def balances_asked(told: Telling, *, paying: list[Shopper]) -> None:
    told.cleo.ask_for_balances()
    told.weeks.work()
    for shopper in paying:
        shopper.pay_the_balance(told.path)
    told.weeks.pass_by(hours=72)


def sent(told: Telling, shoppers: list[Shopper]) -> None:
    told.cleo.hand_on()
    told.weeks.work()
    for count, shopper in enumerate(shoppers):
        number = f"SF100000{count}"
        told.cleo.ship(order_of(shopper), number)
        told.weeks.carry(number)
    told.weeks.work()
