"""`flask shop rehearse-upgrade`: what an upgrade will do, tried on a copy."""

from __future__ import annotations

from dataclasses import asdict

import click
from flask.cli import with_appcontext

from app.operations.backup.errors import Refused
from app.operations.upgrade.rehearsing import Rehearsal, rehearse
from app.platform.cli import print_json
from app.platform.configuration import settings


@click.command("rehearse-upgrade")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@with_appcontext
def rehearse_upgrade(as_json: bool) -> None:  # noqa: FBT001  (as click hands it over)
    """Run the migrations of this release on a copy of the database; the shop may run meanwhile.

    Exit code 1 when one fails, loses rows or money, or when the release before cannot run on what
    comes of it.
    """
    try:
        found = rehearse(settings())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if as_json:
        print_json(asdict(found) | {"seconds": found.seconds})
    else:
        _tell(found)
    if found.failure or found.figures or found.obstacles:
        raise click.exceptions.Exit(1)


def _tell(found: Rehearsal) -> None:
    if not found.steps and not found.failure:
        click.echo(f"Nothing is due: the database is at {found.from_revision}.")
        return
    click.echo(
        f"{found.from_revision} → {found.to_revision}: {found.seconds:.2f} s "
        f"(and {found.copying_seconds:.1f} s for the copy)"
    )
    for step in found.steps:
        click.echo(f"  {step.revision}  {step.seconds:7.3f} s  {step.title}")
        for table, modes in step.locks.items():
            click.echo(f"{'':>20} locks {table}: {', '.join(modes)}")
    if found.failure:
        click.echo(f"FAILED: {found.failure}")
    _list("What becomes different", found.schema)
    _list("FIGURES THAT CHANGED (here: before, there: after)", found.figures)
    _list("THE RELEASE BEFORE CANNOT RUN ON IT: stop it first", found.obstacles)
    _list("New rules that may refuse what the release before writes", found.doubts)
    if not found.failure and not found.obstacles:
        click.echo("Only additions: the release before can run on it meanwhile.")


def _list(title: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"{title}:")
        for line in lines:
            click.echo(f"  {line}")
