"""Pay back: decide a refund with its sum in view, and see it through to the buyer."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.admin.forms import Limit, RefundForm, TransferForm
from app.admin.order_page import changed, order_page
from app.admin.order_parts import options_of
from app.admin.payments import refused, settled
from app.admin.queries.order import StaffOrder, left_to_ship, staff_order
from app.orders.commands import cancel, question, refund_again
from app.orders.errors import NotNow, RefundAboveLimit, TooManyUnits, TransactionKnown
from app.payments.errors import RefundTooHigh
from app.payments.models import Refund
from app.payments.queries import refund_by_id
from app.platform import clock
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.rbac import found as must_be_there
from app.platform.web import page, wants_fragment
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_refunds", __name__, url_prefix="/admin")


@bp.get("/orders/<row:order_id>/refunds/new")
@requires("orders.refund")
def new(order_id: int) -> Response:
    """`?all=1` fills in all that can still be paid back."""
    found = staff_order(order_id, current_actor())
    if not found.refundable:
        return order_page(order_id, failure=NotNow())
    if "all" in request.args:
        left = found.refundable_lines
        form = RefundForm.everything(found.view.lines, left, _limit(found))
        return _form(found, RefundForm.read(form.typed, found.view.lines, left, _limit(found)))
    return _form(found, RefundForm.blank())


@bp.post("/orders/<row:order_id>/refunds/sum")
@requires("orders.refund")
def show_sum(order_id: int) -> Response:
    """What the form adds up to so far; nothing is decided."""
    found = staff_order(order_id, current_actor())
    return page("admin/refund_sum.html", form=_read(found), found=found)


@bp.post("/orders/<row:order_id>/refunds")
@requires("orders.refund")
def create(order_id: int) -> BaseResponse:
    """One form decides one refund, however often it is sent."""
    actor = current_actor()
    found = staff_order(order_id, actor)
    form = _read(found)
    key = form.typed["key"]
    if form.errors and not any(key == decision.idempotency_key for decision in found.decisions):
        return _form(found, form)
    try:
        cancel.refund(order_id, form.request, actor=actor, idempotency_key=key, now=clock.now())
    except (RefundAboveLimit, TooManyUnits, RefundTooHigh) as error:
        nothing = form.total <= 0
        form.errors["total"] = _("Choose what is paid back.") if nothing else error.message
        return _form(staff_order(order_id, actor), form)
    except NotNow as failure:
        return order_page(order_id, failure=failure)
    return changed(order_id, _("The refund is decided and on its way."))


@bp.get("/refunds/<row:refund_id>/confirmation")
@requires("payments.confirm")
def ask_confirmation(refund_id: int) -> Response:
    return _confirmation(must_be_there(refund_by_id(refund_id)), TransferForm({}))


@bp.post("/refunds/<row:refund_id>/confirmation")
@requires("payments.confirm")
def create_confirmation(refund_id: int) -> BaseResponse:
    """Somebody has sent the money back by bank transfer."""
    refund = must_be_there(refund_by_id(refund_id))
    form = TransferForm.read(request.form, refund.currency, asks_amount=False)
    if form.errors:
        return _confirmation(refund, form)
    try:
        question.confirm_refund_sent(
            refund_id, transaction_id=form.transaction, actor=current_actor(), now=clock.now()
        )
    except TransactionKnown as error:
        form.errors["transaction"] = error.message
        return _confirmation(refund, form)
    except NotNow as failure:
        return refused(refund.subject, failure)
    return settled(refund.subject, _("Noted as paid back; the buyer gets a mail."))


@bp.post("/refunds/<row:refund_id>/repetition")
@requires("payments.confirm")
def create_repetition(refund_id: int) -> BaseResponse:
    """Send a refund again that its provider refused."""
    refund = must_be_there(refund_by_id(refund_id))
    try:
        refund_again.send_again(refund_id, actor=current_actor(), now=clock.now())
    except (NotNow, RefundTooHigh) as failure:
        return refused(refund.subject, failure)
    return settled(refund.subject, _("The refund is on its way again."))


def _read(found: StaffOrder) -> RefundForm:
    return RefundForm.read(request.form, found.view.lines, found.refundable_lines, _limit(found))


def _limit(found: StaffOrder) -> Limit:
    return Limit(found.refundable.minor, found.refundable_shipping, found.order.currency)


def _form(found: StaffOrder, form: RefundForm) -> Response:
    return page(
        "admin/refund.html",
        fragment="sheet",
        status=422 if form.errors else 200,
        found=found,
        form=form,
        left_to_ship=left_to_ship,
        options_of=options_of,
        in_sheet=wants_fragment(),
    )


def _confirmation(refund: Refund, form: TransferForm) -> Response:
    return page(
        "admin/refund_sent.html",
        fragment="sheet",
        status=422 if form.errors else 200,
        refund=refund,
        amount=Money(refund.amount, refund.currency),
        form=form,
        in_sheet=wants_fragment(),
    )
