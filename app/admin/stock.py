"""Stock: what lies where, who holds it until when, counting it, and the ledger of its movements."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.queries.holders import known_orders
from app.catalog.commands import editing
from app.catalog.commands.editing import Count
from app.catalog.errors import StockMoved, StockTooLow
from app.catalog.forms.reading import Fields, cleaned
from app.catalog.models import MovementReason
from app.catalog.queries.stock import (
    StockView,
    holds,
    movements,
    stock_of,
    stock_rows,
)
from app.platform import clock
from app.platform.actor import Actor
from app.platform.errors import DomainError, Invalid
from app.platform.i18n import LazyText, lazy_gettext
from app.platform.i18n import gettext as _
from app.platform.web import page, wants_fragment
from app.platform.web.actor import current_actor, requires
from app.shop.queries import locations, staff

bp = Blueprint("admin_stock", __name__, url_prefix="/admin")

VIEWS: Mapping[StockView, LazyText] = {
    StockView.ALL: lazy_gettext("All"),
    StockView.HELD: lazy_gettext("Held"),
    StockView.IN_STOCK: lazy_gettext("On hand"),
    StockView.GONE: lazy_gettext("None left"),
}
REASONS: Mapping[MovementReason, LazyText] = {
    MovementReason.RECEIVED: lazy_gettext("received"),
    MovementReason.SOLD: lazy_gettext("sold"),
    MovementReason.RETURNED: lazy_gettext("came back"),
    MovementReason.CORRECTED: lazy_gettext("counted anew"),
    MovementReason.LOST: lazy_gettext("lost or broken"),
}
COUNTED = (MovementReason.CORRECTED, MovementReason.RECEIVED, MovementReason.LOST)
"""Why somebody counts; sales and returns write themselves."""


@bp.get("/stock")
@requires("stock.view")
def index() -> Response:
    """`?view=&q=&after=`: the address is the whole state of the list."""
    actor, text, now = current_actor(), cleaned(frame.asked("q")), clock.now()
    view = _view(frame.asked("view"))
    return page(
        "admin/stock.html",
        fragment="table",
        found=stock_rows(actor, view, now=now, text=text, after=frame.cursor()),
        places={place.id: place for place in locations(actor)},
        view=view,
        views=VIEWS,
        query=text,
        after=frame.cursor(),
        search_action=url_for("admin_stock.index"),
    )


@bp.get("/stock/<row:variant_id>")
@requires("stock.view")
def show(variant_id: int) -> Response:
    return _sheet(variant_id)


@bp.post("/stock/<row:variant_id>/counts")
@requires("stock.edit")
def create_count(variant_id: int) -> BaseResponse:
    """What somebody counted at one place; refused when the shelf has moved since they looked."""
    actor = current_actor()
    stock_of(variant_id, actor, now=clock.now())
    typed = {name: cleaned(text) for name, text in request.form.items()}
    fields = Fields(typed)
    location_id = fields.whole("location", most=2**53, hint=_("Please choose one of these.")) or 0
    units = fields.units("units")
    if units is None:
        fields.errors.setdefault("units", _("A whole number, such as 3."))
    reason = _reason(fields)
    if fields.errors or units is None or reason is None:
        return _sheet(variant_id, typed, Invalid(fields.errors))
    figures = Count("", location_id, fields.units("seen") or 0, units)
    try:
        editing.count(variant_id, figures, reason=reason, actor=actor, now=clock.now())
    except (StockMoved, StockTooLow) as failure:
        return _sheet(variant_id, typed, failure)
    if wants_fragment():
        return _sheet(variant_id, events=frame.events(_("Counted.")))
    return frame.done(url_for("admin_stock.show", variant_id=variant_id), _("Counted."))


def _sheet(
    variant_id: int,
    typed: Mapping[str, str] | None = None,
    failure: DomainError | None = None,
    events: dict[str, object] | None = None,
) -> Response:
    actor, now = current_actor(), clock.now()
    row = stock_of(variant_id, actor, now=now)
    held, (moved, after) = holds(variant_id, now=now), movements(variant_id, after=frame.cursor())
    return page(
        "admin/stock_sheet.html",
        fragment="sheet",
        events=events,
        status=failure.status if failure else 200,
        row=row,
        places=locations(actor),
        at={place.location_id: place for place in row.places},
        holds=held,
        orders=known_orders(
            actor, (hold.order_id for hold in held), (line.reference for line in moved)
        ),
        movements=moved,
        next_after=after,
        after=frame.cursor(),
        people=_people(actor),
        reasons=REASONS,
        choices=[(reason.value, REASONS[reason]) for reason in COUNTED],
        typed=typed or {},
        errors=failure.errors if isinstance(failure, Invalid) else {},
        failure=failure,
        may_count=actor.may("stock.edit"),
    )


def _people(actor: Actor) -> dict[int, str]:
    """Names of one's own colleagues; of others only that it was somebody else."""
    return {member.id: member.name for member in staff(actor)}


def _reason(fields: Fields) -> MovementReason | None:
    if fields.text("reason") in set(COUNTED):
        return MovementReason(fields.text("reason"))
    fields.errors["reason"] = _("Please choose one of these.")
    return None


def _view(name: str) -> StockView:
    try:
        return StockView(name)
    except ValueError:
        return StockView.ALL
