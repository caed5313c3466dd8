"""`flask shop demo`: load the demo shop, or take it away."""

from __future__ import annotations

import click
from flask import Flask

from app.platform import clock
from app.platform.cli import shop
from app.platform.configuration import settings
from app.search.commands.indexing import rebuild_all


def init_app(_app: Flask) -> None:
    shop.add_command(demo)


@click.command("demo")
@click.option("--purge", "away", is_flag=True, help="Take the demo shop away again.")
def demo(*, away: bool) -> None:
    """Load some sixty pieces and products, two stores, orders and presales in every state."""
    if away:
        _take_away()
        return
    if settings().is_production:
        raise click.ClickException("The demo shop is not loaded in production.")
    # What draws and loads is of no use to the processes of a running shop, which know this command.
    from app.demo.loading import goods, orders, people, presales, promotions, words

    now = clock.now()
    places = people.load(now=now)
    with click.progressbar(length=1, label="Drawing and hanging up", show_pos=True) as bar:

        def said(done: int, everything: int) -> None:
            bar.length = everything
            bar.update(done - bar.pos)

        goods.load(places, now=now, said=said)
    words.load(now=now)
    made = orders.load(places, now=now)
    told = presales.load(places, now=now)
    promotions.load(places, now=now)
    click.echo(f"{made} orders, one in every state, and {told} presales.")
    click.echo(f"Staff sign in with the password {people.PASSWORD}:")
    for _merchant, role, email, name in people.TEAM:
        click.echo(f"  {email:28} {role.value:12} {name}")


def _take_away() -> None:
    from app.demo.loading.purge import purge

    done = purge()
    rebuild_all()
    click.echo(f"{done.orders} orders and {done.products} products are gone.")
    for kept in done.kept:
        click.echo(f"Kept: {kept}.")
