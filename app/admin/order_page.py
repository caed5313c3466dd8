"""The page of one order: what is shown, what is to be done next, and how it answers a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response
from werkzeug.wrappers import Response as BaseResponse

from app.admin import disclosure, frame
from app.admin.order_parts import costs, goods, movements
from app.admin.queries.order import StaffOrder, staff_order
from app.admin.timeline import moments
from app.admin.words import (
    ATTENTION,
    HEADLINES,
    PARCEL_TONES,
    PARCELS,
    PAYMENTS,
    REFUNDS,
    TO_MAKE_READY,
    gateway_name,
)
from app.orders.models import Headline
from app.platform.actor import Actor
from app.platform.errors import Conflict, DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.masking import masked_email, masked_name, masked_phone
from app.platform.web import page, wants_fragment
from app.platform.web.actor import current_actor


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done next: a form in a sheet, a page, or at once (`posts`)."""

    label: str
    href: str
    kind: str = "sheet"


@dataclass(frozen=True, slots=True)
class Buyer:
    """Contact and address, whole or masked; `copied` is what goes on a parcel, line by line."""

    name: str
    phone: str
    email: str
    address: str
    copied: str
    note: str
    is_masked: bool
    may_unmask: bool


def order_page(
    order_id: int, *, failure: DomainError | None = None, said: str | None = None
) -> Response:
    """The whole page, or its fragment with what was said."""
    actor = current_actor()
    found = staff_order(order_id, actor)
    events = frame.events(said) if said else frame.DONE if isinstance(failure, Conflict) else {}
    return page(
        "admin/order.html",
        fragment="order",
        events=events or None,
        status=failure.status if failure else 200,
        found=found,
        state=_state(found),
        step=next_step(found, actor),
        buyer=buyer(found, actor),
        moments=moments(found.events, found.order.currency, shows_money=found.shows_money),
        attention=ATTENTION.get(found.attention) if found.attention else None,
        goods=goods(found),
        costs=costs(found),
        movements=movements(found),
        parcel_words=PARCELS,
        parcel_tones=PARCEL_TONES,
        payment_words=PAYMENTS,
        refund_words=REFUNDS,
        gateway_name=gateway_name,
        failure=failure,
    )


def answer(order_id: int, act: Callable[[], object], said: str) -> BaseResponse:
    """Do something with an order and show it as it is then; what cannot be done is said on it."""
    try:
        act()
    except (Conflict, Invalid) as failure:
        return order_page(order_id, failure=failure)
    return changed(order_id, said)


def changed(order_id: int, said: str) -> BaseResponse:
    """After a success: the changed fragment and a toast, or the order's page again."""
    if wants_fragment():
        return order_page(order_id, said=said)
    return frame.done(f"/admin/orders/{order_id}", said)


def next_step(found: StaffOrder, actor: Actor) -> Step | None:
    """The one thing to do next that this person may do."""
    pays, ships = actor.may("payments.confirm"), actor.may("orders.ship")
    steps = (pays and _money_first(found), ships and _goods(found), pays and _money_last(found))
    return next((step for step in steps if step), None)


def buyer(found: StaffOrder, actor: Actor) -> Buyer:
    """Whole only for those who may see it and have asked to see this one."""
    order, may = found.order, actor.may("pii.view")
    address = written_address(order.address)
    if disclosure.is_disclosed("order", order.id):
        copied = "\n".join(filter(None, (order.name, order.phone, address)))
        return Buyer(
            name=order.name,
            phone=order.phone,
            email=order.email,
            address=address,
            copied=copied,
            note=order.buyer_note,
            is_masked=False,
            may_unmask=may,
        )
    return Buyer(
        name=masked_name(order.name),
        phone=masked_phone(order.phone),
        email=masked_email(order.email),
        address=str((order.address or {}).get("city") or "") or ("***" if address else ""),
        copied="",
        note=order.buyer_note if may else "",
        is_masked=True,
        may_unmask=may,
    )


def written_address(address: dict[str, object] | None) -> str:
    if not address:
        return ""
    return " ".join(str(address[part]) for part in ("region", "street") if address.get(part))


def _money_first(found: StaffOrder) -> Step | None:
    if found.questioned:
        return Step(_("Decide about the payment"), "#questioned", "page")
    if found.is_open and found.open_transfers:
        transfer = found.open_transfers[-1].id
        return Step(_("Confirm the transfer"), f"/admin/payments/{transfer}/confirmation")
    return None


def _goods(found: StaffOrder) -> Step | None:
    here = f"/admin/orders/{found.order.id}"
    if found.to_ship:
        return Step(_("Ship"), f"{here}/parcels/new")
    if found.can_be_made_ready:
        return Step(_("It is ready to collect"), f"{here}/readiness", "posts")
    if found.can_be_handed_over:
        return Step(_("Hand over"), f"/admin/pickup/orders/{found.order.id}", "page")
    return None


def _money_last(found: StaffOrder) -> Step | None:
    if not found.refunds_to_send:
        return None
    refund = found.refunds_to_send[0].id
    return Step(_("Confirm the refund"), f"/admin/refunds/{refund}/confirmation")


def _state(found: StaffOrder) -> tuple[str, str]:
    words, tone = HEADLINES[found.headline]
    if found.headline is Headline.TO_SHIP and found.is_pickup:
        words, tone = TO_MAKE_READY
    return str(words), tone
