"""What the shop's staff may try with the campaign of a market, at any moment."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.fulfilment.commands.parcels import NewParcel, ship
from app.orders.commands import cancel, fulfil, pay, question
from app.orders.commands.cancel import RefundRequest
from app.payments.models import Payment, Refund
from app.platform.actor import GUEST
from app.platform.db import db
from app.presale.commands import (
    balances,
    editing,
    leaving,
    lifecycle,
    production,
    promises,
    slices,
)
from app.presale.commands.production import Count
from app.presale.models import CampaignState, Decision, Stage
from app.presale.rules.promise import Promise
from tests.presale import cast
from tests.presale.market import GROUP, Market, perhaps, pick, rows


def keep_slice(market: Market, quota: int) -> None:
    with perhaps():
        slices.keep(market.skus[0], GROUP, quota, actor=market.staff, now=market.now)


def set_cap(market: Market, sku: int, cap: int) -> None:
    with perhaps():
        editing.set_cap(
            market.campaign_id, market.sku(sku), cap, actor=market.staff, now=market.now
        )


def answer_request(market: Market, order: int, *, grants: bool) -> None:
    with perhaps():
        verb = leaving.grant if grants else leaving.refuse
        verb(market.part(order), actor=market.staff, now=market.now)


def promise(market: Market, days: int) -> None:
    campaign = market.campaign
    latest = campaign.promise_latest + timedelta(days=days)
    new = Promise(min(campaign.promise_earliest, latest), latest)
    with perhaps():
        promises.change(
            market.campaign_id, new, reason={"en": "Late cloth."}, actor=market.staff,
            now=market.now,
        )  # fmt: skip


def waive(market: Market, order: int) -> None:
    with perhaps():
        balances.waive(market.part(order), actor=market.staff, now=market.now)


def take_off(market: Market, order: int, units: int, *, restock: bool) -> None:
    line = market.line(order)
    if line is not None:
        _refund(market, order, RefundRequest(cancel={line.id: units}, restock=restock))


def pay_back(market: Market, order: int, amount: int) -> None:
    """Out of kindness: the goods stay."""
    line = market.line(order)
    if line is not None:
        _refund(market, order, RefundRequest(line_amounts={line.id: amount}))


def decide_about_money(market: Market, order: int, *, accepts: bool) -> None:
    order_id = pick(market.orders, order)
    if order_id is not None:
        with perhaps():
            verb = question.accept_questioned if accepts else question.return_questioned
            verb(order_id, actor=market.staff, now=market.now)


def see_a_transfer(market: Market, order: int) -> None:
    """Somebody pays by bank as well, or instead."""
    order_id = pick(market.orders, order)
    if order_id is None:
        return
    with perhaps():
        payment_id = pay.open_attempt(order_id, pay.TRANSFER, actor=GUEST, now=market.now)
        question.confirm_transfer(
            payment_id, amount=db.session.get_one(Payment, payment_id).amount,
            transaction_id=f"bank-{next(market.serial)}", actor=market.staff, now=market.now,
        )  # fmt: skip


def transfer_back(market: Market) -> None:
    """What came by bank goes back by hand."""
    by_bank = select(Refund.id).join(Payment, Payment.id == Refund.payment_id)
    for refund_id in rows(by_bank.where(Payment.gateway == pay.TRANSFER)):
        question.confirm_refund_sent(
            refund_id, transaction_id=f"back-{refund_id}", actor=market.staff, now=market.now
        )


def call_off(market: Market) -> None:
    with perhaps():
        lifecycle.cancel(market.campaign_id, reason="Fire.", actor=market.staff, now=market.now)


def go_on(market: Market, decision: Decision, missing: int) -> None:
    """What comes next, whatever state the campaign is in; so many of each SKU do not pass."""
    state = CampaignState(market.campaign.state)
    if state in {CampaignState.OPEN, CampaignState.SOLD_OUT, CampaignState.EXTENDED}:
        market.reach_the_close()
    elif state is CampaignState.CLOSING:
        decide(market, decision)
    elif state in {CampaignState.SUCCEEDED, CampaignState.IN_PRODUCTION}:
        produce(market, missing)
    elif state in {CampaignState.ARRIVING, CampaignState.BALANCE_CLOSED}:
        hand_on(market)
    elif state is CampaignState.BALANCE_OPEN:
        market.wait(hours=72)
    elif state is CampaignState.FULFILLING:
        send_everything(market)


def decide(market: Market, decision: Decision) -> None:
    with perhaps():
        until = market.campaign.closes_at + timedelta(days=3)
        lifecycle.decide(
            market.campaign_id, decision, actor=market.staff, now=market.now, until=until
        )


def produce(market: Market, missing: int) -> None:
    """Make what was ordered and have it arrive."""
    with perhaps():
        production.start_production(market.campaign_id, actor=market.staff, now=market.now)
    for sku in cast.skus(market.campaign_id):
        change = max(sku.committed - missing, 0) - sku.passed
        for stage in (Stage.RECEIVED, Stage.PASSED) if change > 0 else ():
            with perhaps():
                counted = Count(sku.id, stage, change)
                production.record_production(
                    market.campaign_id, counted, actor=market.staff, now=market.now
                )
    with perhaps():
        production.mark_arriving(market.campaign_id, actor=market.staff, now=market.now)


def hand_on(market: Market) -> None:
    """Share out what is short, ask for balances where there are any, else begin to send."""
    for verb in (
        production.split_shortage, production.split_shortage, balances.open_balance,
        production.start_fulfilling,
    ):  # fmt: skip
        with perhaps():
            verb(market.campaign_id, actor=market.staff, now=market.now)


def send_everything(market: Market) -> None:
    for order in range(len(market.orders)):
        send(market, order)
        arrive(market, order)


def send(market: Market, order: int) -> None:
    """Send or hand over what can be."""
    line = market.line(order)
    if line is None:
        return
    units = {line.id: line.quantity - line.cancelled - line.shipped}
    number = f"SF{next(market.serial):010d}"
    with perhaps():
        fulfil.make_ready(line.order_id, actor=market.staff, now=market.now)
    with perhaps():
        fulfil.hand_over(line.order_id, actor=market.staff, now=market.now)
    with perhaps():
        parcel = NewParcel(units, "shunfeng", number, number)
        ship(line.order_id, parcel, actor=market.staff, now=market.now)


def arrive(market: Market, order: int) -> None:
    line = market.line(order)
    if line is not None:
        fulfil.mark_delivered(line.order_id, {line.id: line.shipped}, now=market.now)


def _refund(market: Market, order: int, request: RefundRequest) -> None:
    line = market.line(order)
    if line is None:
        return
    with perhaps():
        cancel.refund(
            line.order_id, request, actor=market.staff, now=market.now,
            idempotency_key=f"staff-{next(market.serial)}",
        )  # fmt: skip
        left = market.line(order)
        if request.line_amounts or (left is not None and left.quantity == left.cancelled):
            market.favoured.add(line.order_id)  # the delivery of nothing is theirs to decide on
