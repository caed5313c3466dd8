"""Put the back office together: every screen there is, and what all of them share."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

from app.admin import frame

SCREENS = (
    "today", "session", "account", "orders", "actions", "parcels", "refunds", "payments", "pickup",
    "presales", "groups", "promotions", "settings", "items", "stock", "collections",
    "collection_rules", "home_page", "search_words",
    "imports", "exports", "demand", "reviews", "mails", "callbacks", "team", "audit",
)  # fmt: skip


def init_app(app: Flask) -> None:
    frame.init_app(app)
    for name in SCREENS:
        if find_spec(f"app.admin.{name}") is not None:
            app.register_blueprint(import_module(f"app.admin.{name}").bp)
