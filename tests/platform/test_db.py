"""What the columns and statements of the database promise."""

from __future__ import annotations

import pytest

from app.platform.db import db, insert_if_new
from app.platform.transaction import transaction
from app.shop.models import Counter, ShippingRate

pytestmark = pytest.mark.usefixtures("app")


def test_a_row_is_new_once_whether_its_key_is_given_or_made():
    rate = {"region_group": "moon", "max_weight_g": 500, "fee": 900}

    with transaction():
        made = [insert_if_new(ShippingRate, **rate) for _ in range(2)]
        given = [insert_if_new(Counter, name="piece", last=0) for _ in range(2)]

    assert (made, given) == ([True, False], [True, False])
    db.session.rollback()
