"""`flask shop audit money`: do our books agree with the providers'?"""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import click
from flask import Flask

from app.orders.bookkeeping import Books, examine
from app.platform import clock
from app.platform.cli import print_json
from app.shop.cli.audit import audit


def init_app(_app: Flask) -> None:
    """The command hangs in the group of `flask shop audit`, which the shop has registered."""


@audit.command("money")
@click.option("--days", default=1, show_default=True, type=click.IntRange(1, 400))
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def examine_money(days: int, as_json: bool) -> None:  # noqa: FBT001  (as click hands it over)
    """Compare the ledger of the last days with the providers' statements; exit code 1 when they
    differ, an order does not add up, or a provider does not answer.
    """
    now = clock.now()
    books = examine(now - timedelta(days=days), now)
    if as_json:
        print_json({"agree": books.agree, **asdict(books)})
    else:
        _say(books)
    if not books.agree:
        raise click.exceptions.Exit(1)


def _say(books: Books) -> None:
    if books.agree:
        click.echo(f"The books agree: {books.compared} movements compared, no difference.")
    for one in books.differences:
        here = "nothing" if one.ours is None else one.ours
        there = "nothing" if one.theirs is None else one.theirs
        click.echo(
            f"{one.gateway} {one.kind} {one.transaction_id}: we have {here}, they have {there}.",
            err=True,
        )
    for code in books.odd_orders:
        click.echo(f"Order {code} does not add up.", err=True)
    for name in books.silent:
        click.echo(f"{name} does not answer: nothing is known of its side.", err=True)
