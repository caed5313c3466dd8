"""What is done to an order at once: cancel, make ready, note, look at, show and send its link."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as BaseResponse

from app.admin import disclosure, frame
from app.admin.order_page import answer, changed, order_page
from app.admin.queries.order import staff_order
from app.orders.commands import cancel, fulfil, link
from app.platform import clock
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.web import page, wants_fragment
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_actions", __name__, url_prefix="/admin/orders/<row:order_id>")
LONGEST_NOTE = 1000


@bp.get("/cancellation")
@requires("orders.cancel")
def ask_cancellation(order_id: int) -> Response:
    return page(
        "admin/cancel_order.html",
        fragment="sheet",
        found=staff_order(order_id, current_actor()),
        in_sheet=wants_fragment(),
    )


@bp.post("/cancellation")
@requires("orders.cancel")
def create_cancellation(order_id: int) -> BaseResponse:
    return answer(
        order_id,
        lambda: cancel.cancel_unpaid(
            order_id, actor=current_actor(), cause="staff", now=clock.now()
        ),
        _("The order is cancelled."),
    )


@bp.post("/readiness")
@requires("orders.ship")
def create_readiness(order_id: int) -> BaseResponse:
    return answer(
        order_id,
        lambda: fulfil.make_ready(order_id, actor=current_actor(), now=clock.now()),
        _("Ready to collect; the buyer gets a mail."),
    )


@bp.post("/notes")
@requires("orders.note")
def create_note(order_id: int) -> BaseResponse:
    """For the team alone."""
    text = _text()
    if text is None:
        return order_page(order_id, failure=_missing_text())
    return answer(
        order_id,
        lambda: fulfil.note(order_id, text, actor=current_actor(), now=clock.now()),
        _("The note is kept."),
    )


@bp.post("/messages")
@requires("orders.tell")
def create_message(order_id: int) -> BaseResponse:
    """For the buyer, on the order's own page."""
    text = _text()
    if text is None:
        return order_page(order_id, failure=_missing_text())
    return answer(
        order_id,
        lambda: fulfil.tell_buyer(order_id, text, actor=current_actor(), now=clock.now()),
        _("The buyer can read it on the order's page."),
    )


@bp.post("/attention")
@requires("orders.note")
def clear_attention(order_id: int) -> BaseResponse:
    return answer(
        order_id,
        lambda: fulfil.clear_attention(order_id, actor=current_actor(), now=clock.now()),
        _("Noted as looked at."),
    )


@bp.post("/link")
@requires("orders.tell")
def send_link(order_id: int) -> BaseResponse:
    return answer(
        order_id,
        lambda: link.send(order_id, actor=current_actor(), now=clock.now()),
        _("The link is on its way to the buyer."),
    )


@bp.post("/disclosure")
@requires("pii.view")
def create_disclosure(order_id: int) -> BaseResponse:
    """Show name, phone and address of one order; that somebody looked is recorded once."""
    staff_order(order_id, current_actor())
    disclosure.disclose("order", order_id)
    return changed(order_id, _("Shown, and recorded that you looked."))


def _text() -> str | None:
    text = frame.typed("text", LONGEST_NOTE)
    return text if 0 < len(text) <= LONGEST_NOTE else None


def _missing_text() -> Invalid:
    return Invalid({"text": _("Please write up to %(count)s characters.", count=LONGEST_NOTE)})
