"""The list of items: views, search, and price and visibility changed in place."""

from __future__ import annotations

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.items.blueprint import bp
from app.admin.items.words import STATES, VIEWS
from app.catalog.commands import editing, products
from app.catalog.errors import ChangedMeanwhile, NotPublishable
from app.catalog.forms import amount_typed
from app.catalog.forms.reading import Fields, cleaned
from app.catalog.models import ProductState
from app.catalog.queries.admin import ItemRow, View, item, item_counts, items, rows_of
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.i18n import sentences
from app.platform.web import page, see_other, wants_fragment
from app.platform.web.actor import current_actor, requires
from app.platform.web.pages import local_path


@bp.get("/items")
@requires("catalog.view")
def index() -> Response:
    """`?view=&q=&after=`: the address is the whole state of the list."""
    actor, text = current_actor(), cleaned(frame.asked("q"))
    view = _view(frame.asked("view"))
    return page(
        "admin/items.html",
        fragment="table",
        found=items(actor, view, text=text, after=frame.cursor()),
        counts=item_counts(actor, text=text),
        view=view,
        views=VIEWS,
        states=STATES,
        query=text,
        after=frame.cursor(),
        search_action=url_for("admin_items.index"),
    )


@bp.get("/items/<row:product_id>/price")
@requires("catalog.edit")
def edit_price(product_id: int) -> Response:
    """`?plain=1` is the cell without the form, for whoever leaves it."""
    row = _row(product_id)
    if "plain" in request.args:
        return page("admin/items_price.html", fragment="cell", row=row, form=None)
    return _price(row, amount_typed(row.price.minor, row.price.currency) if row.price else "")


@bp.post("/items/<row:product_id>/price")
@requires("catalog.edit")
def update_price(product_id: int) -> BaseResponse:
    """The new price of an item that has one; what the list showed must still be so."""
    row, text = _row(product_id), cleaned(request.form.get("price", ""))[:40]
    fields = Fields({"price": text, "version": request.form.get("version", "")})
    price = fields.amount("price", settings().currency)
    seen = fields.whole("version", most=2**31, hint="") or 0
    if price is None:
        error = fields.errors.get("price", _("Write an amount such as 1280 or 1280.50."))
        return _price(row, text, error=error, status=422)
    try:
        editing.reprice(product_id, price, version=seen, actor=current_actor(), now=clock.now())
    except ChangedMeanwhile as failure:
        return _price(_row(product_id), text, error=failure.message, status=failure.status)
    except (Invalid, NotPublishable) as failure:
        sentence = sentences(*failure.errors.values()) or failure.message
        return _price(row, text, error=sentence, status=failure.status)
    if wants_fragment():
        return page("admin/items_price.html", fragment="cell", row=_row(product_id), form=None)
    return frame.done(url_for("admin_items.index"), _("The price is changed."))


@bp.post("/items/<row:product_id>/visibility")
@requires("catalog.edit")
def update_visibility(product_id: int) -> BaseResponse:
    """Put on sale, withdraw or archive from the list, and come back to it."""
    wanted = request.form.get("state", "")
    here = url_for("admin_items.show", product_id=product_id)
    try:
        said = move(product_id, wanted)
    except NotPublishable as failure:
        flash(failure.message, "error")
        return see_other(here)
    flash(said, "ok")
    return see_other(local_path(request.form.get("next"), url_for("admin_items.index")))


def move(product_id: int, wanted: str) -> str:
    """Change whether an item can be bought; returns what was done, in words."""
    actor, now = current_actor(), clock.now()
    if wanted == "live":
        products.publish_product(product_id, actor=actor, now=now)
        return _("It is on sale.")
    if wanted == "archived":
        products.withdraw(product_id, ProductState.ARCHIVED, actor=actor, now=now)
        return _("It is in the archive.")
    products.withdraw(product_id, ProductState.DRAFT, actor=actor, now=now)
    return _("It is withdrawn from sale.")


def _row(product_id: int) -> ItemRow:
    """One row; raises NotFound for another merchant's."""
    return rows_of([item(product_id, current_actor()).id])[0]


def _price(row: ItemRow, text: str, *, error: str | None = None, status: int = 200) -> Response:
    return page(
        "admin/items_price.html",
        fragment="cell",
        row=row,
        form={"price": text, "error": error},
        status=status,
    )


def _view(name: str) -> View:
    try:
        return View(name)
    except ValueError:
        return View.ALL
