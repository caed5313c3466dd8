"""The editor: one form, many buttons; whatever is pressed, what was typed stands there again."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.items.blueprint import bp
from app.admin.items.listing import move
from app.admin.items.page import editor_page, surroundings
from app.admin.items.photos import moved, take_in
from app.catalog.commands import editing
from app.catalog.errors import NotPublishable, StockMoved
from app.catalog.forms import MOST_ROWS, ItemForm, combine
from app.catalog.models import ProductState
from app.catalog.queries.admin import item
from app.catalog.rules import MAX_IMAGES
from app.platform import clock
from app.platform.errors import Conflict, Invalid
from app.platform.i18n import gettext as _
from app.platform.web import wants_fragment
from app.platform.web.actor import current_actor, requires

PHOTO_ACTIONS = frozenset({"up", "down", "cover", "remove"})
GOES_TO = {"withdraw": ProductState.DRAFT, "archive": ProductState.ARCHIVED}


@bp.get("/items/<row:product_id>")
@requires("catalog.view")
def show(product_id: int) -> Response:
    return editor_page(product_id)


@bp.post("/items/<row:product_id>")
@requires("catalog.edit")
def update(product_id: int) -> BaseResponse:
    """`do` is the button: save, publish, withdraw, photos, up:<photo>, row, unrow:<row>, grid, …"""
    item(product_id, current_actor())
    form = ItemForm.read(request.form)
    action, _colon, argument = request.form.get("do", "save").partition(":")
    kept, form.refused_files = take_in(
        request.files.getlist("photos"), room=MAX_IMAGES - len(form.photos)
    )
    form.add_photos([photo.sha256 for photo in kept])
    if action in PHOTO_ACTIONS:
        form.photos = moved(form.photos, action, argument)
    if action == "photos" or action in PHOTO_ACTIONS:
        return _hang(product_id, form)
    if _changed_rows(form, action, argument):
        return editor_page(product_id, form, status=Invalid.status if form.errors else 200)
    return _save(product_id, form, action)


def _hang(product_id: int, form: ItemForm) -> Response:
    """Photographs are kept at once, without the rest of the form."""
    around = surroundings(product_id, form)
    images = form.images(around.photos)
    if form.errors:
        return editor_page(product_id, form, status=Invalid.status)
    actor, now = current_actor(), clock.now()
    try:
        version = editing.hang(product_id, images, version=form.version, actor=actor, now=now)
    except Invalid as failure:
        form.errors |= failure.errors
        return editor_page(product_id, form, failure=failure)
    except Conflict as failure:
        return editor_page(product_id, form, failure=failure)
    form.typed["version"] = str(version)
    return editor_page(product_id, form, status=Invalid.status if form.refused_files else 200)


def _changed_rows(form: ItemForm, action: str, argument: str) -> bool:
    """Add or remove rows of faults or variants; False when the button asked for something else."""
    if action == "grid":
        combine(form)
        return True
    rows = {"fault": form.faults, "row": form.variants}.get(action.removeprefix("un"))
    if rows is None:
        return False
    if action.startswith("un"):
        rows[:] = [row for row in rows if row != argument]
    elif len(rows) < MOST_ROWS:
        rows.append(str(max((int(row) for row in rows), default=-1) + 1))
    return True


def _save(product_id: int, form: ItemForm, action: str) -> BaseResponse:
    edit = form.check(surroundings(product_id, form))
    if edit is None:
        return editor_page(product_id, form, status=Invalid.status)
    actor, now = current_actor(), clock.now()
    edit = replace(edit, goes_to=GOES_TO.get(action))
    try:
        editing.save(product_id, edit, actor=actor, now=now)
    except StockMoved as failure:
        _mark_stock(form, failure)
        return editor_page(product_id, form, failure=failure)
    except Invalid as failure:
        form.errors |= failure.errors
        return editor_page(product_id, form, failure=failure)
    except Conflict as failure:
        return editor_page(product_id, form, failure=failure)
    return _saved(product_id, form, action)


def _saved(product_id: int, form: ItemForm, action: str) -> BaseResponse:
    """Go on sale if that was asked; what is saved stays saved when it cannot."""
    said = _("Saved.")
    if action == "publish":
        try:
            said = move(product_id, "live")
        except NotPublishable as failure:
            return editor_page(product_id, failure=failure)
    elif action in GOES_TO:
        said = (
            _("It is in the archive.") if action == "archive" else _("It is withdrawn from sale.")
        )
    if wants_fragment() or form.refused_files:
        status = Invalid.status if form.refused_files else 200
        return editor_page(
            product_id, status=status, events=frame.events(said), refused=form.refused_files
        )
    return frame.done(url_for("admin_items.show", product_id=product_id), said)


def _mark_stock(form: ItemForm, failure: StockMoved) -> None:
    """Say beside the figure what is there now, and let the next try be made on that."""
    facts = failure.facts
    for row in form.variants:
        if form.typed.get(f"v-{row}-sku") == facts["sku"] or len(form.variants) == 1:
            name = f"v-{row}-at-{facts['location_id']}"
            form.errors[name] = _("Meanwhile %(units)s are on hand.", units=facts["on_hand"])
            form.typed[f"v-{row}-was-{facts['location_id']}"] = str(facts["on_hand"])
