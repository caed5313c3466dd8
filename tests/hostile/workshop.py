"""Presales of the hostile world past their close: each at a step whose page shows other forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.orders.queries import token_by_id
from app.platform.db import db
from app.presale.commands import balances, lifecycle, production, substituting, tasks
from app.presale.commands.production import Count
from app.presale.models import Participation, PaymentMode, Stage
from tests.cast import House
from tests.hostile.values import MARKUP
from tests.presale import cast

TEXTS = {"en": MARKUP, "zh-Hans": MARKUP}


def pages(owner: House, now: datetime) -> tuple[str, ...]:
    """Where making, counting, sharing out, handing on and asking for balances are shown."""
    agreed, making = _agreed(owner, now), _making(owner, now)
    short = _arriving(owner, now, passed=(0, 1), payment_mode=PaymentMode.FULL)
    enough = _arriving(owner, now, payment_mode=PaymentMode.FULL)
    unasked, asked = _arriving(owner, now), _asked(owner, now)
    return (
        f"/admin/presales/{agreed}/production",
        f"/admin/presales/{making}/production",
        f"/admin/presales/{short}/production",
        f"/admin/presales/{enough}/production",
        f"/admin/presales/{unasked}/balances",
        f"/admin/presales/{asked}/balances",
        f"/o/{_offered_another(owner, now)}",
    )


def _agreed(owner: House, now: datetime, **facts: Any) -> int:
    """One person wants one of the first size, which was enough, and the window is over."""
    words = {"title": TEXTS, "story": TEXTS, "risks": TEXTS}
    variants = cast.shirt(owner, now, sizes=(MARKUP[:40], "L"))
    campaign_id = cast.campaign(owner, now, threshold=1, variants=variants, **words, **facts).id
    cast.confirmed(owner, {cast.skus(campaign_id)[0].id: 1}, now, name=MARKUP)
    lifecycle.close_early(campaign_id, actor=owner.staff(), now=now)
    lifecycle.conclude(campaign_id, now=now)
    return campaign_id


def _making(owner: House, now: datetime, **facts: Any) -> int:
    campaign_id = _agreed(owner, now, **facts)
    production.start_production(campaign_id, actor=owner.staff(), now=now)
    return campaign_id


def _arriving(
    owner: House, now: datetime, passed: tuple[int, int] = (1, 0), **facts: Any
) -> int:  # fmt: skip
    """So many of each size came and have passed."""
    campaign_id = _making(owner, now, **facts)
    for sku, units in zip(cast.skus(campaign_id), passed, strict=True):
        for stage in (Stage.RECEIVED, Stage.PASSED):
            counted = Count(sku.id, stage, units, MARKUP)
            production.record_production(campaign_id, counted, actor=owner.staff(), now=now)
    production.mark_arriving(campaign_id, actor=owner.staff(), now=now)
    return campaign_id


def _asked(owner: House, now: datetime) -> int:
    """Somebody owes the balance."""
    campaign_id = _arriving(owner, now)
    balances.open_balance(campaign_id, actor=owner.staff(), now=now)
    tasks.run_due()
    return campaign_id


def _offered_another(owner: House, now: datetime) -> str:
    """The token of an order whose size came too few, and who may have the other."""
    campaign_id = _arriving(owner, now, passed=(0, 1))
    short, spare = cast.skus(campaign_id)
    pair = substituting.Pair(short.id, spare.id)
    substituting.offer(campaign_id, pair, actor=owner.staff(), now=now)
    joined = select(Participation).where(Participation.campaign_id == campaign_id)
    order_id = db.session.scalars(joined).one().order_id
    assert order_id is not None
    return token_by_id(order_id)
