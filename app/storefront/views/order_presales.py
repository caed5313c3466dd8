"""What buyers do about the presales of their order, and paying a balance by a link of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.orders import queries as orders
from app.orders.commands import pay
from app.orders.errors import NothingDue, OrderClosed
from app.payments.commands import attempts
from app.payments.method_names import METHOD_DETAILS, METHODS
from app.payments.queries import methods
from app.platform import clock, numbers
from app.platform.errors import NotFound
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.masking import masked_name
from app.platform.rendering import public_url
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor
from app.platform.web.calendars import Entry, calendar
from app.platform.web.limits import limiter
from app.presale.commands import leaving, questions, substituting
from app.presale.errors import AnsweredTooLate, NotNow, SubstituteGone
from app.presale.models import Answer
from app.presale.queries import participations
from app.presale.queries.participations import Joined
from app.storefront.presale_figures import left
from app.storefront.views.orders import order_page
from app.storefront.views.presales import for_one

bp = Blueprint("order_presales", __name__)
ONE_DAY = timedelta(days=1)


@bp.post("/o/<token>/answers")
def create_answer(token: str) -> BaseResponse:
    """Keep waiting, or have the money back: one tap."""
    order_id = orders.id_by_token(token)
    question_id = numbers.whole(request.form.get("question"))
    choice = request.form.get("choice", "")
    if choice not in list(Answer):
        raise NotFound
    asked = _own(order_id, lambda one: one.question and one.question.id == question_id)
    try:
        questions.answer(question_id or 0, asked.participation.id, Answer(choice), now=clock.now())
    except AnsweredTooLate as error:
        return order_page(token, failure=error, status=error.status)
    return see_other(url_for("orders.show", token=token))


@bp.post("/o/<token>/substitutions")
def create_substitution(token: str) -> BaseResponse:
    """Take another variant instead, or say no: one tap."""
    order_id = orders.id_by_token(token)
    place, offer = (numbers.whole(request.form.get(name)) for name in ("place", "offer"))
    decide = {"yes": substituting.accept, "no": substituting.refuse}.get(
        request.form.get("choice", "")
    )
    if decide is None:
        raise NotFound
    own = _own(order_id, lambda one: one.participation.id == place)
    try:
        decide(offer or 0, own.participation.id, now=clock.now())
    except (AnsweredTooLate, SubstituteGone) as error:
        return order_page(token, failure=error, status=error.status)
    return see_other(url_for("orders.show", token=token))


@bp.post("/o/<token>/departures")
def create_departure(token: str) -> BaseResponse:
    """Leave a presale: paid back at once where that is free, else the shop is asked."""
    order_id = orders.id_by_token(token)
    place = numbers.whole(request.form.get("place"))
    own = _own(order_id, lambda one: one.participation.id == place)
    try:
        leaving.leave(own.participation.id, now=clock.now())
    except NotNow as error:
        return order_page(token, failure=error, status=error.status)
    return see_other(url_for("orders.show", token=token))


@bp.get("/o/<token>/balances/<int:due_id>.ics")
def balance_calendar(token: str, due_id: int) -> Response:
    """The end of a balance's time, for one's own calendar; the phone rings a day before."""
    view = orders.by_token(token)
    due = next((due for due in view.dues if due.id == due_id and due.is_open), None)
    if due is None:
        raise NotFound
    entry = Entry(
        uid=f"balance-{view.order.code}-{due.id}@{request.host}",
        summary=_("Pay the balance of order %(code)s", code=view.order.code),
        text=public_url(f"/o/{token}"),
        url=public_url(f"/o/{token}"),
        starts_at=due.closes_at - timedelta(minutes=30),
        ends_at=due.closes_at,
        alarm=ONE_DAY,
    )
    return calendar(entry, now=clock.now())


@bp.get("/b/<token>")
def show_balance(token: str) -> Response:
    """One balance, for whoever was handed its link: amount, time, a masked name, a button."""
    now = clock.now()
    view = orders.balance_by_token(token)
    is_open = view.due.is_open and not view.is_closed and view.due.opens_at <= now
    time_left = view.due.closes_at - now
    return for_one(
        page(
            "storefront/balance.html",
            view=view,
            token=token,
            name=masked_name(view.name),
            can_be_paid=is_open and time_left > timedelta(0),
            left=left(time_left),
            gateways=[gateway for gateway in methods() if gateway != pay.TRANSFER],
            method_names=METHODS,
            method_details=METHOD_DETAILS,
            provider_away="away" in request.args,
            robots="noindex",
        )
    )


@bp.post("/b/<token>/payments")
@limiter.limit("20/minute")
def create_balance_payment(token: str) -> BaseResponse:
    """On to the provider; whoever pays sees nothing else of the order."""
    view = orders.balance_by_token(token)
    gateway = request.form.get("gateway", "")
    if gateway == pay.TRANSFER:
        raise NotFound
    try:
        payment_id = pay.open_attempt(
            view.order_id, gateway, actor=current_actor(), now=clock.now(), due_id=view.due.id
        )
    except (OrderClosed, NothingDue):
        return see_other(url_for("order_presales.show_balance", token=token))
    pay_url = attempts.start(
        payment_id,
        description=_("Order %(code)s", code=view.code),
        return_path=f"/b/{token}/return",
        locale=current_locale(),
    )
    here = url_for("order_presales.show_balance", token=token, away=None if pay_url else 1)
    return see_other(pay_url or here)


@bp.get("/b/<token>/return")
def come_back(token: str) -> BaseResponse:
    """Back from the provider: ask it at once."""
    view = orders.balance_by_token(token)
    if view.due.is_open:
        pay.ask_about(view.order_id)
    return see_other(url_for("order_presales.show_balance", token=token))


@bp.get("/b/<token>/payments")
def show_instead(token: str) -> BaseResponse:
    """What answers a form is no page of its own."""
    return see_other(url_for("order_presales.show_balance", token=token))


def _own(order_id: int, is_meant: Callable[[Joined], object]) -> Joined:
    """The participation of this order that is meant; raises NotFound for anybody else's."""
    for joined in participations.of_order(order_id):
        if is_meant(joined):
            return joined
    raise NotFound
