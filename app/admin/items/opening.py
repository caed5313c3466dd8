"""Begin an item: what kind it is, perhaps a title, perhaps the first photographs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin.forms import new_key
from app.admin.items.blueprint import bp
from app.admin.items.photos import take_in
from app.catalog.commands import editing
from app.catalog.commands.editing import Beginning
from app.catalog.forms.reading import Fields, cleaned
from app.catalog.models import ProductKind
from app.platform import clock
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, requires

LONGEST_TITLE = 120
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")


@bp.get("/items/new")
@requires("catalog.edit")
def new() -> Response:
    kind = request.args.get("kind", ProductKind.PIECE.value)
    return _form({"kind": kind, "key": new_key()}, {})


@bp.post("/items")
@requires("catalog.edit")
def create() -> BaseResponse:
    """The same form sent twice begins one item."""
    typed = {name: cleaned(request.form.get(name, "")) for name in _NAMES}
    fields = Fields(typed)
    title = fields.by_language("title", LONGEST_TITLE)
    if not _KEY.match(typed["key"]):
        typed["key"] = new_key()
    if fields.errors:
        return _form(typed, fields.errors, status=422)
    kept, refused = take_in(request.files.getlist("photos"), room=24)
    kind = ProductKind.STOCKED if typed["kind"] == ProductKind.STOCKED else ProductKind.PIECE
    new_item = Beginning(kind, title, [photo.media_id for photo in kept], typed["key"])
    product_id = editing.begin(new_item, actor=current_actor(), now=clock.now())
    for name, sentence in refused:
        flash(f"{name}: {sentence}", "error")
    return see_other(url_for("admin_items.show", product_id=product_id))


_NAMES = ("kind", "key", "title-en", "title-zh")


def _form(typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200) -> Response:
    return page("admin/items_new.html", typed=typed, errors=errors, status=status)
