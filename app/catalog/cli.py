"""`flask shop import` and `export`: product files in and out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from flask import Flask

from app.catalog.commands.importing import Import, Outcome, Report, Target, Verb
from app.catalog.commands.importing.beside import Beside, Folder, packed_in
from app.catalog.commands.importing.pictures import Pictures
from app.catalog.gateways.pictures import WebPictures
from app.catalog.importing.records import UnreadableFile
from app.catalog.models import ExportKind
from app.catalog.own_file.packing import packed
from app.catalog.queries.exporting import export_of
from app.platform import clock
from app.platform.actor import SYSTEM
from app.platform.cli import print_json, shop
from app.platform.configuration import settings
from app.platform.errors import NotFound
from app.platform.i18n import LANGUAGES, speaking
from app.platform.whole_files import written_whole
from app.shop import queries
from app.shop.models import Merchant

ROWS_REFUSED, FILE_UNUSABLE = 1, 2
MOST_SHOWN = 30
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PICTURES = click.Path(exists=True, path_type=Path)
KINDS, SPOKEN = click.Choice([*ExportKind]), click.Choice(LANGUAGES)
NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


def init_app(_app: Flask) -> None:
    shop.add_command(import_file)
    shop.add_command(export_file)


@click.command("import")
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--merchant", metavar="KEY", help="Who sells it; by default the house.")
@click.option("--location", metavar="KEY", help="Where the stock lies; by default the first place.")
@click.option("--images-from", metavar="PATH", type=PICTURES, help="A folder or ZIP of pictures.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def import_file(
    path: Path,
    merchant: str | None,
    location: str | None,
    images_from: Path | None,
    dry_run: bool,  # noqa: FBT001  (as click hands it over)
    as_json: bool,  # noqa: FBT001
) -> None:
    """Take in a product file, CSV or XLSX, of this shop, Shopify or WooCommerce.

    Doing it again repeats nothing. The whole file is looked through first. What it says of a
    product wins over what was edited here; stock and state change only where the file says
    something else than last time. Exit code 1 when rows were refused, 2 when the file cannot be
    used.
    """
    target = _target(merchant, location)
    now = clock.now()
    try:
        with (
            WebPictures() as web,
            path.open("rb") as stream,
            _beside(images_from or path.parent) as beside,
        ):
            pictures = Pictures(beside, web, now=now)
            run = _Run(Import(target, pictures, SYSTEM, now), stream, quiet=as_json)
            report = run.look() if dry_run else run.load()
    except UnreadableFile as error:
        click.echo(f"Error: {error.message}", err=True)
        raise click.exceptions.Exit(FILE_UNUSABLE) from error
    if as_json:
        print_json({"file": str(path), "dry_run": dry_run, **report.as_json()})
    if not report.is_clean:
        raise click.exceptions.Exit(ROWS_REFUSED)


@click.command("export")
@click.argument("path", metavar="FILE", type=NEW_FILE)
@click.option("--format", "kind", type=KINDS, help="By default this shop's own, as FILE ends.")
@click.option("--language", type=SPOKEN, help="For Shopify and WooCommerce; else the shop's own.")
@click.option("--merchant", metavar="KEY", help="Whose products; by default the house's.")
@click.option("--pictures", metavar="ZIP", type=NEW_FILE, help="Pack the photographs too.")
def export_file(
    path: Path,
    kind: str | None,
    language: str | None,
    merchant: str | None,
    pictures: Path | None,
) -> None:
    """Write every product with all that is known of it, to be taken in again by `shop import`.

    Or as Shopify's or WooCommerce's own export, in one language.
    """
    found = export_of(_merchant(merchant).id, SYSTEM)
    own = ExportKind.XLSX if path.suffix.lower() == ".xlsx" else ExportKind.CSV
    label = f"Writing {path.name}"
    with (
        speaking(language or settings().default_language),
        written_whole(path) as file,
        click.progressbar(length=found.products(), label=label, show_pos=True) as bar,
    ):
        found.write(ExportKind(kind or own), file, lambda: bar.update(1))
    if pictures:
        with written_whole(pictures) as file:
            file.writelines(packed(found.photographs()))
    click.echo(f"{found.products()} products written.")


@contextmanager
def _beside(path: Path) -> Iterator[Beside]:
    if path.is_dir():
        yield Folder(path)
        return
    with path.open("rb") as stream, packed_in(stream) as packed_pictures:
        yield packed_pictures


def _merchant(key: str | None) -> Merchant:
    try:
        merchant = queries.merchant(key) if key else queries.house_merchant()
    except NotFound:
        merchant = None
    if merchant is None:
        raise click.BadParameter(f"there is no merchant {key or '(run flask shop init)'}")
    return merchant


def _target(merchant_key: str | None, location_key: str | None) -> Target:
    """Whose shop and which place are meant; a usage error names the one that is not there."""
    merchant = _merchant(merchant_key)
    places = [
        place
        for place in queries.locations(SYSTEM)
        if place.merchant_id == merchant.id and location_key in {None, place.key}
    ]
    if not places:
        raise click.BadParameter(f"{merchant.key} has no location {location_key or 'at all'}")
    return Target(merchant.id, places[0].id)


class _Run:
    """One run on a terminal: what will be done, the bar, what was done."""

    def __init__(self, work: Import, stream: BinaryIO, *, quiet: bool) -> None:
        self._work = work
        self._stream = stream
        self._quiet = quiet

    def look(self) -> Report:
        report = self._work.look_into(self._stream)
        if not self._quiet:
            _say_columns(report)
            _say(report, "to create", "to change")
        return report

    def load(self) -> Report:
        if self._quiet:
            return self._work.load(self._stream)
        expected = self._work.look_into(self._stream)
        click.echo(_counts(expected, "to create", "to change"))
        with click.progressbar(length=expected.products, label="Loading", show_pos=True) as bar:

            def told(_outcome: Outcome) -> None:
                bar.update(1)

            report = self._work.load(self._stream, told=told)
        _say(report, "created", "changed")
        return report


def _say_columns(report: Report) -> None:
    click.echo(f"{report.system}'s file.")
    for column in report.columns:
        click.echo(f"  {column.name or '-'}  ->  {column.meaning or '(read over)'}")


def _say(report: Report, created: str, changed: str) -> None:
    for error in report.errors[:MOST_SHOWN]:
        fate = "left out" if error.is_left_out else "taken in all the same"
        click.echo(f"  row {error.row}  {error.column or '-'}  {error.message} ({fate})")
    for outcome in report.outcomes[:MOST_SHOWN]:
        said = "; ".join([", ".join(outcome.changed_names), *outcome.notes]).strip("; ")
        click.echo(f"  row {outcome.row}  {outcome.handle}  {said}")
    for picture in report.missing[:MOST_SHOWN]:
        click.echo(f"  row {picture.row}  {picture.source}  {picture.reason}")
    click.echo(_counts(report, created, changed))
    if report.waiting:
        click.echo(f"{report.waiting} pictures to fetch.")
    if report.missing_total:
        click.echo(f"{report.missing_total} pictures missing; running it again tries them again.")


def _counts(report: Report, created: str, changed: str) -> str:
    counts = report.counts
    return (
        f"{counts[Verb.CREATE]} {created}, {counts[Verb.CHANGE]} {changed}, "
        f"{counts[Verb.UNCHANGED]} unchanged, {counts[Verb.REFUSED]} refused"
    )
