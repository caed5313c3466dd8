"""What the demo strikes out was really asked there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.catalog.models import PriceChange, Variant
from app.catalog.queries.cards import cards
from app.demo.copy.catalogue import PIECES
from app.demo.loading import goods, people
from app.platform.db import db
from tests.conftest import MONDAY
from tests.demo.test_purge import plain_pictures


@pytest.mark.usefixtures("app", "clock")
def test_a_price_before_was_asked_for_three_weeks():
    reduced = next(item for item in PIECES if item.compare_at)
    places = people.load(now=MONDAY)

    goods.load(
        places, now=MONDAY, said=lambda _done, _all: None, items=[reduced], artist=plain_pictures
    )

    variant = db.session.scalars(select(Variant)).one()
    asked = db.session.execute(
        select(PriceChange.price, PriceChange.at).order_by(PriceChange.id)
    ).all()
    (card,) = cards([variant.product_id], now=MONDAY)
    assert [price for price, _at in asked] == [reduced.compare_at, reduced.price]
    assert asked[1].at - asked[0].at == timedelta(days=21)
    assert card.was is not None
    assert card.was.minor == reduced.compare_at
