"""`flask shop forget-pages`."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.platform.content.raising import raise_everything
from app.platform.transaction import transaction


@click.command("forget-pages")
@with_appcontext
def forget_pages() -> None:
    """Have every kept page made anew, on all machines: after rows were changed beneath the shop."""
    with transaction():
        raise_everything()
    click.echo("Every page is made anew when it is next asked for.")
