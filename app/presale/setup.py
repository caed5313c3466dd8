"""Make campaigns a supply of orders."""

from __future__ import annotations

from flask import Flask

from app.orders import supply
from app.presale.models import SUPPLY
from app.presale.supply import CampaignSupply


def init_app(_app: Flask) -> None:
    supply.register(SUPPLY, CampaignSupply())
