"""`flask shop search …`: look after the index."""

from __future__ import annotations

import click
from flask import Flask

from app.platform.cli import print_json, shop
from app.search.commands import indexing


def init_app(_app: Flask) -> None:
    shop.add_command(search)


@click.group("search")
def search() -> None:
    """Look after the search index."""


@search.command("reindex")
def reindex() -> None:
    """Write the whole index anew while the old one goes on answering."""
    click.echo(f"{indexing.rebuild_all()} products indexed.")


@search.command("check")
@click.option("--json", "as_json", is_flag=True, help="Answer for other programs.")
def check(*, as_json: bool) -> None:
    """Compare the index with the shop; exit code 1 when they differ."""
    drift = indexing.drift()
    if as_json:
        print_json({"missing": sorted(drift.missing), "surplus": sorted(drift.surplus)})
    else:
        click.echo(f"{len(drift.missing)} missing, {len(drift.surplus)} too many.")
    if drift.missing or drift.surplus:
        raise SystemExit(1)
