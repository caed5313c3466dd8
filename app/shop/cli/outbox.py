"""`flask shop outbox …`: what could not be told, and telling it again."""

from __future__ import annotations

import click

from app.platform import clock
from app.platform.cli import print_json, shop
from app.platform.outbox.commands import replay
from app.platform.outbox.queries import dead_deliveries

MOST = 1000


@shop.group("outbox")
def outbox() -> None:
    """Deliveries of facts to the modules that listen for them."""


@outbox.command("dead")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def dead(as_json: bool) -> None:  # noqa: FBT001  (as click hands it over)
    """Deliveries given up after the last try, newest first."""
    rows = [
        {"id": row.id, "fact": name, "handler": row.handler, "error": row.last_error}
        for row, name in dead_deliveries(MOST)
    ]
    if as_json:
        print_json(rows)
        return
    for found in rows:
        click.echo("{id}  {fact}  {handler}  {error}".format(**found))
    click.echo(f"{len(rows)} given up.")


@outbox.command("replay")
@click.argument("delivery_ids", metavar="[ID]...", type=int, nargs=-1)
@click.option("--all", "every", is_flag=True, help="All that were given up.")
def replay_dead(delivery_ids: tuple[int, ...], every: bool) -> None:  # noqa: FBT001  (as click hands it over)
    """Make deliveries due again at once; one that was done is left alone."""
    if every == bool(delivery_ids):
        raise click.UsageError("Name the deliveries to replay, or say --all.")
    chosen = [row.id for row, _ in dead_deliveries(MOST)] if every else delivery_ids
    for delivery_id in chosen:
        replay(delivery_id, now=clock.now())
    click.echo(f"{len(chosen)} made due.")
