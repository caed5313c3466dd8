"""Routes of the shop window, by page."""

from __future__ import annotations

from flask import Flask

from app.storefront.views import (
    alerts,
    browse,
    feeds,
    files,
    fitting,
    groups,
    help_page,
    living,
    lots,
    machine,
    order_presales,
    orders,
    presales,
    products,
    readdressing,
    reminders,
    results,
    review_photos,
    reviews,
    seen,
    waiting,
    wishes,
)

SCREENS = (
    browse, fitting, products, presales, lots, reminders, groups, waiting, results, orders,
    order_presales, readdressing, wishes, alerts, reviews, review_photos, seen, help_page, machine,
    feeds, files, living,
)  # fmt: skip


def init_app(app: Flask) -> None:
    for module in SCREENS:
        app.register_blueprint(module.bp)
