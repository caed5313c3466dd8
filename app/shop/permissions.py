"""What members of staff may do, by role. Shop-wide matters are for the house merchant's staff."""

from __future__ import annotations

from app.platform.actor import Actor
from app.shop.models import Role

CATALOG = frozenset({"catalog.view", "catalog.edit"})
STOCK = frozenset({"stock.view", "stock.edit"})
ORDERS = frozenset(
    {
        "orders.view",
        "orders.ship",
        "orders.cancel",
        "orders.refund",
        "orders.note",
        "orders.tell",
    }
)
STAFF = frozenset({"staff.view", "staff.manage"})
SHOP_WIDE = frozenset(
    {
        "payments.confirm",
        "callbacks.view",
        "callbacks.replay",
        "settings.edit",
        "audit.view",
        "mail.view",
        "mail.retry",
        "search.view",
        "search.edit",
    }
)
PRESALES = frozenset({"presales.view", "presales.edit", "presales.decide", "presales.produce"})
REVIEWS = frozenset({"reviews.view", "reviews.moderate"})
PROMOTIONS = frozenset({"promotions.view", "promotions.edit"})
GROUPS = frozenset({"groups.view", "groups.share", "groups.all"})
"""`groups.all` shows the groups of every leader; without it one sees one's own."""

PERSONAL_DATA = frozenset({"pii.view"})
PERMISSIONS = (
    CATALOG
    | STOCK
    | ORDERS
    | PRESALES
    | PROMOTIONS
    | REVIEWS
    | GROUPS
    | STAFF
    | SHOP_WIDE
    | PERSONAL_DATA
)

ROLES: dict[Role, frozenset[str]] = {
    Role.OWNER: PERMISSIONS,
    Role.EDITOR: CATALOG
    | STOCK
    | PROMOTIONS
    | {"presales.view", "presales.edit", "reviews.view", "search.view", "search.edit"},
    Role.FULFILMENT: frozenset(
        {
            "orders.view",
            "orders.ship",
            "stock.view",
            "presales.view",
            "presales.produce",
            "pii.view",
            "callbacks.view",
            "mail.view",
        }
    ),
    Role.SUPPORT: frozenset(
        {
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
        }
    ),
    Role.LEADER: frozenset({"groups.view", "groups.share"}),
    Role.READONLY: frozenset(
        name for name in PERMISSIONS - PERSONAL_DATA if name.endswith((".view", ".all"))
    ),
}


def permissions_of(role: str, *, is_house: bool) -> frozenset[str]:
    """What a role gives at the house merchant, or at any other; ValueError for an unknown role."""
    granted = ROLES[Role(role)]
    return granted if is_house else granted - SHOP_WIDE


def runs_the_shop(actor: Actor) -> bool:
    """Whether the actor works for the house in a role that sees to what concerns all merchants."""
    return actor.kind == "system" or bool(actor.permissions & SHOP_WIDE)
