"""Our ledger against the provider's own statement: equal, or the difference has a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.orders.bookkeeping import Books, Movement, compare, examine, examine_yesterday
from app.orders.commands import pay
from app.orders.models import Order
from app.payments.commands import attempts
from app.payments.models import Payment, Refund
from app.platform import clock as system_clock
from app.platform.actor import GUEST
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import balances, clockwork, leaving, lifecycle, production
from app.presale.models import Participation, SupplyMode
from tests.cast import House, house
from tests.presale import cast
from tests.servers.sandbox import KEY, MERCHANT, SECRET, SandboxServer

MOVEMENTS = st.lists(
    st.builds(
        Movement,
        kind=st.sampled_from(["capture", "refund"]),
        transaction_id=st.text("ab", min_size=1, max_size=3),
        amount=st.integers(1, 10**6),
        currency=st.just("CNY"),
    ),
    unique_by=lambda one: (one.kind, one.transaction_id),
)


@pytest.fixture
def shop(make_app: Callable[..., Flask], app: Flask, sandbox: SandboxServer):
    """The shop on this provider, in real time."""
    made = make_app(
        sandbox_url=sandbox.url, sandbox_key=KEY, sandbox_secret=SECRET, sandbox_merchant=MERCHANT
    )
    with made.app_context():
        yield made


@pytest.fixture
def now() -> datetime:
    return system_clock.now()


def paid(order_id: int, sandbox: SandboxServer, now: datetime, *, asked: bool = True) -> None:
    """Whatever is due next, paid on the provider's page; not noticed by us unless `asked`."""
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    assert attempts.start(payment_id, description="x", return_path="/o/x", locale="en")
    payment = db.session.get_one(Payment, payment_id)
    sandbox.act("payments", str(payment.provider_reference), "pay")
    if asked:
        pay.ask_about(order_id)


def books(now: datetime) -> Books:
    db.session.rollback()
    return examine(now - timedelta(days=1), now + timedelta(days=1))


def campaign(owner: House, now: datetime) -> tuple[int, int]:
    made = cast.campaign(
        owner, now, supply_mode=SupplyMode.MADE_TO_ORDER,
        variants=cast.shirt(owner, now, ("M",)),
    )  # fmt: skip
    return made.id, cast.skus(made.id)[0].id


@given(ours=MOVEMENTS)
def test_equal_books_have_no_difference(ours):
    assert compare("x", ours, list(reversed(ours))) == ()


@given(ours=MOVEMENTS, theirs=MOVEMENTS)
def test_every_difference_is_named_once_and_seen_from_both_sides(ours, theirs):
    here = {
        (one.kind, one.transaction_id, one.ours, one.theirs) for one in compare("x", ours, theirs)
    }
    there = {
        (one.kind, one.transaction_id, one.theirs, one.ours) for one in compare("x", theirs, ours)
    }

    assert here == there
    assert len(here) == len({(kind, name) for kind, name, _ours, _theirs in here})
    assert bool(here) == ({*ours} != {*theirs})


def test_a_presale_with_deposit_balance_and_refund_leaves_no_difference(shop, sandbox, now):
    owner = house(now)
    campaign_id, sku_id = campaign(owner, now)
    stays, leaves = (cast.joined(owner, {sku_id: 1}, now) for _ in range(2))
    for order_id in (stays, leaves):
        paid(order_id, sandbox, now)
    gone = db.session.scalars(
        select(Participation.id).where(Participation.order_id == leaves)
    ).one()
    leaving.leave(gone, now=now)
    lifecycle.close_early(campaign_id, actor=owner.staff(), now=now)
    clockwork.advance()
    production.start_production(campaign_id, actor=owner.staff(), now=now)
    production.mark_arriving(campaign_id, actor=owner.staff(), now=now)
    balances.open_balance(campaign_id, actor=owner.staff(), now=now)
    clockwork.advance()
    paid(stays, sandbox, now)
    for refund_id in db.session.scalars(select(Refund.id)).all():
        pay.send_refund(refund_id)
        sandbox.wait_until_quiet()
        pay.send_refund(refund_id)

    found = books(now)

    assert found.agree
    assert found.compared == 4


def test_a_payment_nobody_told_us_of_is_a_difference(shop, sandbox, now):
    sandbox.switch(drop="all")
    owner = house(now)
    _campaign_id, sku_id = campaign(owner, now)
    order_id = cast.joined(owner, {sku_id: 1}, now)
    paid(order_id, sandbox, now, asked=False)

    found = books(now)

    (one,) = found.differences
    assert (one.kind, one.ours, one.theirs) == ("capture", None, cast.DEPOSIT + 1200)
    assert not found.agree


def test_a_provider_that_is_silent_is_not_taken_for_agreement(shop, sandbox, now):
    sandbox.switch(api_down=True)

    assert books(now).silent == ("sandbox",)


def test_an_order_that_does_not_add_up_is_named(shop, now):
    owner = house(now)
    _campaign_id, sku_id = campaign(owner, now)
    order_id = cast.joined(owner, {sku_id: 1}, now)
    with transaction():
        db.session.execute(update(Order).where(Order.id == order_id).values(total=Order.total + 1))

    assert books(now).odd_orders == (cast.order(order_id).code,)


def test_the_command_says_so_and_its_exit_code_too(shop, sandbox, now):
    run = shop.test_cli_runner()
    assert run.invoke(args=["shop", "audit", "money"]).exit_code == 0

    sandbox.switch(api_down=True)
    answer = run.invoke(args=["shop", "audit", "money", "--days", "3"])

    assert answer.exit_code == 1
    assert "does not answer" in answer.output


def test_every_night_leaves_its_finding_in_the_record(shop, sandbox):
    examine_yesterday()

    row = db.session.scalars(select(AuditRow).where(AuditRow.verb == "money.examine")).one()
    assert row.after == {"compared": 0, "differences": [], "odd_orders": [], "silent": []}
