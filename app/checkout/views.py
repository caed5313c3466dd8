"""Checkout: one page, guest first. Whatever goes wrong, what was typed stands there again."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, Flask, Response, after_this_request, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.cart import commands as cart
from app.cart import queries as bags
from app.cart.cookie import bag_key, forget, remember
from app.cart.errors import BagFull, UnknownCode
from app.cart.promotion_words import shown
from app.cart.queries import BagItem, BagView
from app.catalog.errors import OutOfStock
from app.checkout import commands, joining, queries
from app.checkout.composing import Submitted
from app.checkout.errors import NothingToBuy, PriceChanged, SomethingGone
from app.checkout.forms import CheckoutForm
from app.checkout.models import Checkout
from app.checkout.rules import PICKUP
from app.customers.addresses.parser import ParsedAddress
from app.marketing.errors import PromotionGone
from app.orders import queries as orders
from app.orders.commands.pay import TRANSFER
from app.orders.models import Order
from app.payments.commands import attempts
from app.payments.method_names import METHOD_DETAILS, METHODS
from app.payments.queries import methods
from app.platform import clock, numbers
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.errors import DomainError, NotFound, Unavailable
from app.platform.i18n import current_locale, pick
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, tell_of_sign_ins
from app.platform.web.limits import limiter
from app.platform.web.pages import local_path
from app.presale.errors import LimitReached, NotOpen
from app.shop import facts

bp = Blueprint("checkout", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    tell_of_sign_ins(app, came=_stay, left=_leave)


def _stay(_actor: Actor) -> None:
    """The bag goes on being this browser's."""


def _leave() -> None:
    """Whoever signs out leaves neither what they typed nor the way to what they ordered."""
    with suppress(Unavailable):  # a busy database: without its cookie nobody finds the form
        commands.keep_typed(bag_key(), {})
    after_this_request(forget)


@bp.post("/checkout")
def begin() -> BaseResponse:
    """From the bag, or straight from a product (`variant`): goods are held from now on.

    `without` names what is taken out of the bag first, because it is gone.
    """
    for gone in request.form.getlist("without"):
        _take_out(numbers.whole(gone))
    variant_id = numbers.whole(request.form.get("variant"))
    if variant_id is None and "back" in request.form:
        return see_other(local_path(request.form["back"]) + "?unchosen=1#variants")
    if variant_id is None:
        return _begin(bag_key())
    units = numbers.whole(request.form.get("quantity")) or 1
    try:
        sparing = queries.holder_for(bag_key())
        key = cart.add(bag_key(), variant_id, units, now=clock.now(), sparing=sparing)
    except (OutOfStock, BagFull):
        return see_other(url_for("bag.show"))
    return remember(_begin(key), key)


@bp.get("/checkout")
def show() -> BaseResponse:
    """The form; whoever went back from the payment page finds the order that was made of it."""
    now = clock.now()
    waiting = queries.unpaid_order(bag_key(), now=now)
    if waiting is not None and not queries.bag_of(bag_key(), None, now=now).items:
        return _to_order(waiting)
    checkout = queries.open_checkout(bag_key())
    return _form(_kept_form(checkout), status=200, checkout=checkout)


@bp.get("/checkout/<any(address, code, fields, order):_step>")
def come_back(_step: str) -> BaseResponse:
    """What answers a form is no page of its own: a reload leads to checkout."""
    return see_other(url_for("checkout.show"))


@bp.post("/checkout/address")
def read_address() -> Response:
    """The pasted line read into the fields; nothing is ordered."""
    form = CheckoutForm.read(request.form, request.form.getlist("consent"))
    parsed = form.take_over(request.form.get("pasted", "")[:500])
    return _form(form, status=200, checkout=_keep(form), parsed=parsed)


@bp.post("/checkout/fields")
def keep_fields() -> BaseResponse:
    """Keep what is typed and price it anew (another region, another way of delivery)."""
    form = CheckoutForm.read(request.form, request.form.getlist("consent"))
    form.check_one(request.args.get("check", ""))
    return _form(form, status=200, checkout=_keep(form))


