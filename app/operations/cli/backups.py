"""`flask shop backup` and `restore`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from flask.cli import with_appcontext

from app.operations.backup import making, restoring
from app.operations.backup.errors import Refused
from app.operations.backup.figures import Figures
from app.platform.configuration import settings

Answer = TypeVar("Answer")
MEGABYTE = 1 << 20


@click.command("backup")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--verify", is_flag=True, help="Make none: read FILE whole and say if it is sound.")
@click.option("--keep", type=click.IntRange(1), help="Keep so many in the usual folder.")
@with_appcontext
def backup(file: Path | None, verify: bool, keep: int | None) -> None:  # noqa: FBT001  (as click hands it over)
    """Write database, pictures and proofs to FILE, or to a new one in DATA_DIR/backups.

    The shop may run meanwhile.
    """
    known = settings()
    if verify:
        if file is None:
            raise click.UsageError("Name the file to verify.")
        manifest = _sound(lambda: making.verify(known, file))
        click.echo(f"{file} is sound: of {manifest.about['made_at']}, {len(manifest.files)} files.")
        return
    made = _sound(lambda: making.make(known, file))
    click.echo(f"{made.path}  {made.size / MEGABYTE:.1f} MB, {made.files} files")
    _tell(made.figures)
    if keep is not None:
        for old in making.forget_old(known, keep):
            click.echo(f"removed {old.name}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Put it in the place of the shop that is there.")
@with_appcontext
def restore(file: Path, replace: bool) -> None:  # noqa: FBT001  (as click hands it over)
    """Put the backup FILE back, wholly or not at all. The shop must not run."""
    done = _sound(lambda: restoring.restore(settings(), file, replace=replace))
    click.echo(f"Restored: {done.files} files, and the database compared with the backup:")
    _tell(done.figures)
    if not done.is_current:
        click.echo("The backup is of an older release. Next: flask db upgrade")
    click.echo("The search index is written anew within a minute of the start.")


def _sound(act: Callable[[], Answer]) -> Answer:
    try:
        return act()
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except OSError as error:
        raise click.ClickException(f"{error.filename or 'disk'}: {error.strerror}") from error


def _tell(figures: Figures) -> None:
    tables = sum(1 for count in figures.rows.values() if count)
    click.echo(f"  rows   {sum(figures.rows.values()):,} in {tables} tables at {figures.revision}")
    for name, total in sorted(figures.money.items()):
        if total:
            click.echo(f"  money  {name}: {total:,}")
    click.echo(f"  audit  {figures.sealed:,} rows sealed, head {figures.audit_head or '(none)'}")
