"""Bring a product file: upload it, read what it would do, confirm, see what was done.

A worker does both; these pages ask for it and show how far it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame, import_words
from app.catalog.commands.importing import Target, keeping, runs
from app.catalog.importing.records import UnreadableFile
from app.catalog.models import LineKind, RunState
from app.catalog.own_file.columns import STOCK, SYSTEM
from app.catalog.own_file.files import csv_of
from app.catalog.queries.imports import (
    SHOWN,
    all_lines,
    count_lines,
    first_lines,
    import_run,
    latest_imports,
)
from app.platform import clock
from app.platform.actor import Actor
from app.platform.errors import DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.rbac import ensure, found
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, requires
from app.shop.queries import locations

bp = Blueprint("admin_imports", __name__, url_prefix="/admin")

LONGEST_NAME = 120
LINE_COLUMNS = ("row", "kind", "column", "message")


@bp.get("/imports")
@requires("catalog.edit")
def new() -> Response:
    return _form()


@bp.post("/imports")
@requires("catalog.edit")
def create() -> BaseResponse:
    """Keep the file and have it looked into; nothing is imported yet."""
    actor = _importer()
    target = _target(request.form.get("location", ""), actor)
    table, photographs = _uploaded("file"), _uploaded("photographs")
    if table is None:
        return _form(Invalid({"file": _("Please choose a file.")}))
    try:
        if photographs is not None:
            keeping.look_at_photographs(photographs)
    except UnreadableFile as failure:
        return _form(Invalid({"photographs": failure.message}))
    try:
        digest = keeping.keep(table, photographs, target.merchant_id)
    except UnreadableFile as failure:
        return _form(Invalid({"file": failure.message}))
    name = (request.files["file"].filename or "")[-LONGEST_NAME:]
    run_id = runs.ask(digest, name, target, actor=actor, now=clock.now())
    return see_other(url_for("admin_imports.show", run_id=run_id))


@bp.get("/imports/<row:run_id>")
@requires("catalog.edit")
def show(run_id: int) -> Response:
    """How far it is, and every error by row and column; a page that waits looks again by itself."""
    return frame.unless_unchanged(_page(run_id))


@bp.post("/imports/<row:run_id>/confirmation")
@requires("catalog.edit")
def confirm(run_id: int) -> BaseResponse:
    runs.confirm(run_id, actor=_importer(), now=clock.now())
    return see_other(url_for("admin_imports.show", run_id=run_id))


@bp.post("/imports/<row:run_id>/cancellation")
@requires("catalog.edit")
def cancel(run_id: int) -> BaseResponse:
    runs.cancel(run_id, actor=_importer(), now=clock.now())
    return see_other(url_for("admin_imports.show", run_id=run_id))


@bp.post("/imports/<row:run_id>/resumption")
@requires("catalog.edit")
def resume(run_id: int) -> BaseResponse:
    runs.resume(run_id, actor=_importer(), now=clock.now())
    return see_other(url_for("admin_imports.show", run_id=run_id))


@bp.get("/imports/<row:run_id>/lines.csv")
@requires("catalog.edit")
def lines(run_id: int) -> Response:
    """What it has to tell of rows and columns, to be worked through beside the file."""
    run = import_run(run_id, current_actor())
    response = Response(b"".join(csv_of(LINE_COLUMNS, _cells(run.id))), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"import-{run.id}.csv")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _cells(run_id: int) -> Iterator[dict[str, str]]:
    for line in all_lines(run_id):
        kind = str(import_words.KINDS[LineKind(line.kind)])
        told = (str(line.row), kind, line.subject, line.message)
        yield dict(zip(LINE_COLUMNS, told, strict=True))


def _uploaded(name: str) -> IO[bytes] | None:
    """The file that was chosen; one without anything in it is none."""
    upload = request.files.get(name)
    if not upload or not upload.filename or not upload.stream.read(1):
        return None
    upload.stream.seek(0)
    return upload.stream


def _importer() -> Actor:
    actor = current_actor()
    ensure(actor, "stock.edit")
    return actor


def _target(location: str, actor: Actor) -> Target:
    """The actor's own merchant, and one of its places; raises NotFound for another's."""
    places = locations(actor)
    chosen = next((place for place in places if str(place.id) == location), None)
    if chosen is None and not location and places:
        chosen = places[0]
    return Target(found(actor.merchant_id), found(chosen).id)


def _form(failure: DomainError | None = None) -> Response:
    actor = current_actor()
    return page(
        "admin/imports.html",
        failure=failure,
        errors=failure.errors if isinstance(failure, Invalid) else {},
        status=failure.status if failure else 200,
        places=locations(actor),
        former=latest_imports(actor),
        states=import_words.STATES,
    )


def _page(run_id: int) -> Response:
    actor = current_actor()
    run = import_run(run_id, actor)
    counts = count_lines(run.id)
    places = {place.id: place for place in locations(actor)}
    return page(
        "admin/imports_report.html",
        fragment="report",
        run=run,
        state=import_words.STATES[RunState(run.state)],
        is_under_way=run.state in runs.UNDER_WAY,
        is_foreseen=run.state in runs.FORESEEN,
        place=places.get(run.location_id),
        own_system=SYSTEM,
        names_places=any(
            name.lower().startswith(STOCK) for name, _use in run.columns.get("uses", ())
        ),
        counts=counts,
        shown=SHOWN,
        errors=first_lines(run.id, LineKind.REFUSED, LineKind.MENDED),
        changes=first_lines(run.id, LineKind.CHANGED),
        missing=first_lines(run.id, LineKind.MISSING),
    )
