"""`flask shop audit …`: prove that nobody changed what was recorded."""

from __future__ import annotations

from dataclasses import asdict

import click

from app.platform.audit.commands import verify
from app.platform.cli import print_json, shop


@shop.group("audit")
def audit() -> None:
    """The record of who did what, and the chain that guards it."""


@audit.command("verify")
@click.option("--head", help="A head kept elsewhere: uncovers a chain that was cut off.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def verify_chain(head: str | None, as_json: bool) -> None:  # noqa: FBT001  (as click hands it over)
    """Walk the whole chain; exit code 1 when a row was changed, removed or cut off."""
    verdict = verify(expected_head=head)
    holds = verdict.first_bad is None
    if as_json:
        print_json({"holds": holds, **asdict(verdict)})
    elif holds:
        click.echo(f"The chain holds: {verdict.sealed} rows sealed, {verdict.unsealed} waiting.")
        click.echo(f"Head {verdict.head}")
    else:
        click.echo(f"The chain is broken at seal {verdict.first_bad}: {verdict.reason}.", err=True)
    if not holds:
        raise click.exceptions.Exit(1)


@audit.command("head")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def show_head(as_json: bool) -> None:  # noqa: FBT001  (as click hands it over)
    """The chain's last hash: keep it where nobody with access to the database can write."""
    verdict = verify()
    if verdict.first_bad is not None:
        raise click.ClickException(f"the chain is broken at seal {verdict.first_bad}")
    if as_json:
        print_json({"sealed": verdict.sealed, "head": verdict.head})
    else:
        click.echo(verdict.head)