@bp.post("/checkout/code")
@limiter.limit("30/minute")
def update_code() -> Response:
    """Enter a promotion's code, or take it off again (`forget`); what was typed stays."""
    form = CheckoutForm.read(request.form, request.form.getlist("consent"))
    key = bag_key()
    if key is None:
        raise NotFound
    if "forget" in request.form:
        cart.forget_code(key, now=clock.now())
    elif not _enter_code(form):
        checkout = queries.open_checkout(key)
        return _form(form, status=UnknownCode.status, checkout=checkout)
    return _form(form, status=200, checkout=_keep(form))


@bp.post("/checkout/order")
@limiter.limit("30/minute")
def create_order() -> BaseResponse:
    form = CheckoutForm.read(request.form, request.form.getlist("consent"))
    key, own_bag = request.form.get("key", ""), bag_key() or ""
    checkout = queries.by_key(key, own_bag)
    if checkout is None:
        return _begin(own_bag or None, form)
    if checkout.order_id is not None:
        return _to_order(checkout.order_id, form)
    items = queries.bag_of(own_bag, checkout, now=clock.now()).buyable
    details = form.check(methods(), _open_stores(form, items), joining.questions_of(items))
    if details is None or (form.typed["code"] and not _enter_code(form)):
        return _form(form, status=422, checkout=_keep(form))
    try:
        fingerprint = request.form.get("fingerprint", "")
        submitted = Submitted(key, own_bag, details, fingerprint, current_locale())
        ordered = commands.order(submitted, actor=current_actor(), now=clock.now())
    except (SomethingGone, PriceChanged, PromotionGone, NotOpen, LimitReached) as error:
        return _form(form, status=error.status, checkout=_keep(form), failure=error)
    except NothingToBuy:
        return see_other(url_for("bag.show"))
    return _to_payment(ordered, by_transfer=details.gateway == TRANSFER)


def _open_stores(form: CheckoutForm, items: tuple[BagItem, ...]) -> list[int]:
    """Where all of it can be collected; not asked for by whoever has it sent."""
    if form.method != PICKUP:
        return []
    stores = queries.stores(items, facts.everything().stores)
    return [store.location.id for store in stores if store.available]


def _enter_code(form: CheckoutForm) -> bool:
    """Put the code that was typed on the bag; False, and said beside its field, when it is none.

    One that was typed and not applied is not paid over: the price it gives is asked about first.
    """
    try:
        cart.enter_code(bag_key() or "", form.typed["code"], now=clock.now())
    except UnknownCode as error:
        form.errors["code"] = error.message
        return False
    form.typed["code"] = ""
    return True


def _take_out(variant_id: int | None) -> None:
    key = bag_key()
    if key is not None and variant_id is not None:
        cart.remove(key, variant_id, now=clock.now())


def _begin(own_bag: str | None, form: CheckoutForm | None = None) -> BaseResponse:
    if own_bag is None:
        return see_other(url_for("bag.show"))
    refused = _refused_at_sight(own_bag, form)
    if refused is not None:
        return refused
    try:
        commands.begin(own_bag, now=clock.now())
    except SomethingGone as error:
        checkout = queries.open_checkout(own_bag)
        form = form or _kept_form(checkout)
        return _form(form, status=error.status, checkout=checkout, failure=error)
    except NothingToBuy:
        return see_other(url_for("bag.show"))
    if form is not None:
        _keep(form)
    return see_other(url_for("checkout.show"))


def _refused_at_sight(own_bag: str, form: CheckoutForm | None) -> Response | None:
    """Who comes too late is told so without waiting for those who write; else None, and the
    command decides.
    """
    now = clock.now()
    if not bags.is_short(own_bag, now=now):
        return None
    checkout = queries.open_checkout(own_bag)
    view = queries.bag_of(own_bag, checkout, now=now)
    gone = commands.gone_of(view)
    if not gone:
        return None
    form, failure = form or _kept_form(checkout), SomethingGone(gone)
    return _form(form, status=failure.status, checkout=checkout, view=view, failure=failure)


