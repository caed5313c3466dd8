"""Who may do what, role by role."""

from __future__ import annotations

import pytest

from app.shop.models import Role
from app.shop.permissions import PERMISSIONS, SHOP_WIDE, permissions_of

AT_THE_HOUSE = {
    Role.OWNER: PERMISSIONS,
    Role.EDITOR: {
        "catalog.view",
        "catalog.edit",
        "stock.view",
        "stock.edit",
        "presales.view",
        "presales.edit",
        "promotions.view",
        "promotions.edit",
        "reviews.view",
        "search.view",
        "search.edit",
    },
    Role.FULFILMENT: {
        "orders.view",
        "orders.ship",
        "stock.view",
        "presales.view",
        "presales.produce",
        "pii.view",
        "callbacks.view",
        "mail.view",
    },
    Role.SUPPORT: {
        "orders.view",
        "orders.note",
        "orders.tell",
        "orders.cancel",
        "mail.view",
        "mail.retry",
        "presales.view",
        "reviews.view",
        "reviews.moderate",
        "pii.view",
    },
    Role.LEADER: {"groups.view", "groups.share"},
    Role.READONLY: {
        "catalog.view",
        "stock.view",
        "orders.view",
        "presales.view",
        "groups.view",
        "groups.all",
        "promotions.view",
        "reviews.view",
        "search.view",
        "staff.view",
        "mail.view",
        "callbacks.view",
        "audit.view",
    },
}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gives_exactly_what_the_table_says(role: Role) -> None:
    assert permissions_of(role, is_house=True) == AT_THE_HOUSE[role]


@pytest.mark.parametrize("role", list(Role))
def test_shop_wide_matters_are_closed_to_other_merchants(role: Role) -> None:
    elsewhere = permissions_of(role, is_house=False)

    assert elsewhere == permissions_of(role, is_house=True) - SHOP_WIDE
    assert not elsewhere & SHOP_WIDE


def test_an_unknown_role_gives_nothing_but_an_error() -> None:
    with pytest.raises(ValueError, match="emperor"):
        permissions_of("emperor", is_house=True)
