"""A house, a line of an order that has arrived, and Cleo who looks at reviews."""

from __future__ import annotations

import pytest

from app.shop.models import Role
from tests.admin.counter import clerk
from tests.cast import house
from tests.conftest import MONDAY
from tests.reviews.buyers import arrived


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def line(owner, clock):
    return arrived(owner, MONDAY)


@pytest.fixture
def cleo(app, owner):
    return clerk(app, owner.merchant_id, "cleo", Role.SUPPORT)
