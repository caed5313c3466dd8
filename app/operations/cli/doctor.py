"""`flask shop doctor`: look at everything the shop stands on and say what to do about it."""

from __future__ import annotations

from dataclasses import asdict

import click
from flask.cli import with_appcontext

from app.operations.examination import examine
from app.operations.findings import State
from app.platform.cli import print_json
from app.platform.configuration import settings

MARKS: dict[State, str] = {"ok": "ok  ", "warning": "warn", "failed": "FAIL"}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@with_appcontext
def doctor(as_json: bool) -> None:  # noqa: FBT001  (as click hands it over)
    """Check what the shop stands on; exit code 1 when something has failed."""
    findings = list(examine(settings()))
    is_well = all(finding.state != "failed" for finding in findings)
    if as_json:
        print_json({"well": is_well, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.state]}  {finding.name:<12} {finding.text}")
            if finding.advice:
                click.echo(f"{'':<18} → {finding.advice}")
    if not is_well:
        raise click.exceptions.Exit(1)
