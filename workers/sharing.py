"""Memory that processes are to share with the one they are forked from."""

from __future__ import annotations

import gc

from flask import Flask

from app.platform.db import db
from app.search.tokens import load_dictionary

SHOPPERS_TEMPLATES = ("layouts/", "ui/", "storefront/", "cart/", "checkout/", "orders/")
FIRST_PAGES = ("/", "/c/all")


def make_shareable(app: Flask) -> None:
    """Load what pages need, then set everything there is apart from the garbage collector: looking
    for garbage writes to every object, and so copies its page for each process.

    Whoever comes first after a start also waits for none of it. What was forked from a process that
    is ready is ready as well.
    """
    if gc.get_freeze_count():
        return
    _load_templates(app)
    load_dictionary()
    _make_first_pages(app)
    gc.collect()
    gc.freeze()


def _load_templates(app: Flask) -> None:
    environment = app.jinja_env
    names = environment.list_templates(filter_func=lambda name: name.startswith(SHOPPERS_TEMPLATES))
    for name in names:
        environment.get_template(name)


def _make_first_pages(app: Flask) -> None:
    """Have done once what is only done when it is needed first: statements compiled, routes sorted,
    sentences read. Nobody is answered, so nothing is counted and nothing said.
    """
    with app.app_context():
        try:
            for address in FIRST_PAGES:
                with app.test_request_context(address):
                    app.dispatch_request()
        except Exception:  # noqa: BLE001, S110  (a database that is away is told to those who ask)
            pass
        finally:
            db.session.remove()
            db.engine.dispose()  # a connection must not be inherited
