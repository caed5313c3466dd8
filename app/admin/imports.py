"""Bring a product file: upload it, read what it would do, confirm, see what was done."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.catalog.commands.importing import Import, Outcome, Report, Target, Verb, want_pictures
from app.catalog.commands.importing.beside import Beside, packed_in
from app.catalog.commands.importing.pictures import Pictures
from app.catalog.importing.files import is_workbook, write_as_text
from app.catalog.importing.records import UnreadableFile
from app.catalog.own_file.columns import SYSTEM
from app.platform import clock
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.errors import DomainError, Invalid, NotFound
from app.platform.i18n import gettext as _
from app.platform.images import write_once
from app.platform.rbac import ensure, found
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, requires
from app.shop.queries import locations

bp = Blueprint("admin_imports", __name__, url_prefix="/admin")

SECONDS = 15.0
"""How long one answer may take; what is left goes on with the next request."""

KEPT_FILES = 20
COUNTED = (Verb.CREATE, Verb.CHANGE, Verb.UNCHANGED)
_HASH = re.compile(r"[0-9a-f]{64}\Z")


@bp.get("/imports")
@requires("catalog.edit")
def new() -> Response:
    return _form()


@bp.post("/imports")
@requires("catalog.edit")
def create() -> BaseResponse:
    """Keep the file under its hash; nothing is imported yet."""
    actor = _importer()
    content, photographs = _uploaded("file"), _uploaded("photographs")
    if not content:
        return _form(Invalid({"file": _("Please choose a file.")}))
    try:
        with packed_in(BytesIO(photographs)) if photographs else nullcontext():
            digest = hashlib.sha256(content).hexdigest()
    except UnreadableFile as failure:
        return _form(Invalid({"photographs": failure.message}))
    path = _path(digest, actor)
    try:
        _keep(path, content)
    except UnreadableFile as failure:
        return _form(Invalid({"file": failure.message}))
    path.with_suffix(".zip").unlink(missing_ok=True)
    if photographs:
        write_once(path.with_suffix(".zip"), photographs)
    _forget_old(path.parent)
    return see_other(_address(digest, request.form.get("location", "")))


@bp.get("/imports/<digest>")
@requires("catalog.edit")
def show(digest: str) -> Response:
    """The dry run: counts, and every error by row and column."""
    actor = _importer()
    target = _target(request.args.get("location", ""), actor)
    try:
        with _opened(digest, actor) as (stream, beside):
            work = Import(target, Pictures(beside, None, now=clock.now()), actor, clock.now())
            report = work.look_into(stream, seconds=SECONDS)
    except UnreadableFile as failure:
        return _form(Invalid({"file": failure.message}))
    return _report(digest, target, report, is_done=False)


@bp.post("/imports/<digest>")
@requires("catalog.edit")
def update(digest: str) -> Response:
    """Read the file again and load it, as far as one answer may take; confirming twice is safe."""
    actor, now = _importer(), clock.now()
    target = _target(request.form.get("location", ""), actor)

    def told(outcome: Outcome) -> None:
        if outcome.product_id is not None and outcome.to_fetch:
            want_pictures(outcome.product_id, now=now)

    before = _counted_before()
    try:
        with _opened(digest, actor) as (stream, beside):
            work = Import(target, Pictures(beside, None, now=now), actor, now)
            report = work.load(stream, told=told, seconds=SECONDS, after=before["after"])
    except UnreadableFile as failure:
        return _form(Invalid({"file": failure.message}))
    for verb in COUNTED:
        report.counts[verb] += before[verb.value]
    return _report(digest, target, report, is_done=True, after=before["after"] + report.products)


def _keep(path: Path, content: bytes) -> None:
    """A workbook is kept as the CSV it stands for: every answer reads the file from its start."""
    if not is_workbook(content):
        write_once(path, content)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{token_hex(8)}.part")
    try:
        with part.open("wb") as file:
            write_as_text(BytesIO(content), file)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _uploaded(name: str) -> bytes:
    upload = request.files.get(name)
    return upload.stream.read() if upload and upload.filename else b""


@contextmanager
def _opened(digest: str, actor: Actor) -> Iterator[tuple[BinaryIO, Beside | None]]:
    """The kept file, and the photographs that were brought with it."""
    path = _kept(digest, actor)
    with ExitStack() as files:
        stream: BinaryIO = files.enter_context(path.open("rb"))
        zipped = path.with_suffix(".zip")
        if not zipped.is_file():
            yield stream, None
            return
        yield stream, files.enter_context(packed_in(files.enter_context(zipped.open("rb"))))


def _importer() -> Actor:
    actor = current_actor()
    ensure(actor, "stock.edit")
    return actor


def _counted_before() -> dict[str, int]:
    """What earlier answers to the same confirmation have done, as the form carries it along."""
    names = ("after", *(verb.value for verb in COUNTED))
    texts = {name: request.form.get(name, "") for name in names}
    return {
        name: int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000000") else 0
        for name, text in texts.items()
    }


def _target(location: str, actor: Actor) -> Target:
    """The actor's own merchant, and one of its places; raises NotFound for another's."""
    places = locations(actor)
    chosen = next((place for place in places if str(place.id) == location), None)
    if chosen is None and not location and places:
        chosen = places[0]
    return Target(found(actor.merchant_id), found(chosen).id)


def _path(digest: str, actor: Actor) -> Path:
    return settings().data_dir / "imports" / str(actor.merchant_id) / f"{digest}.table"


def _kept(digest: str, actor: Actor) -> Path:
    path = _path(digest, actor)
    if not _HASH.match(digest) or not path.is_file():
        raise NotFound(_("This file is no longer kept. Please upload it again."))
    return path


def _forget_old(folder: Path) -> None:
    """Only the newest files are kept; who confirms an older one uploads it again."""
    files = sorted(folder.glob("*.table"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[KEPT_FILES:]:
        path.unlink(missing_ok=True)
        path.with_suffix(".zip").unlink(missing_ok=True)


def _address(digest: str, location: str) -> str:
    return url_for("admin_imports.show", digest=digest, location=location or None)


def _form(failure: DomainError | None = None) -> Response:
    return page(
        "admin/imports.html",
        failure=failure,
        errors=failure.errors if isinstance(failure, Invalid) else {},
        status=failure.status if failure else 200,
        places=locations(current_actor()),
    )


def _report(
    digest: str, target: Target, report: Report, *, is_done: bool, after: int = 0
) -> Response:
    places = {place.id: place for place in locations(current_actor())}
    return page(
        "admin/imports_report.html",
        fragment="report",
        digest=digest,
        target=target,
        place=places[target.location_id],
        report=report,
        is_done=is_done,
        after=after,
        counted=COUNTED,
        own_system=SYSTEM,
        verbs=Verb,
        events=frame.events(_("Imported.")) if is_done and not report.to_do else None,
    )
