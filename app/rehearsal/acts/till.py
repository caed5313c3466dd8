"""How invented buyers pay: at the rehearsal's own provider, through the shop's own commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from app.orders.commands import pay
from app.orders.commands.settle import settle
from app.payments import queries as payments
from app.payments.commands import attempts
from app.platform.actor import GUEST
from app.rehearsal.invented import Buyer
from app.rehearsal.queries.people import open_balances
from app.rehearsal.stage import Stage

A_MOMENT = timedelta(minutes=2)
"""From the pay button to the provider's answer."""
LATE_BY = timedelta(hours=2)


def pay_soon(stage: Stage, payment_id: int, who: Buyer) -> None:
    """Open an attempt at the provider, as the pay button does, and pay it a moment later."""
    reference = _begin(payment_id, who)
    stage.plan(stage.now + A_MOMENT, partial(_arrive, stage, reference))


def pay_twice(stage: Stage, order_id: int, payment_id: int, who: Buyer) -> None:
    """The bank says no, so the buyer pays once more; then the first payment goes through too."""
    first = _begin(payment_id, who)

    def pay_again() -> None:
        settle(stage.till.decline(first), now=stage.now)
        stage.note("pays_twice", name=who.name)
        again = pay.open_attempt(order_id, stage.till.name, actor=GUEST, now=stage.now)
        pay_soon(stage, again, who)
        stage.plan(stage.now + 2 * A_MOMENT, partial(_arrive, stage, first))

    stage.plan(stage.now + A_MOMENT, pay_again)


def pay_late(stage: Stage, payment_id: int, who: Buyer) -> None:
    """The money arrives when the order was closed long ago."""
    reference = _begin(payment_id, who)

    def arrive() -> None:
        stage.note("pays_late", name=who.name)
        _arrive(stage, reference)

    stage.plan(stage.now + LATE_BY, arrive)


def pay_due(stage: Stage, order_id: int, due_id: int, who: Buyer) -> Callable[[], None]:
    """What pays a balance, when its time has come and it is still asked for."""

    def begin() -> None:
        if due_id in {due for _order, due, _email in open_balances()}:
            payment_id = pay.open_attempt(
                order_id, stage.till.name, actor=GUEST, now=stage.now, due_id=due_id
            )
            pay_soon(stage, payment_id, who)

    return begin


def _begin(payment_id: int, who: Buyer) -> str:
    attempts.start(payment_id, description="", return_path="/", locale=who.locale)
    return payments.attempt(payment_id).reference


def _arrive(stage: Stage, reference: str) -> None:
    settle(stage.till.pay(reference), now=stage.now)
