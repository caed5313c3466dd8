"""Take the whole catalogue along: every product as CSV or Excel, and the photographs as a ZIP."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

from flask import Blueprint, Flask, Response, current_app

from app.catalog.own_file.files import AT_ONCE, MIMETYPES, Kind, csv_of, write_xlsx
from app.catalog.own_file.packing import packed
from app.catalog.queries.exporting import Export, export_of
from app.platform import clock
from app.platform.configuration import settings
from app.platform.rbac import found
from app.platform.web import page
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_exports", __name__, url_prefix="/admin/exports")


@bp.get("")
@requires("catalog.edit")
def index() -> Response:
    return page("admin/exports.html", products=_export().products())


@bp.get("/products.csv")
@requires("catalog.edit")
def products_csv() -> Response:
    """Sent while it is read, so that it may be as large as it is."""
    export = _export()
    return _sent(csv_of(export.header, export.rows()), MIMETYPES[Kind.CSV], "products", "csv")


@bp.get("/products.xlsx")
@requires("catalog.edit")
def products_xlsx() -> Response:
    """Written beside the shop first: a workbook has its list of parts at its end."""
    export = _export()
    # Whoever reads it to its end closes it, and with that it is gone.
    file = TemporaryFile(dir=settings().data_dir)  # noqa: SIM115
    write_xlsx(file, export.header, export.rows())
    return _sent(_read(file), MIMETYPES[Kind.XLSX], "products", "xlsx")


@bp.get("/photographs.zip")
@requires("catalog.edit")
def photographs() -> Response:
    return _sent(packed(_export().photographs()), "application/zip", "photographs", "zip")


def _export() -> Export:
    actor = current_actor()
    return export_of(found(actor.merchant_id), actor)


def _sent(parts: Iterator[bytes], mimetype: str, name: str, ending: str) -> Response:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    response: Response = app.response_class(_in_context(app, parts), mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=_name(name, ending))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while part := file.read(AT_ONCE):
            yield part


def _in_context(app: Flask, parts: Iterator[bytes]) -> Iterator[bytes]:
    """The parts after the request has ended, each read with a session of its own."""
    while True:
        with app.app_context():
            part = next(parts, None)
        if part is None:
            return
        yield part


def _name(name: str, ending: str) -> str:
    return f"{name}-{clock.now().astimezone(settings().zone):%Y-%m-%d}.{ending}"
