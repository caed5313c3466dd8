"""Who may do what, and whose rows are whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from app.catalog.models import ExportKind, ExportRun, ImportRun, Product, Variant
from app.community.models import ChatGroup, ChatList, ShareLink
from app.fulfilment.commands.parcels import NewParcel, ship
from app.fulfilment.models import Parcel
from app.marketing.models import Promotion, PromotionKind
from app.orders import queries
from app.orders.commands import pay
from app.orders.commands.settle import settle
from app.orders.models import Order, OrderDelivery, OrderLine
from app.payments.models import Payment
from app.platform.actor import GUEST, SYSTEM, Actor
from app.platform.db import Base, db
from app.platform.errors import Forbidden, NotFound
from app.platform.rbac import declares, ensure, found, visible
from app.platform.transaction import transaction
from app.presale.models import Campaign, Participation
from app.rehearsal.models import CampaignRehearsal
from app.rehearsal.rules import Outcome
from app.reviews.models import Review
from app.shop.models import Location, Merchant, Role, Staff
from tests.cast import House, captured, house, piece, placed
from tests.community.cast import leader, link
from tests.conftest import StoppedClock
from tests.presale import cast as presale

SCOPED: list[Any] = [
    Campaign,
    CampaignRehearsal,
    ChatGroup,
    ChatList,
    ExportRun,
    ImportRun,
    Location,
    Merchant,
    Order,
    OrderDelivery,
    OrderLine,
    Parcel,
    Participation,
    Product,
    Promotion,
    Review,
    ShareLink,
    Variant,
]
"""Tables of which a merchant sees its own rows only."""
NOBODY = Actor("staff", 7, None, frozenset({"orders.view"}))
VISITOR = Actor("customer", 12345)


@dataclass(frozen=True)
class Street:
    """Two merchants, each with one of everything."""

    house: House
    consignor: House


def begun(owner: House, now: datetime, number: str) -> None:
    """A paid order of the owner's only piece, sent; and a presale of it that was shared."""
    variant_id = piece(owner, now)
    order_id = placed(owner, [variant_id], now)
    _presold(owner, variant_id, order_id, now)
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    payment = db.session.get_one(Payment, payment_id)
    settle(captured(payment.reference, payment.amount, now), now=now)
    (line,) = queries.for_mail(order_id).lines
    _brought_and_reviewed(owner, line.id, order_id, now)
    units = {line.id: 1}
    new = NewParcel(units, "shunfeng", number, "once")
    ship(order_id, new, actor=owner.staff(), now=now)


def _brought_and_reviewed(owner: House, line_id: int, order_id: int, now: datetime) -> None:
    own = {"merchant_id": owner.merchant_id}
    line = db.session.get_one(OrderLine, line_id)
    staff_id = db.session.scalars(
        select(Staff.id).where(Staff.merchant_id == owner.merchant_id).limit(1)
    ).one()
    review = Review(
        **own, line_id=line_id, order_id=order_id, product_id=line.product_id, name="Ada", stars=5,
        text="", locale="en", written_at=now, changed_at=now,
    )  # fmt: skip
    run = ImportRun(
        **own, location_id=owner.store_id, staff_id=staff_id, staff_name="Dora", locale="en",
        name="goods.csv", digest="d" * 64, columns={}, asked_at=now,
    )  # fmt: skip
    out = ExportRun(
        **own, staff_id=owner.staff().id, kind=ExportKind.CSV, language="en", asked_at=now
    )
    with transaction():
        db.session.add_all([review, run, out])


def _presold(owner: House, variant_id: int, order_id: int, now: datetime) -> None:
    campaign_id = presale.campaign(owner, now, variants=[variant_id]).id
    shared = link(leader(owner, f"leader{owner.merchant_id}"), campaign_id, now)
    own = {"merchant_id": owner.merchant_id}
    with transaction():
        db.session.add_all(
            [
                Participation(
                    **own, campaign_id=campaign_id, order_id=order_id, name="Ada", email="a@b.c",
                    locale="en", person="p", answers={}, joined_at=now,
                ),
                ChatList(
                    **own, leader_id=shared.leader_id, link_id=shared.id, text="1. Ada",
                    created_at=now,
                ),
                CampaignRehearsal(
                    **own, campaign_id=campaign_id, outcome=next(iter(Outcome)), problem={},
                    report={}, asked_by="Dora", asked_at=now,
                ),
                Promotion(
                    **own, name={"en": "Welcome"}, kind=PromotionKind.FREE_SHIPPING, terms={},
                    collections={}, starts_at=now, created_at=now,
                ),
            ]
        )  # fmt: skip


@pytest.fixture
def street(app, clock: StoppedClock) -> Street:
    now = clock.now
    street = Street(house(now), house(now, "consignor", is_house=False))
    begun(street.house, now, "SF1")
    begun(street.consignor, now, "SF2")
    return street


def seen(actor: Actor) -> dict[str, int | None]:
    """How many rows of each table the actor may see."""
    return {
        model.__name__: db.session.scalar(
            select(func.count()).select_from(model).where(visible(actor, model))
        )
        for model in SCOPED
    }


def of_each(number: int) -> dict[str, int]:
    return {model.__name__: number for model in SCOPED}


def test_staff_see_the_rows_of_their_own_merchant(street):
    assert seen(street.house.staff()) == of_each(1)
    assert seen(street.consignor.staff()) == of_each(1)


@pytest.mark.parametrize("actor", [GUEST, VISITOR, NOBODY], ids=["guest", "shopper", "lost staff"])
def test_others_see_none(street, actor):
    assert seen(actor) == of_each(0)


def test_the_system_sees_all(street):
    assert seen(SYSTEM) == of_each(2)


def test_every_table_that_says_whose_rows_it_holds_is_looked_at_here(app):
    scoped = {
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if hasattr(mapper.class_, "seen_by")
    }

    assert scoped - {"Customer", "CustomerAddress", "Staff"} == set(of_each(1))


@pytest.mark.parametrize("role", Role)
def test_an_owners_rights_contain_those_of_every_role(role):
    house = House(1, 1, is_house=True)

    assert house.staff(role).permissions <= house.staff(Role.OWNER).permissions


def test_what_one_may_do_is_what_one_was_given():
    packer = Actor("staff", 1, 1, frozenset({"orders.ship"}))

    ensure(packer, "orders.ship")
    with pytest.raises(Forbidden):
        ensure(packer, "orders.refund")


@pytest.mark.parametrize("actor", [GUEST, VISITOR])
def test_shoppers_may_nothing_of_the_counter(actor):
    with pytest.raises(Forbidden):
        ensure(actor, "orders.view")


def test_the_system_may_everything():
    ensure(SYSTEM, "anything.at_all")


def test_a_row_that_is_not_there_and_one_that_is_not_ours_look_the_same():
    assert found(0) == 0
    with pytest.raises(NotFound):
        found(None)


def test_a_guarded_view_tells_its_permission_and_is_asked_first():
    asked: list[str] = []

    @declares("orders.view", asked.append)
    def show(order_id: int) -> str:
        """An order."""
        return f"order {order_id}, asked {asked}"

    assert show(5) == "order 5, asked ['orders.view']"
    assert (show.permission, show.__name__, show.__doc__) == ("orders.view", "show", "An order.")  # type: ignore[attr-defined]


def test_a_refused_view_is_not_run():
    def refuse(_permission: str) -> None:
        raise Forbidden

    @declares("orders.view", refuse)
    def show() -> None:
        pytest.fail("it ran")

    with pytest.raises(Forbidden):
        show()
