"""Memory that processes are to share with the one they are forked from."""

from __future__ import annotations

import gc

from flask import Flask

SHOPPERS_TEMPLATES = ("layouts/", "ui/", "storefront/", "cart/", "checkout/", "orders/")


def make_shareable(app: Flask) -> None:
    """Load the templates of the shop's pages, then set everything there is apart from the garbage
    collector: looking for garbage writes to every object, and so copies its page for each process.

    Whoever comes first after a start also waits for no template.
    """
    environment = app.jinja_env
    names = environment.list_templates(filter_func=lambda name: name.startswith(SHOPPERS_TEMPLATES))
    for name in names:
        environment.get_template(name)
    gc.collect()
    gc.freeze()
