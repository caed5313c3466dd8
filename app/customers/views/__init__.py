"""Screens of accounts: coming in, one's own pages, and the preferences anybody may set."""

from __future__ import annotations

from flask import Flask

from app.customers.views import account, address_book, preferences, sign_in


def init_app(app: Flask) -> None:
    for part in (preferences, sign_in, account, address_book):
        app.register_blueprint(part.bp)
