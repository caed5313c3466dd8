"""Promotions of the demo: a word for newcomers, free delivery for a group, one that is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from app.demo import queries as known
from app.demo.loading.people import FIRST_OWNER, Places
from app.marketing.commands import promotions
from app.marketing.commands.promotions import Draft
from app.marketing.models import PromotionKind
from app.marketing.queries import is_known
from app.marketing.rules import Terms
from app.platform.actor import Actor
from app.shop.models import Role
from app.shop.permissions import permissions_of

HELLO, STREET, SPRING = "HELLO10", "STREET", "SPRING30"
CODES = (HELLO, STREET, SPRING)


def load(places: Places, *, now: datetime) -> None:
    """Make those that are not there yet."""
    house = places.merchants["house"]
    rights = frozenset(permissions_of(Role.OWNER, is_house=True))
    owner = Actor("staff", known.staff_id(FIRST_OWNER[0]), house, rights, FIRST_OWNER[1])
    for code, label, draft in _drafts(now):
        if is_known(code):
            continue
        made = promotions.create(draft, actor=owner, now=now)
        promotions.add_code(made, code, label=label, max_uses=None, actor=owner, now=now)


def _drafts(now: datetime) -> tuple[tuple[str, str, Draft], ...]:
    """(code, for whom, promotion)."""
    return (
        (
            HELLO,
            "",
            Draft(
                name={"en": "Nice to meet you", "zh-Hans": "初次见面"},
                kind=PromotionKind.PERCENT,
                terms=Terms(percent=Decimal(10), most=10000),
                needs_code=True,
                starts_at=now - timedelta(days=20),
                max_per_person=1,
                budget=500000,
            ),
        ),
        (
            STREET,
            "弄堂里的邻居",
            Draft(
                name={"en": "Neighbours pay no postage", "zh-Hans": "街坊免邮"},
                kind=PromotionKind.FREE_SHIPPING,
                terms=Terms(),
                needs_code=True,
                combines=True,
                starts_at=now - timedelta(days=3),
                ends_at=now + timedelta(days=30),
                max_uses=100,
            ),
        ),
        (
            SPRING,
            "",
            Draft(
                name={"en": "Spring clearing", "zh-Hans": "春季清仓"},
                kind=PromotionKind.SPEND_AND_SAVE,
                terms=Terms(tiers=((30000, 3000), (60000, 8000))),
                needs_code=True,
                starts_at=now - timedelta(days=60),
                ends_at=now - timedelta(days=30),
            ),
        ),
    )
