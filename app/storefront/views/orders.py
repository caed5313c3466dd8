"""The order's own page, opened by a signed link; and finding it again without one."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.customers.tabs import account_tabs
from app.fulfilment import queries as parcels
from app.orders import queries
from app.orders.commands import cancel, pay, proof
from app.orders.errors import NothingDue, NotNow, OrderClosed
from app.orders.models import Headline
from app.payments.commands import attempts
from app.payments.method_names import METHOD_DETAILS, METHODS
from app.payments.queries import methods
from app.platform import clock, numbers
from app.platform.actor import SYSTEM
from app.platform.errors import DomainError, Invalid
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.web import page, see_other
from app.platform.web.actor import SignInNeeded, current_actor
from app.platform.web.limits import limiter
from app.presale.queries import participations
from app.shop.queries import pickup_locations
from app.storefront.order_page import OrderPage
from app.storefront.order_words import HEADLINES
from app.storefront.ordering import Progress

bp = Blueprint("orders", __name__)


@bp.get("/o/<token>")
def show(token: str) -> Response:
    return order_page(token)


@bp.get("/o/<token>/return")
def come_back(token: str) -> BaseResponse:
    """Back from the provider: ask it at once, so that the page can say how it went."""
    order = queries.order_by_token(token)
    if queries.waits_for_payment(order):
        pay.ask_about(order.id)
    return see_other(url_for("orders.show", token=token, back=1))


@bp.get("/o/<token>/<any(payments, cancellation, proofs, answers, departures):_answer>")
def show_instead(token: str, _answer: str) -> BaseResponse:
    """What answers a form is no page of its own: a reload leads to the order."""
    return see_other(url_for("orders.show", token=token))


@bp.post("/o/<token>/payments")
@limiter.limit("20/minute")
def create_payment(token: str) -> BaseResponse:
    """Pay again, or another way."""
    order = queries.order_by_token(token)
    gateway, due_id = request.form.get("gateway", ""), numbers.whole(request.form.get("due"))
    try:
        payment_id = pay.open_attempt(
            order.id, gateway, actor=current_actor(), now=clock.now(), due_id=due_id
        )
    except (OrderClosed, NothingDue):
        return see_other(url_for("orders.show", token=token))
    pay_url = attempts.start(
        payment_id,
        description=_("Order %(code)s", code=order.code),
        return_path=f"/o/{token}/return",
        locale=current_locale(),
    )
    away = gateway != pay.TRANSFER and pay_url is None
    address = url_for("orders.show", token=token, away=1 if away else None)
    return see_other(pay_url or address)


@bp.post("/o/<token>/cancellation")
def create_cancellation(token: str) -> BaseResponse:
    """The buyer cancels an order nothing was paid on."""
    order = queries.order_by_token(token)
    pay.ask_about(order.id)
    try:
        cancel.cancel_unpaid(order.id, actor=SYSTEM, cause="buyer", now=clock.now())
    except NotNow as error:
        return order_page(token, failure=error, status=error.status)
    return see_other(url_for("orders.show", token=token))


@bp.post("/o/<token>/proofs")
@limiter.limit("10/minute")
def create_proof(token: str) -> BaseResponse:
    """The picture of a bank transfer, decoded and written anew before it is kept."""
    order = queries.order_by_token(token)
    try:
        proof.add(
            order.id,
            request.files.get("picture"),
            note=request.form.get("note", ""),
            now=clock.now(),
        )
    except (Invalid, NotNow) as error:
        return order_page(token, failure=error, status=error.status)
    return see_other(url_for("orders.show", token=token))


@bp.get("/orders")
def find() -> Response:
    return page("storefront/find_order.html", typed={"code": "", "phone": ""}, failure=None)


@bp.post("/orders")
@limiter.limit("5 per 15 minutes")
def find_by_phone() -> BaseResponse:
    """Order number and the last four digits of its phone open the order; a wrong pair says nothing
    of either.
    """
    typed = {name: request.form.get(name, "")[:20] for name in ("code", "phone")}
    order = queries.by_code_and_phone(typed["code"], typed["phone"])
    if order is None:
        failure = Invalid(message=_("No order has this number and these four digits."))
        return page("storefront/find_order.html", typed=typed, failure=failure, status=422)
    return see_other(url_for("orders.show", token=queries.token_of(order)))


@bp.get("/me/orders")
def mine() -> Response:
    """The signed-in shopper's orders, for their own page."""
    if current_actor().kind != "customer":
        raise SignInNeeded
    rows = queries.of_customer(current_actor())
    response = page(
        "storefront/my_orders.html",
        fragment="orders",
        sections=account_tabs(request.path),
        robots="noindex",
        rows=[
            (order, queries.token_of(order), *HEADLINES[Headline(order.headline)]) for order in rows
        ],
        money=lambda order: Money(order.total, order.currency),
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def order_page(token: str, *, failure: DomainError | None = None, status: int = 200) -> Response:
    """The order, with what was refused said at the top."""
    view, now = queries.by_token(token), clock.now()
    response = page(
        "storefront/order.html",
        fragment="status",
        status=status,
        view=view,
        token=token,
        progress=Progress.of(view, parcels.of_order(view.order.id, SYSTEM), now),
        shown=OrderPage.of(
            view,
            {store.id: store for store in pickup_locations()},
            participations.of_order(view.order.id),
            now=now,
        ),
        gateways=methods(),
        method_names=METHODS,
        method_details=METHOD_DETAILS,
        failure=failure,
        came_back="back" in request.args,
        sent_changed="changed" in request.args,
        provider_away="away" in request.args,
        robots="noindex",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