def _form(
    form: CheckoutForm,
    *,
    status: int,
    checkout: Checkout | None,
    view: BagView | None = None,
    failure: DomainError | None = None,
    parsed: ParsedAddress | None = None,
) -> Response:  # fmt: skip
    now, known = clock.now(), facts.everything()
    view = view or queries.bag_of(bag_key(), checkout, now=now)
    person = queries.person(form.typed["email"], form.typed["phone"])
    way = queries.Way(form.region_code, form.method == PICKUP, form.as_ready)
    priced = queries.price(
        view.buyable, way, code=view.code, person=person, now=now, terms=known.terms
    )
    parcels = (
        None  # there is nothing to choose for who collects
        if form.method == PICKUP
        else joining.parcels_of(
            view.buyable, form.region_code, code=view.code, person=person, now=now
        )
    )
    response = page(
        "checkout/checkout.html",
        fragment="form",
        status=status,
        checkout=checkout,
        bag=view,
        quote=priced.quote,
        offers=shown(priced, view.code),
        form=form,
        typed=form.typed,
        errors=form.errors,
        failure=failure,
        parsed=parsed,
        stores=queries.stores(view.buyable, known.stores),
        gateways=methods(),
        method_names=METHODS,
        method_details=METHOD_DETAILS,
        sellers={seller.id: pick(seller.name) for seller in known.sellers},
        questions=joining.questions_of(view.buyable),
        accepted=joining.accepted_of(view.buyable),
        parcels=parcels,
        shown=_shown(),
        hold_over=checkout is not None and not queries.is_held(checkout, view.buyable, now=now),
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _shown() -> Money | None:
    """The total that stood on the button that was pressed; None while it was not known."""
    minor = numbers.whole(request.form.get("shown"))
    return Money(minor, settings().currency) if minor is not None else None


def _kept_form(checkout: Checkout | None) -> CheckoutForm:
    """The form as it was left; until then what is known of its owner, first from their account."""
    typed = dict(checkout.typed) if checkout else {}
    if "gateway" not in typed:
        known = {name: text for name, text in queries.known_of(current_actor()).items() if text}
        typed = {"gateway": methods()[0], **typed, **known}
    return CheckoutForm.read(typed)


def _keep(form: CheckoutForm) -> Checkout | None:
    return commands.keep_typed(bag_key(), form.typed)


def _to_payment(ordered: commands.Ordered, *, by_transfer: bool) -> BaseResponse:
    """On to the provider's page, or to the order, which says how to pay."""
    if ordered.payment_id is None:
        return see_other(f"/o/{ordered.token}")
    token = ordered.token
    pay_url = attempts.start(
        ordered.payment_id,
        description=_("Order %(code)s", code=token.partition("-")[0]),
        return_path=f"/o/{token}/return",
        locale=current_locale(),
    )
    away = None if pay_url or by_transfer else 1
    return see_other(pay_url or url_for("orders.show", token=token, away=away))


def _to_order(order_id: int, sent: CheckoutForm | None = None) -> BaseResponse:
    """To the order that was made of a checkout, which says so to whoever has since sent something
    else.
    """
    token = orders.token_by_id(order_id)
    is_changed = sent is not None and not _is_in(orders.order_by_token(token), sent)
    return see_other(url_for("orders.show", token=token, changed=1 if is_changed else None))


def _is_in(order: Order, form: CheckoutForm) -> bool:
    """Whether an order is to whom and where a form says."""
    details = form.check(methods(), [form.location_id] if form.location_id else [])
    if details is None:
        return False
    sent = (details.name, details.phone, details.email, details.address, details.note)
    kept = (order.name, order.phone, order.email, order.address, order.buyer_note)
    return sent == kept
