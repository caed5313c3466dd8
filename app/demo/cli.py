"""`flask shop demo`: load the demo shop, or take it away."""

from __future__ import annotations

import click
from flask import Flask

from app.demo.loading import goods, orders, people
from app.platform import clock
from app.platform.cli import shop
from app.platform.configuration import settings


def init_app(_app: Flask) -> None:
    shop.add_command(demo)


@click.command("demo")
def demo() -> None:
    """Load about sixty pieces and products, three collections, two stores and orders in every
    state.
    """
    if settings().is_production:
        raise click.ClickException("The demo shop is not loaded in production.")
    now = clock.now()
    places = people.load(now=now)
    with click.progressbar(length=1, label="Drawing and hanging up", show_pos=True) as bar:

        def said(done: int, everything: int) -> None:
            bar.length = everything
            bar.update(done - bar.pos)

        goods.load(places, now=now, said=said)
    made = orders.load(places, now=now)
    click.echo(f"{made} orders, one in every state.")
    click.echo(f"Staff sign in with the password {people.PASSWORD}:")
    for _merchant, role, email, name in people.TEAM:
        click.echo(f"  {email:28} {role.value:12} {name}")
