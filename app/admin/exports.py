"""Take the whole catalogue along: every product in a file that a worker writes, and the
photographs as a ZIP.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import export_words, frame
from app.admin.account import LANGUAGE_NAMES
from app.catalog.commands.exporting import keeping, runs
from app.catalog.models import ExportKind, ExportRun, ExportState
from app.catalog.own_file.files import AT_ONCE, MIMETYPES, Kind
from app.catalog.own_file.packing import packed
from app.catalog.queries.exporting import Export, export_of, export_run, own_exports
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Invalid
from app.platform.i18n import LANGUAGES, current_locale
from app.platform.i18n import gettext as _
from app.platform.rbac import found
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_exports", __name__, url_prefix="/admin/exports")


@bp.get("")
@requires("catalog.edit")
def index() -> Response:
    return _form()


@bp.post("")
@requires("catalog.edit")
def create() -> BaseResponse:
    """Have a file written; asking for the same again leads to the one under way."""
    kind, language = request.form.get("kind", ""), request.form.get("language", "")
    if kind not in {*ExportKind} or language not in LANGUAGES:
        return _form(Invalid({"kind": _("Please choose a file.")}))
    export_id = runs.ask(ExportKind(kind), language, actor=current_actor(), now=clock.now())
    return see_other(url_for("admin_exports.show", export_id=export_id))


@bp.get("/<row:export_id>")
@requires("catalog.edit")
def show(export_id: int) -> Response:
    """How far it is, and the file when it is there; a page that waits looks again by itself."""
    run = export_run(export_id, current_actor())
    return frame.unless_unchanged(
        page(
            "admin/exports_run.html",
            fragment="run",
            run=run,
            words=export_words,
            is_under_way=run.state in runs.UNDER_WAY,
            kept_until=_kept_until(run),
        )
    )


@bp.post("/<row:export_id>/cancellation")
@requires("catalog.edit")
def cancel(export_id: int) -> BaseResponse:
    runs.cancel(export_id, actor=current_actor(), now=clock.now())
    return see_other(url_for("admin_exports.show", export_id=export_id))


@bp.get("/<row:export_id>/file")
@requires("catalog.edit")
def download(export_id: int) -> Response:
    run = export_run(export_id, current_actor())
    kind = ExportKind(run.kind)
    path = keeping.written(found(run if run.state == ExportState.DONE else None).id, kind)
    ending = keeping.ending(kind)
    name = "products" if kind.value == ending else f"products-{kind}"
    response = Response(_parts_of(path), mimetype=MIMETYPES[Kind(ending)])
    response.content_length = path.stat().st_size
    return _attached(response, name, ending, run.asked_at)


@bp.get("/photographs.zip")
@requires("catalog.edit")
def photographs() -> Response:
    """Sent while it is packed: photographs are large, and kept twice nowhere."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    parts = _in_context(app, packed(_export().photographs()))
    response: Response = app.response_class(parts, mimetype="application/zip")
    return _attached(response, "photographs", "zip", clock.now())


def _form(failure: Invalid | None = None) -> Response:
    return page(
        "admin/exports.html",
        errors=failure.errors if failure else {},
        status=failure.status if failure else 200,
        products=_export().products(),
        runs=own_exports(current_actor()),
        words=export_words,
        asked=request.form.get("kind", ""),
        language=request.form.get("language") or current_locale(),
        languages=LANGUAGE_NAMES,
        kept_until=_kept_until,
    )


def _export() -> Export:
    actor = current_actor()
    return export_of(found(actor.merchant_id), actor)


def _kept_until(run: ExportRun) -> datetime:
    return run.asked_at + runs.KEPT


def _attached(response: Response, name: str, ending: str, made_at: datetime) -> Response:
    filename = f"{name}-{made_at.astimezone(settings().zone):%Y-%m-%d}.{ending}"
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _parts_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
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
