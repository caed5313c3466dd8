"""Uses are counted with their orders: never above a limit, given back once, and kept when a payment
comes late.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from app.marketing.codes import NOBODY, Person
from app.marketing.commands import promotions, redeeming
from app.marketing.commands.promotions import Draft
from app.marketing.commands.redeeming import Taken
from app.marketing.errors import InUse, PromotionGone
from app.marketing.models import Promotion, PromotionCode, PromotionKind, PromotionUse
from app.marketing.rules import Terms
from app.orders.events import GoodsGone, OrderPaid
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.facts import publish
from app.platform.transaction import transaction
from tests.cast import house, piece, placed
from tests.conftest import MONDAY

AMOUNT = 1000
WINDOWS = 8
LIMIT = 17


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


def limited(owner, **facts):
    draft = Draft(
        name={"en": "Hello"},
        kind=PromotionKind.PERCENT,
        terms=Terms(percent=Decimal(10)),
        needs_code=True,
        starts_at=MONDAY,
        **facts,
    )
    return promotions.create(draft, actor=owner.staff(), now=MONDAY)


def code_of(owner, promotion_id, most):
    promotions.add_code(
        promotion_id, "GROUPCODE", label="a group", max_uses=most, actor=owner.staff(), now=MONDAY
    )
    return db.session.scalars(select(PromotionCode.id)).one()


def order_of(owner, variant_id):
    return placed(owner, [variant_id], MONDAY)


def counters(promotion_id):
    db.session.rollback()
    row = db.session.get_one(Promotion, promotion_id)
    return row.used, row.spent


def take(order_id, promotion_id, *, code_id=None, person=NOBODY, amount=AMOUNT):
    redeeming.take(order_id, [Taken(promotion_id, code_id, amount)], person, now=MONDAY)


@pytest.mark.parametrize(
    ("guard", "shoppers"), [("in all", 200), ("by code", 24), ("budget", 24), ("one person", 24)]
)
def test_no_limit_is_passed_by_those_who_check_out_at_once(app, owner, guard, shoppers):
    jacket = piece(owner, MONDAY, units=shoppers)
    made = limited(
        owner,
        max_uses=LIMIT if guard == "in all" else None,
        budget=LIMIT * AMOUNT + 1 if guard == "budget" else None,
        max_per_person=LIMIT if guard == "one person" else None,
    )
    code_id = code_of(owner, made, LIMIT if guard == "by code" else None)
    person = Person.of("key", "ada@example.org", "13800000012")

    def check_out(_nth):
        with app.app_context():
            try:
                with transaction():
                    take(order_of(owner, jacket), made, code_id=code_id, person=person)
            except PromotionGone:
                return "told"
            return "got it"

    with ThreadPoolExecutor(WINDOWS) as threads:
        answers = Counter(threads.map(check_out, range(shoppers)))

    assert answers == {"got it": LIMIT, "told": shoppers - LIMIT}
    assert counters(made) == (LIMIT, LIMIT * AMOUNT)
    standing = select(func.count()).where(PromotionUse.released_at.is_(None))
    assert db.session.scalar(standing) == LIMIT
    assert db.session.scalar(select(PromotionCode.used)) == LIMIT


def test_a_use_is_given_back_once_and_taken_up_again_once(owner):
    made = limited(owner, max_uses=1)
    order_id = order_of(owner, piece(owner, MONDAY))
    take(order_id, made)

    for _time in range(2):
        redeeming.release(order_id, now=MONDAY)
    assert counters(made) == (0, 0)
    for _time in range(2):
        redeeming.take_again(order_id)

    assert counters(made) == (1, AMOUNT)


def test_a_late_payment_keeps_its_promise_although_the_limit_was_reached_meanwhile(owner):
    made = limited(owner, max_uses=1)
    late, other = (order_of(owner, piece(owner, MONDAY)) for _each in range(2))
    take(late, made)
    redeeming.release(late, now=MONDAY)
    take(other, made)

    redeeming.take_again(late)

    assert counters(made) == (1, AMOUNT)
    extra = db.session.scalars(select(PromotionUse).where(PromotionUse.order_id == late)).one()
    assert extra.beyond_limit
    assert extra.released_at is None
    redeeming.release(late, now=MONDAY)
    assert counters(made) == (1, AMOUNT)


def test_uses_follow_the_facts_of_their_order(owner):
    made = limited(owner)
    order_id = order_of(owner, piece(owner, MONDAY))
    take(order_id, made)

    with transaction():
        publish(GoodsGone(order_id, MONDAY))
    gone = counters(made)
    with transaction():
        publish(OrderPaid(order_id, MONDAY))

    assert gone == (0, 0)
    assert counters(made) == (1, AMOUNT)


def test_what_was_used_keeps_its_terms_and_its_limits_stay_above_what_was_used(owner):
    made = limited(owner)
    take(order_of(owner, piece(owner, MONDAY)), made)
    same: dict[str, Any] = {
        "name": {"en": "Renamed"}, "kind": PromotionKind.PERCENT, "needs_code": True,
        "starts_at": MONDAY,
    }  # fmt: skip
    actor = owner.staff()

    promotions.change(
        made, Draft(**same, terms=Terms(percent=Decimal(10)), max_uses=1), actor=actor, now=MONDAY
    )
    with pytest.raises(InUse):
        promotions.change(
            made, Draft(**same, terms=Terms(percent=Decimal(5))), actor=actor, now=MONDAY
        )
    with pytest.raises(Invalid):
        promotions.change(
            made, Draft(**same, terms=Terms(percent=Decimal(10)), budget=AMOUNT - 1),
            actor=actor, now=MONDAY,
        )  # fmt: skip

    assert db.session.get_one(Promotion, made).name == {"en": "Renamed"}


def test_codes_that_are_made_are_all_different_and_sound_alike_to_nobody(owner):
    made = limited(owner)

    promotions.make_codes(made, 50, label="", max_uses=1, actor=owner.staff(), now=MONDAY)

    codes = db.session.scalars(select(PromotionCode.code)).all()
    assert len(set(codes)) == 50
    assert not set("".join(codes)) & set("BIL0O1S5Z2U8")
