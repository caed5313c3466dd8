"""Memory that processes are to share with the one they are forked from."""

from __future__ import annotations

import gc

from flask import Flask

from app.search.tokens import load_dictionary

SHOPPERS_TEMPLATES = ("layouts/", "ui/", "storefront/", "cart/", "checkout/", "orders/")


def make_shareable(app: Flask) -> None:
    """Load the templates of the shop's pages and the dictionary, then set everything there is apart
    from the garbage collector: looking for garbage writes to every object, and so copies its page
    for each process.

    Whoever comes first after a start also waits for none of it.
    """
    _load_templates(app)
    load_dictionary()
    gc.collect()
    gc.freeze()


def _load_templates(app: Flask) -> None:
    environment = app.jinja_env
    names = environment.list_templates(filter_func=lambda name: name.startswith(SHOPPERS_TEMPLATES))
    for name in names:
        environment.get_template(name)
