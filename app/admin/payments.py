"""Money that a person must look at: transfers, amounts in question, refunds to send."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request, send_from_directory
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.forms import TransferForm
from app.admin.order_page import changed, order_page
from app.admin.queries import money
from app.admin.words import gateway_name
from app.orders.commands import question
from app.orders.errors import TransactionKnown
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Conflict, DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.web import page, see_other, wants_fragment
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_payments", __name__, url_prefix="/admin")


@bp.get("/payments")
@requires("payments.confirm")
def index() -> Response:
    return _desk()


@bp.get("/payments/<row:payment_id>/confirmation")
@requires("payments.confirm")
def ask_confirmation(payment_id: int) -> Response:
    return _confirmation(payment_id, TransferForm({"amount": "", "transaction": ""}))


@bp.post("/payments/<row:payment_id>/confirmation")
@requires("payments.confirm")
def create_confirmation(payment_id: int) -> BaseResponse:
    """The transfer stands on the bank's statement; another amount than asked is put in question."""
    row = money.payment(payment_id, current_actor())
    form = TransferForm.read(request.form, row.asked.currency)
    if form.errors:
        return _confirmation(payment_id, form)
    try:
        question.confirm_transfer(
            payment_id, amount=form.amount, transaction_id=form.transaction,
            actor=current_actor(), now=clock.now(),
        )  # fmt: skip
    except TransactionKnown as error:
        form.errors["transaction"] = error.message
        return _confirmation(payment_id, form)
    except Conflict as failure:
        return refused(row.order_id, failure)
    return settled(row.order_id, _("The transfer is entered."))


@bp.get("/orders/<row:order_id>/questioned/acceptance")
@requires("payments.confirm")
def ask_acceptance(order_id: int) -> BaseResponse:
    return _question(order_id, "acceptance")


@bp.get("/orders/<row:order_id>/questioned/return")
@requires("payments.confirm")
def ask_return(order_id: int) -> BaseResponse:
    return _question(order_id, "return")


@bp.post("/orders/<row:order_id>/questioned/acceptance")
@requires("payments.confirm")
def create_acceptance(order_id: int) -> BaseResponse:
    return _decide(
        order_id,
        lambda: question.accept_questioned(order_id, actor=current_actor(), now=clock.now()),
        _("Taken as enough; the order is paid."),
    )


@bp.post("/orders/<row:order_id>/questioned/return")
@requires("payments.confirm")
def create_return(order_id: int) -> BaseResponse:
    return _decide(
        order_id,
        lambda: question.return_questioned(order_id, actor=current_actor(), now=clock.now()),
        _("The money goes back; the buyer gets a mail."),
    )


@bp.get("/proofs/<row:proof_id>")
@requires("payments.confirm")
def show_proof(proof_id: int) -> Response:
    """The picture of a transfer, out of the folder that no other address reaches."""
    path = money.proof(proof_id).path
    response = send_from_directory(settings().data_dir, path, conditional=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def settled(order_id: int, said: str) -> BaseResponse:
    """Back to the order if it is open to this person, else to the desk."""
    if money.is_mine(order_id, current_actor()):
        return changed(order_id, said)
    return frame.done("/admin/payments", said)


def refused(order_id: int, failure: DomainError) -> Response:
    if money.is_mine(order_id, current_actor()):
        return order_page(order_id, failure=failure)
    return _desk(failure)


def _decide(order_id: int, act: Callable[[], object], said: str) -> BaseResponse:
    try:
        act()
    except (Conflict, Invalid) as failure:
        return refused(order_id, failure)
    return settled(order_id, said)


def _question(order_id: int, decision: str) -> BaseResponse:
    """What the decision would mean, with the amounts, before it is made."""
    row = money.questioned_of(order_id, current_actor())
    if row is None:
        mine = money.is_mine(order_id, current_actor())
        return see_other(f"/admin/orders/{order_id}" if mine else "/admin/payments")
    return page(
        "admin/question.html",
        fragment="sheet",
        payment=row,
        decision=decision,
        in_sheet=wants_fragment(),
    )


def _desk(failure: DomainError | None = None) -> Response:
    actor = current_actor()
    return page(
        "admin/payments.html",
        status=failure.status if failure else 200,
        failure=failure,
        transfers=money.open_transfers(actor),
        questioned=money.questioned(actor),
        to_send=money.refunds_to_send(actor),
        failed=money.failed_refunds(actor),
        gateway_name=gateway_name,
    )


def _confirmation(payment_id: int, form: TransferForm) -> Response:
    return page(
        "admin/transfer.html",
        fragment="sheet",
        status=422 if form.errors else 200,
        payment=money.payment(payment_id, current_actor()),
        proofs=money.proofs(payment_id),
        form=form,
        in_sheet=wants_fragment(),
    )
