"""Routes of the shop window, by page."""

from __future__ import annotations

from flask import Flask

from app.storefront.views import (
    browse,
    files,
    help_page,
    living,
    machine,
    orders,
    presales,
    products,
    results,
)


def init_app(app: Flask) -> None:
    for module in (browse, products, presales, results, orders, help_page, machine, files, living):
        app.register_blueprint(module.bp)
