"""Joining one hot campaign: how many a second, and nobody beyond the cap."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from app.catalog.errors import OutOfStock
from app.platform import clock
from app.platform.db import db
from app.presale.models import CampaignSku, SupplyMode
from tests.bench.surroundings import shop_on
from tests.bench.table import Figure
from tests.cast import House, house
from tests.presale import cast

CAP, SHOPPERS, AT_ONCE = 300, 400, 16


def measure(shoppers: int = SHOPPERS) -> list[Figure]:
    """As many at once however many there are; places for three of four."""
    share = max(shoppers // AT_ONCE, 1)
    cap = share * AT_ONCE * CAP // SHOPPERS
    return [figure for name in ("sqlite", "postgresql") for figure in _on(name, share, cap)]


def _on(database: str, share: int, cap: int) -> list[Figure]:
    with shop_on(database) as app:
        now = clock.now()
        owner = house(now)
        campaign = cast.campaign(
            owner, now, supply_mode=SupplyMode.MADE_TO_ORDER, sku={"cap": cap},
            variants=cast.shirt(owner, now, ("M",)),
        )  # fmt: skip
        (sku,) = cast.skus(campaign.id)
        sku_id = sku.id
        db.session.rollback()
        gate, began = Barrier(AT_ONCE), time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as shoppers:
            runs = [shoppers.submit(_shop, app, owner, sku_id, share, gate) for _ in range(AT_ONCE)]
            joined = sum(run.result() for run in runs)
        seconds = time.perf_counter() - began
        row = db.session.get_one(CampaignSku, sku_id, populate_existing=True)
        part, tried = f"joins, {database}", share * AT_ONCE
        return [
            Figure(part, f"{tried} shoppers, {AT_ONCE} at once, placed and paid",
                   joined / seconds, "joins/s"),
            Figure(part, f"committed of {cap} places", row.committed, "units", f"= {cap}",
                   row.committed == cap == joined),
        ]  # fmt: skip


def _shop(app: Flask, owner: House, sku_id: int, count: int, gate: Barrier) -> int:
    joined = 0
    with app.app_context():
        gate.wait()
        for _ in range(count):
            try:
                cast.confirmed(owner, {sku_id: 1}, clock.now())
                joined += 1
            except OutOfStock:
                db.session.rollback()
        db.session.remove()
    return joined
